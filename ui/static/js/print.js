// The button Print of a page that runs no other script.
document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
