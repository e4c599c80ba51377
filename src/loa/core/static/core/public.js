/* How one reads: colours, contrast, size, read aloud, print. Every page works without it. */
(() => {
  "use strict";
  const root = document.documentElement;
  const kept = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* for this page only */ } },
  };
  const sizes = ["", "large", "larger", "largest"];
  const size = () => Math.max(0, sizes.indexOf(kept.get("loa-size") || ""));

  /* Before the first paint */
  const theme = kept.get("loa-theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const setContrast = (isHigh) => {
    root.dataset.contrast = isHigh ? "high" : "";
    if (isHigh) root.dataset.theme = isDark() ? "dark" : "light"; // strong colours are told for each
  };
  if (kept.get("loa-contrast") === "high") setContrast(true);
  if (size()) root.dataset.size = sizes[size()];

  const resize = (step) => {
    const next = Math.min(Math.max(size() + step, 0), sizes.length - 1);
    kept.set("loa-size", sizes[next]);
    root.dataset.size = sizes[next];
  };
  const toggleTheme = () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    kept.set("loa-theme", root.dataset.theme);
  };
  const toggleContrast = (button) => {
    const isHigh = root.dataset.contrast !== "high";
    setContrast(isHigh);
    kept.set("loa-contrast", root.dataset.contrast);
    button.setAttribute("aria-pressed", String(isHigh));
  };

  /* Read aloud: in pieces, for browsers cut a long text off */
  const voice = window.speechSynthesis;
  const spoken = () => [...document.querySelectorAll("[data-speak]")].flatMap((part) =>
    [...part.querySelectorAll("h1, h2, h3, p, li, blockquote, figcaption, dd, dt")].filter((each) => !each.closest("[data-silent]") && !each.parentElement.closest("li, blockquote, figcaption")));
  const stop = (button) => {
    voice.cancel();
    button.setAttribute("aria-pressed", "false");
  };
  const readAloud = (button) => {
    if (button.getAttribute("aria-pressed") === "true") return stop(button);
    button.setAttribute("aria-pressed", "true");
    const parts = spoken().map((part) => {
      const words = new SpeechSynthesisUtterance(part.textContent.trim());
      words.lang = part.closest("[lang]").lang;
      return words;
    }).filter((words) => words.text);
    if (!parts.length) return stop(button);
    parts.at(-1).addEventListener("end", () => stop(button));
    for (const words of parts) voice.speak(words);
  };

  const acts = {
    "[data-smaller]": () => resize(-1),
    "[data-larger]": () => resize(1),
    "[data-contrast]:is(button)": toggleContrast,
    "[data-print]": () => window.print(),
    "[data-read-aloud]": readAloud,
    "[data-theme-toggle]": toggleTheme,
    "[data-dismiss]": (button) => button.closest(".message").remove(),
  };
  document.addEventListener("DOMContentLoaded", () => {
    for (const each of document.querySelectorAll("[data-needs-js]")) each.hidden = false;
    for (const each of document.querySelectorAll("[data-read-aloud]")) each.hidden = !voice;
    for (const each of document.querySelectorAll("button[data-contrast]")) each.setAttribute("aria-pressed", String(root.dataset.contrast === "high"));
    if (root.dataset.enhanced !== undefined) return; // the desk's script does the same and more
    for (const strip of document.querySelectorAll(".strip__in")) {
      const here = strip.querySelector("[aria-current]");
      if (here) strip.scrollLeft = here.offsetLeft - strip.offsetLeft - 24;
    }
  });
  document.addEventListener("click", (event) => {
    for (const [selector, act] of Object.entries(acts)) {
      const hit = event.target.closest(selector);
      if (hit && !(root.dataset.enhanced !== undefined && /theme|dismiss/.test(selector))) return act(hit);
    }
  });
  window.addEventListener("pagehide", () => voice?.cancel());
})();
