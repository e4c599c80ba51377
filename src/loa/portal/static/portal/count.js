/* Tell that a story was read for a while: once in a tab, without a cookie. */
(() => {
  "use strict";
  const story = document.querySelector("[data-reading]");
  if (!story || !navigator.sendBeacon) return;
  const key = `read ${story.dataset.reading}`;
  try { if (sessionStorage.getItem(key)) return; } catch { return; }
  setTimeout(() => {
    if (document.visibilityState !== "visible") return;
    sessionStorage.setItem(key, "1");
    navigator.sendBeacon(story.dataset.reading);
  }, 5000);
})();
