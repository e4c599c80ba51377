/* Small conveniences. Every page works without them. */
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const kept = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* kept for this page only */ } },
  };

  /* Sorting and paging replace the rows; without a script they are plain links. */
  const fetchInPlace = (link) => {
    if (!window.htmx || link.hasAttribute("hx-get")) return;
    const wanted = { "hx-get": link.getAttribute("href"), "hx-target": "#rows", "hx-swap": "outerHTML show:#rows:top", "hx-push-url": "true" };
    for (const [name, value] of Object.entries(wanted)) link.setAttribute(name, value);
    window.htmx.process(link);
  };

  /* What only makes sense with a script appears with it. */
  const enhance = (within) => {
    for (const element of all("[data-needs-js]", within)) element.hidden = false;
    for (const link of all("[data-rows-target] [data-rows-link]", document)) fetchInPlace(link);
    for (const one of all("[data-choose-all]", document)) showChoice(one);
    for (const table of all(".table:not(.table--list)", within)) {
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    }
  };

  const fitPhone = () => {
    if (!window.matchMedia("(max-width: 800px)").matches) return;
    for (const each of all("[data-filters]")) each.open = false;
    for (const each of all("[data-open-on-phone]")) each.open = true;
    for (const each of all(".tabs [aria-current]")) each.parentElement.scrollLeft = each.offsetLeft - each.parentElement.offsetLeft - 32;
  };

  /* On paper nothing stays folded */
  const unfold = () => {
    for (const each of all(".further:not([open]), .figures:not([open])")) {
      each.open = true;
      each.dataset.unfolded = "";
    }
  };
  const foldAgain = () => {
    for (const each of all("[data-unfolded]")) {
      each.open = false;
      delete each.dataset.unfolded;
    }
  };

  /* Theme */
  const isDark = () => (root.dataset.theme || (window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const toggleTheme = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    kept.set("loa-theme", root.dataset.theme);
  };

  /* Menus: one open at a time, closed by a click elsewhere or Escape */
  const closeMenus = (except) => {
    for (const menu of all("details[data-menu][open]")) if (menu !== except && !menu.contains(except)) menu.open = false;
  };

  /* A plain question before what cannot be undone: <form data-confirm="…"> or <button data-confirm="…"> */
  const ask = (question) => new Promise((resolve) => {
    const dialog = $("#confirm");
    $("#confirm-question").textContent = question;
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });

  const confirmSubmit = async (event) => {
    const form = event.target;
    const button = event.submitter;
    const question = button?.dataset.confirm || form.dataset.confirm;
    if (!question || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!(await ask(question))) return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(button || undefined);
    delete form.dataset.confirmed;
  };

  const onClick = (event) => {
    const hit = (selector) => event.target.closest(selector);
    closeMenus(hit("details[data-menu]"));
    if (hit("[data-theme-toggle]")) toggleTheme();
    if (hit("[data-dismiss]")) hit(".message").remove();
    const opener = hit("[data-dialog-open]");
    if (opener) document.getElementById(opener.dataset.dialogOpen)?.showModal();
    if (hit("[data-dialog-close]")) hit("dialog").close();
    if (event.target.matches("dialog")) event.target.close();
    const eye = hit("[data-show-password]");
    if (eye) showPassword(eye);
  };

  const showPassword = (button) => {
    const input = $("input", button.parentElement);
    const isShown = input.type === "text";
    input.type = isShown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!isShown));
  };

  /* Keys: / search, ? help, j and k through the rows, Enter opens */
  const rows = () => all("[data-rows] tbody tr").filter((row) => $("a[href]", row));
  const go = (step) => {
    const found = rows();
    if (!found.length) return;
    const here = found.findIndex((row) => row.classList.contains("is-here"));
    const next = Math.min(Math.max(here + step, 0), found.length - 1);
    for (const row of found) row.classList.remove("is-here");
    found[next].classList.add("is-here");
    $("a[href]", found[next]).focus({ preventScroll: true });
    found[next].scrollIntoView({ block: "nearest" });
  };

  const searchField = () => $(".filters [data-search]") || $("[data-search]");
  const keys = {
    "/": () => { searchField()?.focus(); searchField()?.select(); },
    "?": () => $("#help")?.showModal(),
    j: () => go(1),
    k: () => go(-1),
  };

  const onKey = (event) => {
    if (event.key === "Escape") closeMenus();
    const isTyping = event.target.closest("input, select, textarea, dialog, [contenteditable]");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || kept.get("loa-keys") === "off") return;
    const act = keys[event.key];
    if (!act || event.defaultPrevented) return;
    event.preventDefault();
    act();
  };

  /* One box for all rows of the page: <input type="checkbox" data-choose-all> in the form that the rows' boxes belong to */
  const boxes = (form) => [...form.elements].filter((each) => each.type === "checkbox" && !("chooseAll" in each.dataset));
  const choose = (event) => {
    const form = event.target.form;
    const one = form && $("[data-choose-all]", form);
    if (one === event.target) for (const box of boxes(form)) box.checked = one.checked;
    else if (one) showChoice(one);
  };
  const showChoice = (one) => {
    const found = boxes(one.form);
    one.checked = found.length > 0 && found.every((each) => each.checked);
    one.indeterminate = !one.checked && found.some((each) => each.checked);
  };

  /* htmx: words for a failed request, no empty parameters, sorting and paging in place */
  const fail = (kind) => {
    const words = $("#failure")?.content.cloneNode(true);
    const place = $("#messages");
    if (!words || !place) return;
    const text = $("[data-text]", words);
    text.textContent = text.dataset[kind];
    place.replaceChildren(words);
    place.scrollIntoView({ block: "nearest" });
  };

  const onFailure = (event) => {
    const status = event.detail.xhr?.status || 0;
    if (event.target.matches?.(".slot") && (status === 403 || status === 404)) event.target.remove();
    else fail({ 0: "offline", 403: "refused", 404: "gone" }[status] || "broken");
  };

  const dropEmpty = (event) => {
    if (!event.detail.elt.matches?.("[data-drop-empty]")) return;
    const parameters = event.detail.formData || event.detail.parameters;
    for (const [name, value] of [...parameters.entries()]) if (value === "") parameters.delete(name);
  };

  const onPasskeyFailure = (event) => {
    event.preventDefault();
    fail("passkey");
  };

  root.dataset.enhanced = "";
  enhance(document);
  fitPhone();
  $("[data-focus]")?.focus();
  const off = $("[data-keys-off]");
  if (off) {
    off.checked = kept.get("loa-keys") === "off";
    off.addEventListener("change", () => kept.set("loa-keys", off.checked ? "off" : "on"));
  }
  window.addEventListener("beforeprint", unfold);
  window.addEventListener("afterprint", foldAgain);
  document.addEventListener("click", onClick);
  document.addEventListener("change", choose);
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", confirmSubmit, true);
  document.addEventListener("htmx:load", (event) => enhance(event.target));
  document.addEventListener("htmx:configRequest", dropEmpty);
  document.addEventListener("htmx:responseError", onFailure);
  document.addEventListener("htmx:sendError", onFailure);
  document.addEventListener("allauth.error", onPasskeyFailure);
})();
