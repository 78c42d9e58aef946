/* The legends: classes that can be hidden, marks of what is drawn. */

const written = new Intl.NumberFormat("en");

Object.assign(renkeiMap, {
  makeBox: function (position) {
    const box = { open: null, node: el("div", "renkei-legend") };
    const control = L.control({ position: position });
    control.onAdd = () => {
      L.DomEvent.disableClickPropagation(box.node);
      L.DomEvent.disableScrollPropagation(box.node);
      return box.node;
    };
    control.addTo(this.map);
    return box;
  },

  fillLegend: function () {
    // What a screen reader says of the map; the tables below hold the same facts.
    const container = this.map.getContainer();
    container.setAttribute("role", "application");
    container.setAttribute("aria-label", this.words().map_label + this.state.legend.title + " " + this.state.legend.dated);
    const legend = this.state.legend, classes = [], marks = [];
    for (const row of legend.rows) {
      const swatch = el("span", "renkei-swatch" + (row.color ? "" : " renkei-hatch"));
      if (row.color) swatch.style.background = row.color;
      const index = row.color ? this.state.colors.indexOf(row.color) : -1;
      classes.push([swatch, row, legend.grid ? undefined : index]);
    }
    for (const mark of this.marksNow()) marks.push([markPicture(mark), mark]);
    const second = this.state.second && this.state.second.legend;
    const others = (second ? second.rows : []).map((row) => {
      const swatch = el("span", "renkei-swatch" + (row.color ? "" : " renkei-hatch"));
      if (row.color) swatch.style.background = row.color;
      return [swatch, row];
    });
    // Side by side, each legend stands on its own side.
    if (second) this.fillBox(this.legendBoxes[0], second.title + " ▶", second.dated, others);
    else this.fillBox(this.legendBoxes[0], legend.title, legend.dated, classes, legend.grid);
    this.fillBox(this.legendBoxes[2], "◀ " + legend.title, legend.dated, second ? classes : []);
    this.fillBox(this.legendBoxes[1], this.words().marks, null, marks);
  },

  // A class of the legend is a button that hides it on the map and shows it again.
  makeToggle: function (line, index) {
    const told = () => line.setAttribute("aria-pressed", String(!this.hiddenClasses.has(index)));
    line.type = "button";
    line.title = this.words().hide_class;
    told();
    line.addEventListener("click", () => {
      if (!this.hiddenClasses.delete(index)) this.hiddenClasses.add(index);
      told();
      this.repaint();
    });
  },

  // Nine classes as a table: rows of the first indicator from high to low, columns of the second from low to high.
  gridOf: function (grid) {
    const table = el("table", "renkei-grid");
    for (let row = grid.axes[0].labels.length - 1; row >= 0; row--) {
      const line = el("tr");
      line.append(el("th", "", grid.axes[0].labels[row]));
      grid.axes[1].labels.forEach((_, column) => {
        const cell = el("td", "", grid.counts[row * 3 + column]);
        cell.style.background = this.state.colors[row * 3 + column];
        cell.style.color = row + column > 2 ? "#ffffff" : "#1f2a36";
        line.append(cell);
      });
      table.append(line);
    }
    const foot = el("tr");
    foot.append(el("th", "", "↑ " + grid.axes[0].title));
    for (const label of grid.axes[1].labels) foot.append(el("th", "", label));
    table.append(foot);
    const box = el("div");
    box.append(table, el("div", "renkei-small", "→ " + grid.axes[1].title));
    return box;
  },

  words: function () { return this.facts.words[this.state.english ? "en" : "ja"]; },

  // The legend of what is drawn: themes of cases, ties, kinds of blocs, and the line styles among them.
  marksNow: function () {
    const state = this.state, facts = this.facts, words = this.words();
    const count = (list, marks, key) => {
      const found = new Map();
      list.forEach((item, i) => { if (marks[i] === "1") found.set(key(item), (found.get(key(item)) || 0) + 1); });
      return found;
    };
    const marks = [];
    const themes = count(facts.cases, state.cases, (item) => item.theme);
    facts.themes.forEach((theme, i) => {
      if (themes.has(i)) marks.push({ label: this.themeName(i), shape: theme.shape, color: theme.color, count: written.format(themes.get(i)) });
    });
    const styles = count(facts.ties, state.ties, (tie) => tie.style);
    const ties = [...styles.values()].reduce((a, b) => a + b, 0);
    if (ties) marks.push({ label: words.ties, shape: "line", color: facts.tieColor, count: written.format(ties) });
    const blocs = count(facts.blocs, state.blocs, (bloc) => bloc.layer);
    for (const [layer, color] of Object.entries(facts.blocColors)) {
      if (blocs.has(layer)) marks.push({ label: words.blocs[layer], shape: "outline", color: color, count: written.format(blocs.get(layer)) });
    }
    const apart = facts.blocs.filter((bloc, i) => state.blocs[i] === "1" && bloc.parts > 1).length;
    if (apart) marks.push({ label: words.apart, shape: "outline", color: "#55606b", hatched: true, count: written.format(apart) });
    count(facts.blocs, state.blocs, (bloc) => bloc.style).forEach((n, style) => styles.set(style, n));
    this.lineStyles = [...styles.keys()].sort().map((style) => ({ dash: style, label: words.lines[style] }));
    return marks;
  },

  fillBox: function (box, title, dated, lines, grid) {
    box.node.replaceChildren();
    box.node.style.display = lines.length ? "" : "none";
    const details = el("details");
    details.open = box.open === null ? this.map.getSize().x > 560 : box.open;
    details.addEventListener("toggle", () => { box.open = details.open; });
    details.append(el("summary", "", title));
    if (dated) details.append(el("div", "renkei-small", dated));
    if (grid) details.append(this.gridOf(grid));
    const themes = el("div", "renkei-themes"), rest = el("div");
    for (const [picture, row, index] of lines) {
      const line = el(index === undefined ? "div" : "button", "renkei-row");
      if (index !== undefined) this.makeToggle(line, index);
      line.append(picture, el("span", "renkei-label", row.label), el("span", "renkei-count", row.count));
      (row.shape && row.shape !== "line" && row.shape !== "outline" ? themes : rest).append(line);
    }
    details.append(themes, rest);
    if (!dated && this.lineStyles.length > 1) {
      const line = el("div", "renkei-row renkei-small");
      for (const style of this.lineStyles) {
        line.append(markPicture({ shape: "line", color: "#55606b", dash: style.dash }), el("span", "", style.label));
      }
      details.append(line);
    }
    box.node.append(details);
  },
});
