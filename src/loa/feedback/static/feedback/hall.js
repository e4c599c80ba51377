/* The hall of a dialogue: taps carry the token of the form that stands in the page; an empty hall's words go away. */
(() => {
  "use strict";
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (token) event.detail.headers["X-CSRFToken"] = token.value;
  });
  document.addEventListener("live:question", () => {
    document.querySelector("[data-until-first]")?.remove();
  });
})();
