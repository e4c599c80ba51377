/* Live pages. <… data-live-topic="hall:1" data-live-since="57"> listens; the page works without it.
   With data-live-swap an event's data is a fragment: it takes the place of the element with its id, or is added
   to the element (at its start with data-live-swap="start"); kind "remove" takes the element with that id away.
   Every event is also told in the page as "live:<kind>", with {id, data}: htmx asks again by hx-trigger.
   A [data-live-status] inside or beside says when news are late (its words: data-delayed, -broken, -old). */
(() => {
  "use strict";
  const POLL = 3000; // ms; grows to ten times while the server does not answer
  const SILENT = 45000; // without a beat the line is dead, or something on the way holds it back
  const STREAM_AGAIN = 120000;
  const FAILURES = 3;

  const swap = (place, kind, data) => {
    if (kind === "remove") return document.getElementById(data)?.remove();
    const template = document.createElement("template");
    template.innerHTML = data;
    for (const each of [...template.content.children]) {
      const before = each.id && document.getElementById(each.id);
      if (before) before.replaceWith(each);
      else if (place.dataset.liveSwap === "start") place.prepend(each);
      else place.append(each);
      window.htmx?.process(each);
    }
  };

  const isTyping = () => [...document.querySelectorAll("textarea, input:not([type=hidden])")].some((field) =>
    field.value !== field.defaultValue && !field.closest("[data-live-typed-elsewhere]"));

  class Live {
    constructor(place) {
      this.place = place;
      this.address = `/song/${encodeURIComponent(place.dataset.liveTopic).replaceAll("%3A", ":")}/`;
      this.since = Number(place.dataset.liveSince || 0);
      this.failures = 0;
      this.listen();
      addEventListener("pagehide", () => this.stop());
      addEventListener("pageshow", (event) => { if (event.persisted) this.listen(); });
    }

    say(word) {
      this.place.dataset.liveState = word;
      for (const line of document.querySelectorAll("[data-live-status]")) {
        const text = line.dataset[word] || "";
        if (line.textContent !== text) line.textContent = text;
      }
    }

    stop() {
      this.source?.close();
      this.source = null;
      clearTimeout(this.timer);
      clearTimeout(this.guard);
    }

    take(id, kind, data) {
      if (id <= this.since) return; // seen already
      this.since = id;
      this.place.dataset.liveSince = String(id);
      if (this.place.dataset.liveSwap !== undefined) swap(this.place, kind, data);
      this.tell(kind, { id, data });
    }

    tell(kind, detail) {
      return this.place.dispatchEvent(new CustomEvent(`live:${kind}`, { bubbles: true, cancelable: true, detail }));
    }

    /* Something was missed for good. What is being typed is not thrown away for it. */
    reload(last) {
      this.stop();
      const key = `loa-live ${location.pathname}`;
      let before = 0;
      try {
        before = Number(sessionStorage.getItem(key));
        sessionStorage.setItem(key, String(Date.now()));
      } catch { before = 0; }
      if (!this.tell("reload", { last })) return;
      if (isTyping() || Date.now() - before < 60000) {
        this.say("old");
        this.since = last;
        this.timer = setTimeout(() => this.listen(), POLL);
      } else this.timer = setTimeout(() => location.reload(), Math.random() * 3000);
    }

    listen() {
      if (!window.EventSource) return this.poll(POLL);
      this.stop();
      const source = this.source = new EventSource(`${this.address}?since=${this.since}`);
      this.alive();
      source.addEventListener("open", () => { this.failures = 0; });
      source.addEventListener("beat", () => this.alive());
      source.addEventListener("status", (event) => {
        this.alive();
        this.say(event.data);
      });
      source.addEventListener("reload", (event) => this.reload(Number(event.lastEventId)));
      source.addEventListener("error", () => this.broken(source));
      source.addEventListener("message", (event) => {
        const [kind, ...lines] = event.data.split("\n");
        this.alive();
        this.take(Number(event.lastEventId), kind, lines.join("\n"));
      });
    }

    alive() {
      clearTimeout(this.guard);
      this.guard = setTimeout(() => this.poll(POLL), SILENT);
    }

    /* The browser comes back by itself, with the last id; where it cannot, or not again and again, we ask. */
    broken(source) {
      if (source !== this.source) return;
      this.failures += 1;
      if (this.place.dataset.liveState === "live") this.say("broken");
      if (source.readyState === EventSource.CLOSED || this.failures >= FAILURES) this.poll(POLL);
    }

    poll(wait, until = Date.now() + STREAM_AGAIN) {
      this.stop();
      this.timer = setTimeout(async () => {
        let next = Math.min(wait * 2, POLL * 10);
        try {
          const answer = await fetch(`${this.address}tu/${this.since}/`, { credentials: "same-origin", cache: "no-store" });
          if (answer.status === 404) return this.say("broken"); // one may not listen any more
          if (answer.ok) {
            const told = await answer.json();
            this.say("delayed");
            if (told.reload) return this.reload(told.last);
            for (const event of told.events) this.take(event.id, event.kind, event.data);
            next = POLL;
          }
        } catch { this.say("broken"); }
        if (Date.now() > until) {
          this.failures = 0;
          this.listen();
        } else this.poll(next, until);
      }, wait * (0.75 + Math.random() / 2)); // not everybody at once
    }
  }

  const begin = () => {
    for (const place of document.querySelectorAll("[data-live-topic]:not([data-live-state])")) {
      place.dataset.liveState = "";
      new Live(place);
    }
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
