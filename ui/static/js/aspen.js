// Keeps the place of somebody who works by keyboard when a live list is drawn anew.
(() => {
  let kept = "";
  const press = (e) => {
    if (kept && !e.target.closest?.("#" + CSS.escape(kept))) kept = "";
  };
  const giveBack = () => {
    for (const box of document.querySelectorAll('[role="listbox"] [tabindex="-1"]:not([role])')) box.removeAttribute("tabindex");
    const lost = !document.activeElement || document.activeElement === document.body;
    if (kept && lost) document.getElementById(kept)?.focus({ preventScroll: true });
  };
  document.addEventListener("focusin", (e) => (kept = e.target.id || ""));
  document.addEventListener("pointerdown", press, true);
  new MutationObserver(giveBack).observe(document.documentElement, { childList: true, subtree: true });
})();

// Links to plain pages and to files belong to the browser: the script of ui.sub_pages must not see them pressed.
(() => {
  const page = /^\/(?:$|[?#]|(?:help|login|logout|verify|supervisor|recognition|auth)(?:[/?#]|$)|certificates\/[^/?#]+\/view(?:[?#]|$))/;
  const file = /^\/[^?#]*\.(?:xlsx|ics|pdf|zip)(?:[?#]|$)/;
  const leave = (e) => {
    const href = e.target.closest?.("a[href]")?.getAttribute("href") ?? "";
    if (page.test(href) || file.test(href)) e.stopPropagation();
  };
  window.addEventListener("click", leave, true);
})();

// Says whether the page still hears of other people's changes.
(() => {
  const on = "Live. Changes by others show here at once.";
  const off = "Not live. Trying again.";
  const show = (live) => {
    for (const sign of document.querySelectorAll(".live")) {
      sign.classList.toggle("live--off", !live);
      sign.textContent = live ? on : off;
    }
  };
  const listen = () => {
    if (!window.socket) return setTimeout(listen, 250);
    window.socket.on("connect", () => show(true));
    window.socket.on("disconnect", () => show(false));
  };
  listen();
})();
