/* The part of a dialogue shows for a dialogue only. Without a script all parts show. */
(() => {
  "use strict";
  const form = document.querySelector("[data-event-form]");
  const kind = form && form.elements.namedItem("kind");
  const part = form && form.querySelector("[data-dialogue]");
  if (!kind || !part) return;
  const show = () => { part.hidden = kind.value !== "dialogue"; };
  kind.addEventListener("change", show);
  show();
})();
