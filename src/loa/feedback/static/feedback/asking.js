/* Helps the forms of feedback along. Every one of them works without it. */
(() => {
  "use strict";
  const all = (selector) => [...document.querySelectorAll(selector)];

  /* SHA-256 in plain script: the browser's own is closed on pages without TLS, and slower for many small texts */
  const K = [];
  const START = [];
  for (let number = 2, found = 0; found < 64; number += 1) {
    let isPrime = true;
    for (let by = 2; by * by <= number; by += 1) if (number % by === 0) { isPrime = false; break; }
    if (!isPrime) continue;
    const rest = (root) => ((root - Math.floor(root)) * 4294967296) | 0;
    if (found < 8) START.push(rest(Math.pow(number, 1 / 2)));
    K.push(rest(Math.pow(number, 1 / 3)));
    found += 1;
  }
  const words = new Int32Array(64);
  const sha256 = (text) => {
    const length = text.length;
    const blocks = new Uint8Array(((length + 8 >> 6) + 1) * 64);
    for (let i = 0; i < length; i += 1) blocks[i] = text.charCodeAt(i);
    blocks[length] = 128;
    const view = new DataView(blocks.buffer);
    view.setUint32(blocks.length - 4, length * 8);
    const hash = START.slice();
    for (let at = 0; at < blocks.length; at += 64) {
      for (let i = 0; i < 16; i += 1) words[i] = view.getInt32(at + i * 4);
      for (let i = 16; i < 64; i += 1) {
        const x = words[i - 15], y = words[i - 2];
        const first = (x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ (x >>> 3);
        const second = (y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ (y >>> 10);
        words[i] = (words[i - 16] + first + words[i - 7] + second) | 0;
      }
      let [a, b, c, d, e, f, g, h] = hash;
      for (let i = 0; i < 64; i += 1) {
        const one = (h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + ((e & f) ^ (~e & g)) + K[i] + words[i]) | 0;
        const two = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => { hash[i] = (hash[i] + value) | 0; });
    }
    return hash.map((value) => ("0000000" + (value >>> 0).toString(16)).slice(-8)).join("");
  };

  /* Proof that a person's page sends: worked out while one reads */
  const work = (box) => {
    const task = JSON.parse(box.dataset.work);
    const says = box.querySelector("[data-work-says]");
    const sum = box.querySelector("[data-sum]");
    let number = 0;
    says.hidden = false;
    says.textContent = says.dataset.doing;
    const done = () => {
      box.querySelector("[data-work-done]").value = btoa(JSON.stringify({
        algorithm: task.algorithm, challenge: task.challenge, number, salt: task.salt, signature: task.signature,
      }));
      says.textContent = says.dataset.ready;
      sum.hidden = true;
    };
    const step = () => {
      const until = Math.min(number + 1500, task.maxNumber + 1);
      for (; number < until; number += 1) if (sha256(task.salt + number) === task.challenge) return done();
      if (number <= task.maxNumber) return setTimeout(step, 0);
      says.hidden = true; // then the sum is asked
    };
    setTimeout(step, 50);
  };

  /* The first step keeps itself while one types */
  const keepItself = (form) => {
    const text = form.querySelector("[data-keep]");
    const mark = form.querySelector("[name=ban]");
    const says = form.querySelector("[data-kept]");
    let last = text.value, timer = 0;
    const keep = () => {
      if (!text.value.trim() || text.value === last) return;
      last = text.value;
      fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), keepalive: true, credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.json() : { kept: false }))
        .then((told) => {
          if (!told.kept) return;
          mark.value = told.mark;
          says.textContent = says.dataset.kept;
          says.hidden = false;
        })
        .catch(() => { last = ""; }); // no line: once more with the next letter
    };
    text.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 4000); });
    form.addEventListener("submit", () => { clearTimeout(timer); last = text.value; });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
  };

  /* A long list is searched without marks */
  const fold = (text) => text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const searchIn = (box) => {
    const select = box.querySelector("select");
    const options = [...select.querySelectorAll("option")].filter((each) => each.value);
    if (options.length < 12) return;
    const finder = document.createElement("input");
    finder.type = "search";
    finder.className = "finder";
    finder.placeholder = box.dataset.searchLabel;
    finder.setAttribute("aria-label", box.dataset.searchLabel);
    finder.autocomplete = "off";
    select.before(finder);
    const known = options.map((each) => [each, fold(each.textContent + " " + (each.parentElement.label || "")), each.parentElement]);
    finder.addEventListener("input", () => {
      const parts = fold(finder.value).split(" ").filter(Boolean);
      const hits = known.filter(([, name]) => parts.every((part) => name.includes(part)));
      for (const [each] of known) { each.hidden = true; each.disabled = true; }
      for (const [each] of hits) { each.hidden = false; each.disabled = false; }
      if (parts.length && hits.length) hits[0][0].selected = true;
      else select.value = "";
    });
    finder.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); select.focus(); } });
  };

  const locate = (button) => button.addEventListener("click", () => {
    const says = document.querySelector("[data-locate-says]");
    const field = document.querySelector("[name=point]");
    const refuse = () => { says.textContent = button.dataset.refused; };
    if (!navigator.geolocation) return refuse();
    says.textContent = "…";
    navigator.geolocation.getCurrentPosition((found) => {
      field.value = `${found.coords.latitude.toFixed(5)}, ${found.coords.longitude.toFixed(5)}`;
      says.textContent = "✓";
    }, refuse, { timeout: 15000, maximumAge: 60000 });
  });

  const copy = (button) => button.addEventListener("click", () => {
    const text = all("[data-copy-text]").map((each) => each.textContent.trim()).join("\n");
    const done = () => { button.querySelector("span").textContent = button.dataset.copied; };
    if (navigator.clipboard) return navigator.clipboard.writeText(text).then(done, () => {});
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    if (document.execCommand("copy")) done();
    field.remove();
  });

  document.addEventListener("DOMContentLoaded", () => {
    all("[data-work]").forEach(work);
    all("[data-autosave]").forEach(keepItself);
    all("[data-search-box]").forEach(searchIn);
    all("[data-locate]").forEach(locate);
    all("[data-copy]").forEach(copy);
    all("[data-focus]").forEach((each) => each.focus());
    const door = document.querySelector("[data-own-door]");
    if (door && location.hash.length > 5) { // from the code that is scanned: the secret was told to no server
      door.querySelector("[name=secret]").value = decodeURIComponent(location.hash.slice(1));
      history.replaceState(null, "", location.pathname + location.search);
    }
    /* One sending for a double click */
    all("form.ask").forEach((form) => form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "1";
    }));
    window.addEventListener("pageshow", () => all("form.ask").forEach((form) => { delete form.dataset.sent; }));
  });
})();
