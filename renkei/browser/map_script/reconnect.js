/* A restarted server does not know the open page any more: the page is loaded anew, its state is in its address. */
(function () {
  "use strict";
  const AGAIN_MS = 1000;
  let known = "", notice = null, leaving = false;
  const say = (shown) => {
    if (!shown) { if (notice) notice.remove(); notice = null; return; }
    if (notice) return;
    notice = document.createElement("div");
    notice.id = "renkei-connection";
    notice.setAttribute("role", "status");
    notice.textContent = "サーバーとの接続が切れました。地図は見られます。つながりしだい、いまの状態のまま読み込み直します。";
    Object.assign(notice.style, { position: "fixed", left: "50%", bottom: "16px", transform: "translateX(-50%)", zIndex: 1000000,
      background: "#fff8e1", color: "#3b2f00", border: "1px solid #b98900", borderRadius: "6px", padding: "10px 16px",
      font: "14px/1.6 'Noto Sans JP', 'Yu Gothic UI', Meiryo, sans-serif", boxShadow: "0 2px 10px rgba(0,0,0,.3)" });
    document.body.append(notice);
  };
  const connect = () => {
    const address = new URL("server", location.origin + location.pathname);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    socket.addEventListener("message", (event) => {
      say(false);
      if (known && known !== event.data) { location.reload(); return; }
      known = event.data;
    });
    socket.addEventListener("close", () => {
      if (leaving) return;
      if (known) say(true);
      setTimeout(connect, AGAIN_MS);
    });
  };
  window.addEventListener("pagehide", () => { leaving = true; });
  setTimeout(() => { if (!leaving) connect(); }, 3000);       // after the map and the page: nothing waits for it
})();
