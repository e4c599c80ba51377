/* Keys of the intake: figures choose in the group at hand; a form is sent once. Every page works without. */
(() => {
  "use strict";
  const typing = (element) => element.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
  const groupAtHand = () => {
    const held = document.activeElement?.closest("[data-keys]");
    return held || document.querySelector("[data-keys]:not(:has(:checked))") || document.querySelector("[data-keys-first]");
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (!/^[1-9]$/.test(event.key)) return;
    const radio = groupAtHand()?.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
    if (!radio) return;
    event.preventDefault();
    radio.focus();
    radio.click();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-once]")) delete form.dataset.sent;
  });
})();
