/* Before the first paint: the colours a person chose. */
(() => {
  "use strict";
  try {
    const theme = localStorage.getItem("loa-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    /* a browser that keeps nothing follows the system */
  }
})();
