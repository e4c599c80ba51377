/* At the door: read tickets by camera or by code, also without the network. The page works without this. */
(() => {
  "use strict";
  const door = document.querySelector("[data-door]");
  if (!door || !window.crypto) return;
  const find = (name) => document.querySelector(`[data-${name}]`);
  const words = find("words").dataset;
  const said = find("said");
  const net = find("net");
  const log = find("log");
  const key = `loa-door-${door.dataset.door}`;
  const known = new Map();
  for (const person of JSON.parse(document.getElementById("door-list").textContent)) {
    known.set(person.ticket, person);
    known.set(person.code, person);
  }

  /* Where attendance is taken session by session: the one that is chosen now, also without the network. */
  const field = find("session");
  const session = () => (field ? Number(field.value) : 0);
  const isThere = (person) => (session() ? person.sessions.includes(session()) : person.present);
  const arrive = (person, at) => { if (at && !person.sessions.includes(at)) person.sessions.push(at); person.present = true; };
  const leave = (person, at) => { person.sessions = person.sessions.filter((each) => each !== at); person.present = person.sessions.length > 0; };

  /* How many are there: what this phone knows, or what the server last said of the same session, where that is more. */
  const opened = field ? Number([...field.options].find((each) => each.defaultSelected)?.value) : 0;
  const counted = new Map([[opened, Number(find("present").textContent) || 0]]);
  const recount = () => {
    const here = new Set([...known.values()].filter(isThere)).size;
    find("present").textContent = Math.max(here, counted.get(session()) || 0);
  };

  /* What was read and is not sent yet lives in the phone, by digests, until the server has it. */
  const waiting = {
    all: () => { try { return JSON.parse(localStorage.getItem(key)) || []; } catch { return memory; } },
    set: (rows) => { memory = rows; try { localStorage.setItem(key, JSON.stringify(rows)); } catch { /* kept for this page only */ } },
  };
  let memory = [];

  const digest = async (text) => {
    if (!window.crypto.subtle) return text; // only over https can it be made; the server knows both
    const bytes = await window.crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const tidy = (text) => (text.includes(":") ? text.trim() : text.replace(/[\s.\-–]+/g, "").toUpperCase());
  const lot = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  const tell = (kind, text) => {
    said.hidden = false;
    said.className = `door__said door__said--${kind}`;
    said.textContent = text;
    if (kind === "present" && navigator.vibrate) navigator.vibrate(80);
    const line = document.createElement("li");
    line.textContent = `${new Date().toLocaleTimeString()} · ${text}`;
    log.prepend(line);
    while (log.children.length > 30) log.lastChild.remove();
  };
  const showNet = (text) => { net.hidden = !text; net.textContent = text; };

  const read = async (text, isTyped) => {
    const told = await digest(tidy(text));
    const person = known.get(told);
    if (person && isThere(person)) { tell("already", `${person.name}: ${words.already}`); return; }
    if (!person && !navigator.onLine) tell("kept", words.kept); // perhaps registered after this page was opened
    if (person) { arrive(person, session()); recount(); tell("present", `${person.name}: ${words.present}`); }
    waiting.set([...waiting.all(), { told, key: lot(), at: new Date().toISOString(), typed: Boolean(isTyped), session: session() || null, name: person ? person.name : "" }]);
    await send();
  };

  let isSending = false;
  const send = async () => {
    const rows = waiting.all().slice(0, 200);
    const at = session(); // another may be chosen before the answer is here
    if (!rows.length || isSending) return;
    isSending = true;
    try {
      const token = document.querySelector("[data-code-form] [name=csrfmiddlewaretoken]").value;
      const answer = await fetch(door.dataset.send, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ seen: rows, session: at || null }),
        redirect: "manual",
      });
      if (answer.type === "opaqueredirect" || answer.status === 403) { showNet(words.signedOut); return; }
      const given = await answer.json();
      if (!answer.ok) { showNet(given.error); return; }
      settle(rows, given, at);
    } catch {
      showNet(`${words.offline} (${waiting.all().length})`);
    } finally {
      isSending = false;
    }
    if (waiting.all().length > 0 && net.textContent === words.sent) send();
  };

  const settle = (rows, given, at) => {
    const sent = new Map(rows.map((row) => [row.key, row]));
    const done = new Set(given.results.map((row) => row.key));
    waiting.set(waiting.all().filter((row) => !done.has(row.key)));
    for (const row of given.results) {
      const { told, name, session: where } = sent.get(row.key) || {};
      if (row.result === "present") {
        if (name) continue;
        known.set(told, known.get(told) || { name: row.name, sessions: [], present: false }); // registered since
        arrive(known.get(told), where);
        tell("present", `${row.name}: ${words.present}`);
        continue;
      }
      if (row.result === "not_coming" && known.has(told)) leave(known.get(told), where);
      const text = { already: words.already, unknown: words.unknown, not_coming: words.notComing }[row.result];
      const at = row.since ? ` (${new Date(row.since).toLocaleTimeString()})` : "";
      tell(row.result, row.name ? `${row.name}: ${text}${at}` : text);
    }
    counted.set(at, given.present);
    recount();
    find("going").textContent = given.going;
    showNet(words.sent);
  };

  const form = find("code-form");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = form.querySelector("[data-code]");
    const text = code.value;
    code.value = "";
    code.focus();
    if (text.trim()) read(text, true);
  });

  /* The camera, where the browser can read squares by itself */
  const scan = find("scan");
  const stop = find("stop");
  const camera = find("camera");
  const video = find("video");
  let stream = null;
  let last = { text: "", at: 0 };
  const halt = () => {
    if (stream) for (const track of stream.getTracks()) track.stop();
    stream = null;
    camera.hidden = stop.hidden = true;
    scan.hidden = false;
  };
  const watch = async (detector) => {
    while (stream) {
      try {
        for (const found of await detector.detect(video)) {
          const now = Date.now();
          if (found.rawValue === last.text && now - last.at < 4000) continue;
          last = { text: found.rawValue, at: now };
          await read(found.rawValue, false);
        }
      } catch { /* the next picture may be better */ }
      await new Promise((next) => { setTimeout(next, 200); });
    }
  };
  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    scan.hidden = false;
    scan.addEventListener("click", async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      } catch { tell("unknown", words.noCamera); return; }
      video.srcObject = stream;
      camera.hidden = stop.hidden = false;
      scan.hidden = true;
      await video.play();
      watch(new window.BarcodeDetector({ formats: ["qr_code"] }));
    });
    stop.addEventListener("click", halt);
  }

  for (const row of waiting.all()) if (known.has(row.told)) arrive(known.get(row.told), row.session);
  if (field) field.addEventListener("change", recount);
  recount();

  addEventListener("online", send);
  addEventListener("offline", () => showNet(words.offline));
  setInterval(send, 15000);
  send();
})();
