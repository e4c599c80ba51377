// The composer saves by itself while somebody types, and cites evidence into the field last used.
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
      } else {
        conflict = response.status === 409;
        say(answer.error, true);
      }
    } catch {
      dirty = true;
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
    dirty = false;
    window.clearTimeout(timer);
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });

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
