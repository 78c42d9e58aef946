/* Where the map stands, in the address. */

Object.assign(renkeiMap, {
  // Where the map stands is part of the address (?map=zoom/lat/lon), kept by the browser alone.
  goToAddress: function () {
    const parts = (this.alone ? this.view : new URL(window.parent.location.href).searchParams.get("map") || "").split("/").map(Number);
    if (parts.length !== 3 || parts.some((part) => !Number.isFinite(part))) return false;
    const [zoom, lat, lon] = parts;
    if (zoom < 3 || zoom > 14 || lat < 15 || lat > 55 || lon < 115 || lon > 165) return false;
    this.map.setView([lat, lon], zoom, { animate: false });
    return true;
  },

  tellView: function () {
    if (this.alone) return;
    const c = this.map.getCenter();
    const view = [this.map.getZoom(), c.lat.toFixed(3), c.lng.toFixed(3)].join("/");
    const url = new URL(window.parent.location.href);
    url.searchParams.set("map", view);
    window.parent.history.replaceState(window.parent.history.state, "", url.search.replace(/%2F/g, "/"));
  },
});
