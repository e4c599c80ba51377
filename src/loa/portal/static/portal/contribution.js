/* A contributor's form: kept as it is written, and a voice recorded with the phone. Without a script it is a plain form. */
(() => {
  "use strict";
  const form = document.querySelector("[data-contribution]");
  if (!form) return;
  const told = form.querySelector("[data-kept]");
  const now = () => new Date().toLocaleTimeString(document.documentElement.lang || "vi", { hour: "2-digit", minute: "2-digit" });

  /* Words are kept some seconds after the last key; photos and recordings wait for a button. */
  let timer = 0;
  let running = false;
  const keep = async () => {
    if (running) return;
    running = true;
    const words = new FormData(form);
    words.delete("photos");
    words.delete("recording");
    try {
      const answer = await fetch(form.action, { method: "POST", body: words, headers: { Accept: "application/json" } });
      if (answer.ok) {
        const { url } = await answer.json();
        form.action = url;
        window.history.replaceState(null, "", url);
        told.textContent = `✓ ${now()}`;
      }
    } catch { /* offline: the button keeps it later */ }
    running = false;
  };
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, 4000);
  });
  form.addEventListener("submit", () => window.clearTimeout(timer));

  const button = form.querySelector("[data-record]");
  const input = form.querySelector("[data-recording]");
  const state = form.querySelector("[data-recorder-state]");
  if (!button || !input || !window.MediaRecorder || !navigator.mediaDevices) {
    form.querySelector("[data-recorder]")?.remove();
    return;
  }
  let recorder = null;
  const show = (isBusy) => {
    button.querySelector("[data-idle]").hidden = isBusy;
    button.querySelector("[data-busy]").hidden = !isBusy;
  };
  const finish = (parts, type) => {
    const ending = type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm";
    const files = new DataTransfer();
    files.items.add(new File(parts, `ghi-am.${ending}`, { type }));
    input.files = files.files;
    state.textContent = `✓ ${now()}`;
    show(false);
  };
  button.addEventListener("click", async () => {
    if (recorder) {
      recorder.stop();
      recorder = null;
      return;
    }
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const parts = [];
      const running = new MediaRecorder(stream);
      running.addEventListener("dataavailable", (event) => parts.push(event.data));
      running.addEventListener("stop", () => {
        for (const track of stream.getTracks()) track.stop();
        finish(parts, running.mimeType);
      });
      running.start();
      recorder = running;
      show(true);
    } catch { state.textContent = "✗"; }
  });
})();
