/* Streamlit's scripts wait until the map is painted and answers; a restarted server is noticed and the page loaded anew. */
(() => {
  const PAINTED_MS = 1200; // so long at most Streamlit waits for the map
  const LOOK_MS = 15;
  const AGAIN_MS = 1000;
  const FIRST_MS = 3000; // after the map and the page: nothing waits for the connection
  const started = performance.now();
  const hold = setInterval(() => {
    const page = window.renkeiPage;
    if (!(page?.painted && page.index) && performance.now() - started < PAINTED_MS) return;
    clearInterval(hold);
    document.head.append(document.importNode(document.getElementById("renkei-page").content, true));
  }, LOOK_MS);

  let known = "";
  let notice = null;
  let leaving = false;
  const say = (shown) => {
    notice?.remove();
    notice = null;
    if (!shown) return;
    notice = document.createElement("div");
    notice.id = "renkei-connection";
    notice.setAttribute("role", "status");
    notice.textContent = renkeiWords.lost;
    document.body.append(notice);
  };
  const connect = () => {
    const address = new URL("server", location.origin + location.pathname);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    socket.addEventListener("message", (event) => {
      say(false);
      if (known && known !== event.data) {
        location.reload(); // its state is in its address
        return;
      }
      known = event.data;
    });
    socket.addEventListener("close", () => {
      if (leaving) return;
      if (known) say(true);
      setTimeout(connect, AGAIN_MS);
    });
  };
  addEventListener("pagehide", () => {
    leaving = true;
  });
  setTimeout(() => {
    if (!leaving) connect();
  }, FIRST_MS);
})();
