/* Blocs, ties, cases and what is chosen, drawn above the fills. */

const GATHER_PX = 26;            // markers nearer than this are gathered into one
const GATHER_TIES_BELOW = 6.75;  // zoom below which ties are drawn prefecture to prefecture
const LEAST_COUNT = 3;           // fewer ties than this carry no number

Object.assign(renkeiMap, {
  // The outline of a bloc on the borders that are drawn: the coarsest level of its members' prefectures.
  outlineOf: function (position) {
    const bloc = this.facts.blocs[position];
    const order = ["z5", ...LEVELS.map((l) => l.name).reverse()];
    const levels = new Set(bloc.members.map((code) => this.levelOf.get(code.slice(0, 2)) || "z5"));
    const level = order.find((name) => levels.has(name));
    const key = level + position;
    if (!this.outlines.has(key)) {
      const rings = [];
      for (const code of bloc.members) {
        const layers = this.polygons.get(code) || [];
        const layer = layers.find((each) => each.level === level) || layers[0];
        if (layer) ringsIn(layer.getLatLngs(), rings);
      }
      this.outlines.set(key, unionRings(rings));
    }
    return this.outlines.get(key);
  },

  drawBlocs: function () {
    const group = this.top.blocs; group.clearLayers();
    const state = this.state;
    if (!this.levelOf) this.levelsNow();
    this.facts.blocs.forEach((bloc, i) => {
      if (state.blocs[i] !== "1" && state.bloc !== bloc.id) return;
      const lifted = Boolean(state.chosen) && bloc.members.includes(state.chosen) || state.bloc === bloc.id;
      const dimmed = Boolean(state.chosen || state.bloc) && !lifted;
      const color = this.facts.blocColors[bloc.layer];
      const programme = bloc.layer === "blocs";
      const lines = { ...this.style(bloc.layer), smoothFactor: 0.5, fill: false };
      const weight = lifted ? 3 : programme ? 2.1 : 1.3;
      if (lifted || programme) {
        group.addLayer(L.polygon(this.outlineOf(i), { ...lines, color: "#ffffff", weight: weight + 2, opacity: dimmed ? 0.2 : 0.75 }));
      }
      // Hatched where the members do not all touch: the outline alone would look like several blocs.
      const apart = bloc.parts > 1;
      group.addLayer(L.polygon(this.outlineOf(i), { ...lines, color: color, weight: weight,
        opacity: dimmed ? 0.25 : 0.95, dashArray: DASHES[bloc.style], fill: lifted || apart,
        fillColor: apart ? apartPattern(color) : color, fillOpacity: !apart ? 0.07 : dimmed ? 0.12 : lifted ? 0.75 : 0.5 }));
    });
  },

  // A quiet fill for the blocs under the pointer alone: all of them where they overlap.
  showUnder: function (positions) {
    const key = positions.join();
    if (key === this.underBlocs) return;
    this.underBlocs = key;
    this.under.clearLayers();
    for (const i of positions) {
      const color = this.facts.blocColors[this.facts.blocs[i].layer];
      this.under.addLayer(L.polygon(this.outlineOf(i), { renderer: this.renderers.under, pane: "under", interactive: false,
        smoothFactor: 0.5, color: color, weight: 4, opacity: 0.55, fill: true, fillColor: color, fillOpacity: 0.16 }));
    }
  },

  addArc: function (from, to, style) {
    const line = arc(from, to);
    const shared = { ...this.style("ties"), smoothFactor: 0.8 };
    this.top.ties.addLayer(L.polyline(line, { ...shared, color: "#ffffff", weight: style.weight + 2, opacity: style.opacity * 0.8 }));
    const layer = L.polyline(line, { ...shared, color: this.facts.tieColor, weight: style.weight, opacity: style.opacity, dashArray: DASHES[style.style] });
    this.top.ties.addLayer(layer);
    if (style.count >= LEAST_COUNT) {
      this.top.ties.addLayer(new CountMark(line[ARC_POINTS / 2], { ...shared, radius: 16, text: String(style.count),
        color: this.facts.tieColor, dimmed: style.opacity < 0.5 }));
    }
    return layer;
  },

  // Ties one by one; far out, prefecture to prefecture, but for those of the chosen municipality.
  drawTies: function () {
    this.top.ties.clearLayers();
    const state = this.state, facts = this.facts;
    this.gathered = this.map.getZoom() < GATHER_TIES_BELOW;
    const partners = new Set();
    const chosenPair = (pair) => state.pair === pair.from + "-" + pair.to;
    for (const pair of this.pairs) {
      pair.visible = pair.ties.filter((i) => state.ties[i] === "1");
      pair.layer = null;
      if (!pair.visible.length || !state.chosen) continue;
      if (pair.from === state.chosen) partners.add(pair.to);
      if (pair.to === state.chosen) partners.add(pair.from);
    }
    this.partners = partners;
    const flows = new Map();
    const drawn = [];
    for (const pair of this.pairs) {
      if (!pair.visible.length) continue;
      const own = Boolean(state.chosen) && (pair.from === state.chosen || pair.to === state.chosen);
      const second = partners.has(pair.from) || partners.has(pair.to);
      const ends = [pair.from.slice(0, 2), pair.to.slice(0, 2)].sort();
      if (this.gathered && !own && !chosenPair(pair) && ends[0] !== ends[1]) {
        const key = ends.join("-");
        if (!flows.has(key)) flows.set(key, { from: ends[0], to: ends[1], pairs: [], count: 0, style: 2 });
        const flow = flows.get(key);
        flow.pairs.push(pair);
        flow.count += pair.visible.length;
        flow.style = Math.min(flow.style, ...pair.visible.map((i) => facts.ties[i].style));
        continue;
      }
      drawn.push([pair, own || chosenPair(pair) ? 2 : second ? 1 : 0]);
    }
    const focused = Boolean(state.chosen || state.pair || state.bloc);
    const opacity = (rank) => (!focused ? 0.9 : rank === 2 ? 0.95 : rank === 1 ? 0.45 : 0.14);
    this.flows = [...flows.values()].sort((a, b) => a.count - b.count);
    for (const flow of this.flows) {
      flow.layer = this.addArc(facts.prefecturePoints[flow.from], facts.prefecturePoints[flow.to],
        { weight: Math.min(8, 0.6 + Math.sqrt(flow.count)), opacity: focused ? 0.16 : 0.6, style: flow.style,
          count: focused ? 0 : flow.count });
    }
    drawn.sort((a, b) => a[1] - b[1]);
    for (const [pair, rank] of drawn) {
      pair.layer = this.addArc(facts.points[pair.from], facts.points[pair.to], {
        weight: Math.min(7, (this.gathered ? 0.6 : 1.2) + Math.sqrt(pair.visible.length) * 1.1), opacity: opacity(rank),
        style: Math.min(...pair.visible.map((i) => facts.ties[i].style)),
        count: !this.gathered && rank !== 0 || !focused && !this.gathered ? pair.visible.length : 0 });
    }
  },

  drawCases: function () {
    if (!this.ready || !this.state) return;
    const group = this.top.cases; group.clearLayers();
    const state = this.state, themes = this.facts.themes;
    const clusters = [];
    this.facts.cases.forEach((item, i) => {
      if (state.cases[i] !== "1") return;
      const point = this.map.latLngToLayerPoint([item.lat, item.lon]);
      let home = clusters.find((c) => c.point.distanceTo(point) < GATHER_PX);
      if (!home) { home = { point: point, lat: item.lat, lon: item.lon, items: [] }; clusters.push(home); }
      home.items.push(i);
    });
    this.clusters = clusters;
    for (const cluster of clusters) {
      const counts = new Map();
      for (const i of cluster.items) {
        const theme = this.facts.cases[i].theme;
        counts.set(theme, (counts.get(theme) || 0) + 1);
      }
      const slices = [...counts].sort((a, b) => b[1] - a[1])
        .map(([theme, count]) => ({ color: themes[theme].color, shape: themes[theme].shape, count: count }));
      const total = cluster.items.length;
      const places = new Set(cluster.items.map((i) => this.facts.cases[i].place));
      cluster.marker = new CaseMarker([cluster.lat, cluster.lon], { ...this.style("cases"), radius: total === 1 ? 6.5 : Math.min(18, 9 + Math.sqrt(total)), slices: slices,
        count: total, dimmed: Boolean(state.chosen) && !places.has(state.chosen) });
      group.addLayer(cluster.marker);
    }
  },

  drawChosen: function (before) {
    this.chosen.clearLayers();
    const state = this.state;
    const flies = state.fly && (!before || before.fly !== state.fly);
    const position = this.facts.blocs.findIndex((bloc) => bloc.id === state.bloc);
    if (position >= 0 && flies) {
      this.map.fitBounds(L.latLngBounds(this.outlineOf(position).flat()).pad(0.25), { maxZoom: 9, animate: false });
    }
    if (!state.chosen || !this.polygons.has(state.chosen)) return;
    const ring = (code, color, weight) => {
      const layers = this.polygons.get(code);
      if (!layers) return;
      const finest = layers[layers.length - 1];
      this.chosen.addLayer(L.polygon(finest.getLatLngs(), { renderer: this.renderers.chosen, pane: "chosen",
        interactive: false, fill: false, color: color, weight: weight, smoothFactor: 0 }));
    };
    for (const code of this.partners) ring(code, this.facts.tieColor, 1.8);
    ring(state.chosen, "#ffffff", 5);
    ring(state.chosen, "#111827", 2.6);
    if (flies) {
      const bounds = L.polygon(this.polygons.get(state.chosen)[0].getLatLngs()).getBounds();
      this.map.fitBounds(bounds.pad(1.2), { maxZoom: 9, animate: false });
    }
  },
});
