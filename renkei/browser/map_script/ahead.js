/* A choice is painted before the server has answered; the answer then confirms it, or is painted instead.
 *
 * What the page's own lists say when they are used is read by their roles and labels (ARIA), never by their looks:
 * where a new Streamlit writes them otherwise, nothing is foretold and the map waits for the server as before
 * (tests/browser/test_ahead.py names what changed).
 */

Object.assign(renkeiMap, {
  // Milliseconds for which an answer to an earlier choice does not undo a later one, and after which, with no
  // answer, the last one is painted again.
  patience: { answer: 3000, giveUp: 10000 },

  // The last answer with what was chosen since; the answer itself once it has all of that.
  withWish: function (answer) {
    this.answer = answer;
    if (answer.ahead && (!this.all || this.all.name !== answer.ahead)) this.readAhead(answer.ahead);
    const wish = this.wish;
    if (!wish) return answer;
    const same = (key) => String(wish.asked[key]) === String(answer.asked[key]);
    if (Object.keys(wish.asked).every(same) || performance.now() - wish.at > this.patience.answer) {
      this.dropWish();
      return answer;
    }
    return this.foretell(answer, wish.asked) || answer;
  },

  dropWish: function () {
    if (this.wish) clearTimeout(this.wish.timer);
    this.wish = null;
  },

  // Paint what `change` of the choices will bring, where that is known here. Tells whether it was.
  paintAhead: function (change) {
    if (!this.ready || !this.answer || !this.answer.asked) return false;
    const asked = { ...(this.wish ? this.wish.asked : {}), ...change };
    if (change.indicator && !change.date) delete asked.date;
    const state = this.foretell(this.answer, asked);
    if (!state) return false;
    if (this.alone) {                          // nobody answers: what is foretold is what is
      this.answer = { ...state, asked: state.foretold };
      this.paint(this.answer);
      return true;
    }
    this.dropWish();
    const timer = setTimeout(() => { this.dropWish(); this.show(this.answer); }, this.patience.giveUp);
    this.wish = { asked, at: performance.now(), timer };
    this.counter += 1;
    state.sequence = "ahead-" + this.counter;
    this.paint(state);
    return true;
  },

  // What is asked for now: the last answer's choices with what was chosen since.
  askedNow: function () { return { ...this.answer.asked, ...(this.wish ? this.wish.asked : {}) }; },

  // The state that the server will send for these choices, or null where the browser cannot know it.
  foretell: function (answer, wished) {
    const asked = { ...answer.asked, ...wished };
    const state = { ...answer };
    if (wished.indicator || wished.date) {
      const series = this.all && this.all.content && this.all.content[asked.indicator];
      const bivariate = answer.second && !answer.second.classes;
      if (!series || bivariate || !asked.standard) return null;
      if (!series.dates.includes(asked.date)) asked.date = series.dates[series.dates.length - 1];
      Object.assign(state, series.backgrounds[asked.date]);
      state.dates = series.dates.length > 1 ? series.dates.map((date, i) => [date, series.labels[i]]) : [];
    }
    if (wished.themes || wished.prefectures) {
      for (const kind of ["cases", "ties", "blocs"]) state[kind] = this.passing(kind, answer.rest[kind], asked);
      const chosen = new Set(asked.prefectures);
      state.shown = chosen.size && chosen.size < Object.keys(this.facts.prefectures).length
        ? this.facts.codes.map((code) => (chosen.has(code.slice(0, 2)) ? "1" : "0")).join("") : "";
    }
    if (wished.layers) state.layers = wished.layers;
    state.foretold = asked;
    return state;
  },

  // layers/filters.py: OR within themes and within prefectures, AND between them and all else.
  passing: function (kind, rest, asked) {
    const facts = this.facts[kind], marks = rest.split("");
    const any = (wanted, own) => !wanted.length || wanted.some((each) => own.includes(each));
    facts.forEach((fact, i) => {
      if (marks[i] === "1" && fact.themes && !(any(asked.themes, fact.themes) && any(asked.prefectures, fact.prefectures))) marks[i] = "0";
    });
    return marks.join("");
  },

  // Every indicator's classes, once, when the browser has nothing else to do.
  readAhead: function (name) {
    this.all = { name: name, content: null };
    const read = () => this.load(name).then((content) => {
      if (this.all.name === name) this.all.content = content;
    }).catch(() => { this.all.name = ""; });
    if (this.alone) { read(); return; }
    setTimeout(() => (window.requestIdleCallback ? requestIdleCallback(read, { timeout: 3000 }) : read()), 500);
  },

  // Listen to the lists of the page around the map.
  listenAhead: function () {
    if (!window.Streamlit) return;
    const ending = new AbortController();
    window.addEventListener("pagehide", () => ending.abort());
    const options = { capture: true, signal: ending.signal };
    const page = window.parent.document;
    page.addEventListener("click", (e) => {
      if (!(e.target instanceof window.parent.Element)) return;
      const option = e.target.closest("[role=option]"), button = e.target.closest("button");
      if (option) this.optionChosen(option);
      else if (button) this.buttonPressed(button);
    }, options);
    page.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" || e.isComposing || !(e.target instanceof window.parent.Element)) return;
      const option = page.getElementById(e.target.getAttribute("aria-activedescendant") || "");
      if (option) this.optionChosen(option);
    }, options);
  },

  optionChosen: function (option) {
    if (!this.ready || !this.answer) return;
    const list = option.closest("[role=listbox]");
    const label = list && list.getAttribute("aria-label"), text = option.textContent.trim(), words = this.words();
    if (label === words.indicator && this.all && this.all.content) {
      const found = Object.entries(this.all.content).find(([, series]) => series.title === text);
      if (found && found[0] !== this.askedNow().indicator) this.paintAhead({ indicator: found[0] });
    } else if (label === words.prefecture) {
      const found = this.prefectureNamed(text);
      if (found) this.paintAhead({ prefectures: this.toggled(this.askedNow().prefectures, found) });
    }
  },

  buttonPressed: function (button) {
    if (!this.ready || !this.answer) return;
    const words = this.words(), text = button.textContent.trim();
    const around = button.closest("[aria-label]:not(button)"), label = around && around.getAttribute("aria-label");
    if (label === words.theme && button.hasAttribute("aria-pressed")) {
      const index = this.facts.themes.findIndex((theme) => (this.answer.english ? theme.en : theme.name) === text);
      if (index >= 0) this.paintAhead({ themes: this.toggled(this.askedNow().themes, index) });
      return;
    }
    // A prefecture is left by the button on its tag; the tag is named for it.
    const code = this.prefectureNamed(label), chosen = this.askedNow().prefectures;
    if (code && chosen.includes(code)) this.paintAhead({ prefectures: this.toggled(chosen, code) });
  },
  prefectureNamed: function (text) {
    const names = this.answer.english ? this.facts.prefectures_en : this.facts.prefectures;
    return Object.keys(names).find((code) => names[code] === text);
  },

  toggled: function (list, item) {
    return (list.includes(item) ? list.filter((each) => each !== item) : [...list, item])
      .sort((a, b) => (a < b ? -1 : 1));
  },
});
