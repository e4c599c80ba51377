// The composer saves by itself while somebody types, and cites evidence into the field last used.
// What cannot be sent is kept on this device and offered again when the page is next opened.
// Without this script the page has a Save button and works all the same.
(() => {
  const form = document.querySelector("[data-composer]");
  if (!form) return;
  const status = form.querySelector("[data-saved]");
  const missing = document.querySelector("[data-missing]");
  const PAUSE = 1500;
  if (window.matchMedia("(max-width: 800px)").matches) document.querySelector("[data-outline]").open = false;
  let timer = 0;
  let saving = false;
  let dirty = false;
  let conflict = false;
  let last = null;
  const KEY = `loa-report-${form.dataset.key}`;
  const SKIPPED = new Set(["csrfmiddlewaretoken", "version", "then"]);

  const typed = () =>
    Object.fromEntries([...new FormData(form)].filter(([name]) => !SKIPPED.has(name)));
  const keep = () => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ at: new Date().toISOString(), fields: typed() }));
    } catch { /* no room on this device */ }
  };
  const forget = () => {
    try {
      localStorage.removeItem(KEY);
    } catch { /* nothing is kept then */ }
  };
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(KEY));
    } catch {
      return null;
    }
  };

  const say = (text, failed) => {
    status.textContent = text;
    status.classList.toggle("composer__saved--failed", Boolean(failed));
  };

  const showMissing = (gaps) => {
    missing.hidden = gaps.length === 0;
    missing.querySelector("[data-missing-list]").replaceChildren(
      ...gaps.map((gap) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = `#${gap.anchor}`;
        link.textContent = gap.text;
        item.append(link);
        return item;
      }),
    );
  };

  const save = async () => {
    if (saving || conflict || !dirty) return;
    saving = true;
    dirty = false;
    say(form.dataset.saving);
    try {
      const response = await fetch(form.dataset.saveUrl, { method: "POST", body: new FormData(form) });
      const answer = await response.json();
      if (response.ok) {
        document.querySelectorAll("[name=version]").forEach((field) => {
          field.value = answer.version;
        });
        say(answer.saved);
        showMissing(answer.missing);
        if (!dirty) forget();
      } else {
        keep();
        conflict = response.status === 409;
        say(answer.error, true);
      }
    } catch {
      dirty = true;
      keep();
      say(form.dataset.failed, true);
    } finally {
      saving = false;
      if (dirty) schedule();
    }
  };

  const schedule = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(save, PAUSE);
  };

  form.addEventListener("input", () => {
    dirty = true;
    schedule();
  });
  form.addEventListener("submit", () => {
    if (dirty || conflict) keep();
    dirty = false;
    window.clearTimeout(timer);
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });

  window.addEventListener("online", save);

  // Offered only where it differs from what the page shows: a save that went through leaves nothing to offer.
  const offer = () => {
    const box = document.querySelector("[data-draft]");
    const draft = kept();
    if (!draft) return;
    const now = typed();
    const changed = Object.entries(draft.fields).filter(([name, value]) => name in now && now[name] !== value);
    if (!changed.length) {
      forget();
      return;
    }
    box.hidden = false;
    box.querySelector("[data-draft-at]").textContent = new Date(draft.at).toLocaleString(document.documentElement.lang);
    box.querySelector("[data-draft-take]").addEventListener("click", () => {
      for (const [name, value] of changed) {
        const field = form.elements.namedItem(name);
        if (field) field.value = value;
      }
      box.hidden = true;
      dirty = true;
      schedule();
    });
    box.querySelector("[data-draft-drop]").addEventListener("click", () => {
      forget();
      box.hidden = true;
    });
  };
  offer();

  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea[data-cite]")) last = event.target;
  });

  const cite = (field, text) => {
    const at = field.selectionStart ?? field.value.length;
    const before = field.value.slice(0, at);
    const glue = before && !before.endsWith("\n") ? "\n" : "";
    field.setRangeText(glue + text, at, field.selectionEnd ?? at, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };

  form.querySelectorAll("[data-quote]").forEach((item) => {
    item.addEventListener("dragstart", (event) => event.dataTransfer.setData("text/plain", item.dataset.quote));
  });
  form.querySelectorAll("[data-cite-into]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const card = button.closest(".work");
      const own = document.getElementById(button.dataset.citeInto);
      cite(last && (card.contains(last) || !own) ? last : own, button.closest("[data-quote]").dataset.quote);
    });
  });
})();
