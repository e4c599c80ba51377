/* Source text and proposals: selecting one lights up the other; keys j, k, Enter, e, x. Without it, links do. */
(() => {
  "use strict";
  const desk = document.querySelector("[data-import]");
  if (!desk) return;
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const box = $("[data-source]", desk);
  const text = $("[data-source-text]", desk);
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const isNarrow = () => window.matchMedia("(max-width: 800px)").matches;
  const behavior = () => (calm() ? "auto" : "smooth");

  /* Light up a place and bring it into view inside the text */
  const placesOf = (key) => all(`.place[data-places~="${key}"]`, text);
  const light = (key, { scroll = true } = {}) => {
    for (const each of all(".is-lit", text)) each.classList.remove("is-lit");
    const places = placesOf(key);
    for (const each of places) each.classList.add("is-lit");
    document.getElementById(`t-${key}`)?.classList.add("is-lit");
    if (!scroll || !places.length || !box.open) return;
    const top = places[0].getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop;
    const far = Math.abs(top - text.scrollTop) > 2 * text.clientHeight;
    text.scrollTo({ top: Math.max(top - text.clientHeight / 4, 0), behavior: far ? "auto" : behavior() });
  };

  /* Open a proposal; the others of its accordion close by themselves */
  const proposals = () => all("[data-proposal]", desk);
  const detailsOf = (proposal) => $("details[name=proposal]", proposal);
  let current = null;
  let byKeys = false;
  const select = (proposal, { focus = false, scrollText = true } = {}) => {
    current = proposal.dataset.key;
    for (const each of all("[data-proposal].is-here", desk)) each.classList.remove("is-here");
    proposal.classList.add("is-here");
    const details = detailsOf(proposal);
    if (details && !details.open) details.open = true;
    light(current, { scroll: scrollText });
    if (focus) $("summary", proposal)?.focus({ preventScroll: true });
    window.requestAnimationFrame(() => proposal.scrollIntoView({ block: "nearest", behavior: behavior() }));
  };
  const proposalOf = (key) => document.getElementById(key)?.closest("[data-proposal]");
  const here = () => (current && proposalOf(current)) || $("details[name=proposal][open]", desk)?.closest("[data-proposal]");

  const go = (step) => {
    const found = proposals();
    const at = found.indexOf(here());
    const next = found[Math.min(Math.max(at + step, 0), found.length - 1)];
    if (next) select(next, { focus: true });
    byKeys = true;
  };

  /* After "right": the next one nobody has checked, if there is one */
  const goOn = (from) => {
    const found = proposals();
    const after = found.slice(found.indexOf(from) + 1);
    const next = after.find((each) => !each.matches(".proposal--checked, .proposal--dropped"));
    if (next) select(next, { focus: true });
  };

  const press = (act) => {
    const proposal = here();
    const form = proposal && $(`form[data-act="${act}"]`, proposal);
    if (form) form.requestSubmit();
    return Boolean(form);
  };

  const keys = {
    j: () => go(1),
    k: () => go(-1),
    e: () => { const proposal = here(); if (proposal) $("[data-edit]", proposal)?.click(); },
    x: () => press("drop") || press("restore"),
    Enter: () => press("check") || go(1),
  };

  const areKeysOff = () => { try { return localStorage.getItem("loa-keys") === "off"; } catch { return false; } };
  const onKey = (event) => {
    if (event.key === "Tab") byKeys = false;
    const act = keys[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || areKeysOff()) return;
    if (event.target.closest("input, select, textarea, dialog, [contenteditable]")) return;
    if (event.key === "Enter" && !(byKeys && event.target === $("summary", here() || document))) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  };

  const onClick = (event) => {
    byKeys = false;
    const show = event.target.closest("[data-show-place]");
    const label = event.target.closest(".place__label");
    const place = event.target.closest(".place");
    const link = event.target.closest('a[href*="#"]');
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (show) {
      event.preventDefault();
      box.open = true;
      light(show.closest("[data-proposal]").dataset.key);
    } else if (place && !window.getSelection().toString()) {
      event.preventDefault();
      const key = label ? label.id.slice(2) : place.dataset.places.split(" ").find((each) => each.startsWith("p"));
      const proposal = key && proposalOf(key);
      if (proposal) select(proposal, { scrollText: false });
    } else if (link && desk.contains(link)) followLink(event, link);
  };

  /* A link to a proposal, a name or a place of this page: open what it leads to */
  const followLink = (event, link) => {
    const target = document.getElementById(new URL(link.href).hash.slice(1));
    if (!target || new URL(link.href).pathname !== location.pathname) return;
    event.preventDefault();
    lead(target);
  };
  const lead = (target) => {
    if (text.contains(target)) {
      box.open = true;
      light(target.id.slice(2));
      return;
    }
    for (let up = target.parentElement; up; up = up.parentElement) if (up.matches("details")) up.open = true;
    if (target.matches("[data-proposal]")) { select(target, { focus: true }); return; }
    if (target.matches("details")) target.open = true;
    target.scrollIntoView({ block: "start", behavior: behavior() });
    $("input:not([type=hidden]), summary, a", target)?.focus({ preventScroll: true });
  };

  /* Opening a proposal by hand lights it up too */
  const onToggle = (event) => {
    const proposal = event.target.matches?.("details[name=proposal]") && event.target.closest("[data-proposal]");
    if (proposal && event.target.open && proposal.dataset.key !== current) select(proposal);
  };

  let checked = null;
  const onRequest = (event) => {
    const form = event.detail.requestConfig?.elt; // the form itself: the swap has taken it from the page
    checked = form.matches?.('form[data-act="check"]') && event.detail.successful ? form.closest("[data-proposal]")?.dataset.key : null;
  };
  const onSettled = () => {
    const from = checked && proposalOf(checked);
    checked = null;
    if (from) goOn(from);
    else if (current) {
      light(current, { scroll: false });
      if (document.activeElement === document.body) $("summary", here() || desk)?.focus({ preventScroll: true });
    }
  };

  const help = $("#help .keys");
  const ours = $("#import-keys");
  if (help && ours) {
    help.prepend(ours.content.cloneNode(true));
    for (const old of all("dt", help).slice(4)) if (/^(j|Enter)/.test(old.textContent.trim())) { old.nextElementSibling.remove(); old.remove(); }
  }
  if (isNarrow()) box.open = false;
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("click", onClick);
  desk.addEventListener("toggle", onToggle, true);
  document.addEventListener("htmx:afterRequest", (event) => { onRequest(event); window.setTimeout(onSettled, 30); });
  document.addEventListener("htmx:load", (event) => {
    if (event.target.matches?.(".proposal--editing")) ($("textarea", event.target) || $("input:not([type=hidden])", event.target))?.focus();
  });
  const first = location.hash && document.getElementById(location.hash.slice(1));
  if (first && desk.contains(first)) lead(first);
})();
