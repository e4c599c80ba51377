// The draft saves by itself while somebody types. What cannot be sent is kept on this device and offered again.
// Without this script the page has its buttons and works all the same.
(() => {
  const form = document.querySelector("[data-draft-form]");
  if (!form) return;
  const status = form.querySelector("[data-saved]");
  const field = form.querySelector("textarea[name=text]");
  const edition = form.querySelector("[name=edition]");
  const box = document.querySelector("[data-draft]");
  const KEY = `loa-draft-${form.dataset.key}`;
  const PAUSE = 1500;
  let timer = 0;
  let saving = false;
  let dirty = false;
  let conflict = "conflict" in form.dataset;

  const store = (work) => {
    try {
      return work();
    } catch {
      return null; // no room on this device
    }
  };
  const keep = (failed) =>
    store(() => localStorage.setItem(KEY, JSON.stringify({ text: field.value, edition: edition.value, failed })));
  const forget = () => store(() => localStorage.removeItem(KEY));

  const say = (text, failed) => {
    status.textContent = text;
    status.classList.toggle("draft__saved--failed", Boolean(failed));
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
        edition.value = answer.edition;
        say(answer.saved);
        if (!dirty) forget();
      } else {
        keep(true);
        conflict = response.status === 409;
        say(answer.error, true);
      }
    } catch {
      dirty = true;
      keep(true);
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

  field.addEventListener("input", () => {
    dirty = true;
    schedule();
  });
  form.addEventListener("submit", (event) => {
    if (saving) {
      event.preventDefault(); // the edition that is being saved comes back first
      window.setTimeout(() => form.requestSubmit(event.submitter), 200);
      return;
    }
    keep(conflict);
    dirty = false;
    window.clearTimeout(timer);
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
  window.addEventListener("online", save);

  // What left by the form has arrived when the edition has gone on; what failed to save is offered until decided.
  const kept = store(() => JSON.parse(localStorage.getItem(KEY)));
  const arrived = kept && !kept.failed && kept.edition !== edition.value;
  if (!kept || kept.text === field.value || arrived) {
    forget();
    return;
  }
  box.hidden = false;
  box.querySelector("[data-draft-take]").addEventListener("click", () => {
    field.value = kept.text;
    box.hidden = true;
    dirty = true;
    schedule();
  });
  box.querySelector("[data-draft-drop]").addEventListener("click", () => {
    forget();
    box.hidden = true;
  });
})();
