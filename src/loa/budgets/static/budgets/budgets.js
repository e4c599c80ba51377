// A row of the editor saves itself when it is left; Enter goes to the same field of the row below.
// Without this script each row has its own Save button.
(() => {
  const editor = document.querySelector("[data-editor]");
  if (!editor) return;
  const status = document.querySelector("[data-saved]");
  const dirty = new Set();
  const saving = new Set();

  const say = (text, failed) => {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("editor__error", Boolean(failed));
  };

  const show = (row, answer) => {
    row.querySelector("[data-error]").textContent = "";
    row.classList.remove("is-wrong");
    row.querySelector("[name=version]").value = answer.version;
    const amount = row.querySelector("[data-amount]");
    if (amount) amount.textContent = answer.amount;
    const warned = row.querySelector("[data-warned]");
    if (warned && "warnings" in answer) warned.innerHTML = answer.warnings;
    const difference = row.querySelector("[data-difference]");
    if (difference && "difference" in answer) difference.textContent = answer.difference || "0 ₫";
    const totals = document.querySelector("[data-totals]");
    if (totals && answer.totals) totals.innerHTML = answer.totals;
    say(answer.saved);
  };

  const refuse = (row, words) => {
    row.querySelector("[data-error]").textContent = words;
    row.classList.add("is-wrong");
    say("");
  };

  const save = async (row) => {
    if (!dirty.has(row) || saving.has(row)) return;
    const form = row.querySelector("form");
    dirty.delete(row);
    saving.add(row);
    say(editor.dataset.saving);
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const answer = await response.json();
      if (response.ok) show(row, answer);
      else refuse(row, answer.error);
    } catch {
      dirty.add(row);
      refuse(row, editor.dataset.failed);
    } finally {
      saving.delete(row);
    }
    if (dirty.has(row) && !row.classList.contains("is-wrong") && !row.contains(document.activeElement)) save(row);
  };

  const rowOf = (element) => element.closest("[data-line]");

  editor.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    if (row) dirty.add(row);
  });
  editor.addEventListener("focusout", (event) => {
    const row = rowOf(event.target);
    if (row && !row.contains(event.relatedTarget)) save(row);
  });
  editor.addEventListener("submit", (event) => {
    const row = rowOf(event.target);
    if (!row) return;
    event.preventDefault();
    dirty.add(row);
    save(row);
  });
  editor.addEventListener("keydown", (event) => {
    const field = event.target.closest("input[name], select[name], textarea[name]");
    if (!field || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    const row = rowOf(field);
    event.preventDefault();
    const below = row.nextElementSibling?.querySelector(`[name="${field.name}"]`);
    if (below) below.focus();
    else save(row);
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty.size || saving.size) event.preventDefault();
  });
})();
