/* What lies under the pointer: the tooltip, and the click that tells the server. */

Object.assign(renkeiMap, {
  clusterAt: function (point) {
    if (!this.clusters) return null;
    let best = null, near = Infinity;
    for (const cluster of this.clusters) {
      const d = this.map.latLngToLayerPoint([cluster.lat, cluster.lon]).distanceTo(point);
      if (d <= cluster.marker.getRadius() + 3 && d < near) { best = cluster; near = d; }
    }
    return best;
  },

  pairAt: function (point) {
    return (this.pairs || []).find((pair) => pair.layer && pair.layer._containsPoint(point)) || null;
  },

  flowAt: function (point) {
    return (this.flows || []).slice().reverse().find((flow) => flow.layer._containsPoint(point)) || null;
  },

  // What answers to the pointer is what lies on top.
  factAt: function (point) {
    for (const layer of this.layerOrder) {
      if (layer === "cases") { const cluster = this.clusterAt(point); if (cluster) return { cluster }; }
      if (layer !== "ties") continue;
      const pair = this.pairAt(point), flow = pair ? null : this.flowAt(point);
      if (pair || flow) return { pair, flow };
    }
    return {};
  },
  codeAt: function (point) {
    const found = (group) => {
      let code = null;
      group.eachLayer((layer) => { if (!code && layer._containsPoint(point)) code = layer.code; });
      return code;
    };
    const where = this.map.layerPointToLatLng(point);
    for (const [prefecture, extent] of this.extents || []) {
      if (!extent.contains(where)) continue;
      for (const { name } of LEVELS) {
        const group = this.fine.get(name + "/" + prefecture);
        if (group && this.map.hasLayer(group)) { const code = found(group); if (code) return code; }
      }
      if (this.map.hasLayer(this.coarse.get(prefecture))) {
        const code = found(this.coarse.get(prefecture));
        if (code) return code;
      }
    }
    return null;
  },

  blocsOf: function (code) {
    const found = [];
    this.facts.blocs.forEach((bloc, i) => {
      if (this.state.blocs[i] === "1" && bloc.members.includes(code)) found.push(i);
    });
    return found;
  },

  hover: function (e) {
    if (!this.ready || !this.state) return;
    const now = performance.now();
    if (this.lastHover && now - this.lastHover < 30) return;
    this.lastHover = now;
    this.pointed = [];
    const content = this.describe(e.layerPoint);
    this.showUnder(this.pointed);
    this.map.getContainer().style.cursor = content ? "pointer" : "";
    if (!content) { this.tooltip.remove(); return; }
    this.tooltip.setLatLng(e.latlng).setContent(content);
    if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
  },

  describe: function (point) {
    const box = el("div");
    const words = this.words();
    const { cluster, pair, flow } = this.factAt(point);
    if (cluster) {
      const cases = cluster.items.map((i) => this.facts.cases[i]);
      const places = [...new Set(cases.map((c) => c.place))];
      box.append(el("b", "", places.slice(0, 3).map((c) => this.name(c)).join("、") + (places.length > 3 ? " …" : "")));
      box.append(el("div", "renkei-small", words.cases + " " + cases.length));
      for (const item of cases.slice(0, 4)) {
        box.append(el("div", "", this.themeName(item.theme) + "：" + (item.title || item.organisation || "–")));
      }
      if (cases.length > 4) box.append(el("div", "renkei-small", "+" + (cases.length - 4)));
      return box;
    }
    if (pair) {
      box.append(el("b", "", this.name(pair.from) + " – " + this.name(pair.to)));
      for (const i of pair.visible.slice(0, 8)) {
        const tie = this.facts.ties[i];
        box.append(el("div", "", (tie.since ? tie.since + "　" : "") + tie.kind + (tie.style ? "（" + words.lines[tie.style] + "）" : "")));
      }
      if (pair.visible.length > 8) box.append(el("div", "renkei-small", "+" + (pair.visible.length - 8)));
      return box;
    }
    if (flow) {
      box.append(el("b", "", this.facts.prefectures[flow.from] + " – " + this.facts.prefectures[flow.to]));
      box.append(el("div", "", words.ties + " " + flow.count));
      for (const each of flow.pairs.slice(0, 6)) {
        box.append(el("div", "renkei-small", this.name(each.from) + " – " + this.name(each.to) + "　" + each.visible.length));
      }
      if (flow.pairs.length > 6) box.append(el("div", "renkei-small", "+" + (flow.pairs.length - 6)));
      box.append(el("div", "renkei-small", words.gathered));
      return box;
    }
    const code = this.codeAt(point);
    if (!code) return null;
    box.append(el("b", "", this.name(code)));
    const value = el("div", "", this.state.legend.title + "：");
    value.append(el("strong", "", this.valueOf(code)));
    box.append(value);
    if (this.state.second) {
      const other = el("div", "", this.state.second.title + "：");
      other.append(el("strong", "", this.secondOf(code)));
      box.append(other);
    }
    box.append(el("div", "renkei-small", this.state.legend.dated));
    this.pointed = this.blocsOf(code);
    for (const i of this.pointed) {
      const line = el("div", "renkei-small");
      const dot = el("span", "renkei-dot");
      dot.style.borderColor = this.facts.blocColors[this.facts.blocs[i].layer];
      line.append(dot, el("span", "", this.facts.blocs[i].name));
      box.append(line);
    }
    return box;
  },

  // The figures behind the classes come once per indicator and date, at the first look at one.
  valueOf: function (code) {
    const name = this.state.values;
    if (!this.values) {
      this.values = { name: name, list: null };
      this.load(name).then((list) => { if (this.values && this.values.name === name) this.values.list = list; })
        .catch(() => { this.values = null; });
      return "…";
    }
    if (!this.values.list) return "…";
    const text = this.values.list[this.order.get(code)];
    return text === null ? this.state.legend.noData : text;
  },

  secondOf: function (code) {
    const name = this.state.second.values;
    if (!this.secondValues || this.secondValues.name !== name) {
      this.secondValues = { name: name, list: null };
      this.load(name).then((list) => { if (this.secondValues && this.secondValues.name === name) this.secondValues.list = list; })
        .catch(() => { this.secondValues = null; });
    }
    if (!this.secondValues.list) return "…";
    const text = this.secondValues.list[this.order.get(code)];
    return text === null ? this.state.legend.noData : text;
  },

  name: function (code) {
    const i = this.order.get(code);
    const names = this.state.english ? this.facts.names_en : this.facts.names;
    return i === undefined ? (this.facts.prefectures[code.slice(0, 2)] || code) : names[i];
  },

  themeName: function (i) { return this.state.english ? this.facts.themes[i].en : this.facts.themes[i].name; },

  click: function (e) {
    if (!this.ready || !this.state) return;
    const { cluster, pair, flow } = this.factAt(e.layerPoint);
    if (cluster) {
      const places = [...new Set(cluster.items.map((i) => this.facts.cases[i].place))];
      if (places.length > 1 && this.map.getZoom() < this.map.getMaxZoom()) {
        this.map.setView([cluster.lat, cluster.lon], this.map.getZoom() + 2);
        return;
      }
      this.tell({ code: places[0] });
      return;
    }
    if (pair) { this.tell({ pair: pair.from + "-" + pair.to }); return; }
    if (flow) {
      const ends = flow.pairs.flatMap((each) => [this.facts.points[each.from], this.facts.points[each.to]]);
      const bounds = L.latLngBounds(ends.map(([lon, lat]) => [lat, lon]));
      this.map.setView(bounds.getCenter(), Math.max(GATHER_TIES_BELOW, this.map.getBoundsZoom(bounds.pad(0.1))));
      return;
    }
    const code = this.codeAt(e.layerPoint);
    this.tell({ code: code || "" });
    if (this.alone) { this.lastHover = 0; this.hover(e); }            // a finger has no pointer to follow
  },

  // The only messages to the server: something was chosen. Panning and zooming never run it.
  tell: function (message) {
    this.counter += 1;
    message.n = Date.now() + this.counter;
    if (window.Streamlit) window.Streamlit.setComponentValue(message);
    else this.untold = message;               // the early map: told by the page's own map when that is there
  },
});
