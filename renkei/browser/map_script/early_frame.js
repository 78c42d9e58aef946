/* The early map: a frame over the place of the page's map, from the first document until that map is painted. */
(function () {
  "use strict";
  const PAINTED_MS = 1200;       // so long at most Streamlit waits for the early map: together both would be slower
  const NARROW = 640, LEFT = 22.4, GAP = 16, CHOICES = 1, MAP = 3, PLACE = 1.15, HEIGHT = 640;
  const frame = document.createElement("iframe");
  frame.id = "renkei-early-map";
  frame.title = "連携マップ（操作パネルを準備しています）";
  frame.src = "early-map" + location.search;
  const place = (left, top, width, height) => {
    Object.assign(frame.style, { left: left + "px", top: top + "px", width: width + "px", height: height + "px" });
  };
  Object.assign(frame.style, { position: "fixed", zIndex: 5, border: 0,
    background: matchMedia("(prefers-color-scheme: dark)").matches ? "#24323c" : "#e8f0f4" });
  // Where the page will put its map (streamlit_app.py: choices beside map and place; below one another on a narrow screen).
  const wide = innerWidth - 2 * LEFT;
  if (innerWidth <= NARROW) place(LEFT, 173, wide, HEIGHT);
  else {
    const right = (wide - GAP) * (MAP + PLACE) / (CHOICES + MAP + PLACE);
    place(LEFT + wide - right, 91, (right - GAP) * MAP / (MAP + PLACE), HEIGHT);
  }
  document.body.append(frame);

  const started = performance.now();
  const early = () => frame.contentWindow && frame.contentWindow.renkeiMap;
  const hold = setInterval(() => {
    if (!(early() && early().painted) && performance.now() - started < PAINTED_MS) return;
    clearInterval(hold);
    document.head.append(document.importNode(document.getElementById("renkei-page").content, true));
  }, 20);

  const own = () => [...document.querySelectorAll("iframe")].find((each) => each !== frame
    && (each.title.includes("streamlit_folium") || (each.contentWindow && each.contentWindow.renkeiMap)));
  const follow = setInterval(() => {
    const target = own();
    if (!target) return;
    const box = target.getBoundingClientRect();
    if (box.width && box.height) place(box.left, box.top, box.width, box.height);
    const map = target.contentWindow && target.contentWindow.renkeiMap;
    if (!map || !map.painted) return;
    clearInterval(follow);
    const { untold, moved, map: view } = early() || {};
    if (untold) map.tell(untold);                                 // what was clicked in the meantime
    if (moved) map.map.setView(view.getCenter(), view.getZoom(), { animate: false });
    frame.remove();
  }, 50);
})();
