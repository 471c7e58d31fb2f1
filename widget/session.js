/** A conversation with the channel. */

/** @type {Send} */
const request = async (url, token, method, body, as = "json") => {
  let response;
  let problem = { code: "offline", detail: "" };
  try {
    response = await fetch(url, {
      method,
      headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(body && { "Content-Type": "application/json" }) },
      body: body && JSON.stringify(body),
      credentials: "omit",
      signal: AbortSignal.timeout(15000),
    });
    if (response.ok) return response.status === 204 || (await response[as]());
    problem = await response.json();
  } catch {}
  const status = response && !response.ok ? response.status : 0;
  throw { ...problem, status, wait: 1000 * Number(response?.headers.get("Retry-After")) };
};

/** @type {Retrying} */
const retrying = async (call) => {
  for (let n = 0; ; n++) {
    try {
      return await call();
    } catch (problem) {
      if (![0, 408, 409, 429, 502, 503, 504].includes(problem.status) || (n > 2 && navigator.onLine)) throw problem;
      await new Promise((go) => {
        addEventListener("online", go, { once: true });
        if (navigator.onLine) setTimeout(go, Math.min(problem.wait || 1000 * 2 ** n, 30000));
      });
    }
  }
};

/** @type {CreateBox} */
const box = (area, key) => {
  /** @type {any} */
  let memory;
  return {
    get() {
      try {
        return memory ?? JSON.parse(window[area].getItem(key) ?? "{}");
      } catch {
        return (memory = {});
      }
    },
    set(change) {
      const all = { ...this.get(), ...change };
      try {
        window[area].setItem(key, JSON.stringify(all));
      } catch {
        memory = all;
      }
    },
  };
};

const uuid = () => URL.createObjectURL(new Blob()).slice(-36);

/** @type {CreateSession} */
export const createSession = (base, view) => {
  const key = `waymark:${base}`;
  const own = box("sessionStorage", key);
  const shared = box("localStorage", key);
  const heard = new Set();
  let cursor = 0;
  let delay = 3000;
  let timer = 0;
  let busy = false;
  /** @type {any} */
  let running;

  /** @type {Session} */
  const my = {
    own, shared, config: {}, person: null, pending: own.get().pending ?? [],

    talking: () => !!my.person && my.person.via !== "email" && my.person.status !== "closed",
    unread: () => [...heard].filter((seq) => seq > (shared.get().seen ?? 0)).length,

    see() {
      if (my.unread()) shared.set({ seen: Math.max(...heard) });
    },

    start() {
      if (running) return;
      running = new AbortController();
      const { signal } = running;
      addEventListener("storage", (event) => {
        if (event.key !== key) return;
        const [before, now] = [event.oldValue, event.newValue].map((text) => JSON.parse(text || "{}"));
        if (before.token && !now.token) my.clear("");
        else if (now.beat !== before.beat) my.refresh();
        else view.changed();
      }, { signal });
      addEventListener("online", () => my.refresh(), { signal });
      addEventListener("offline", view.changed, { signal });
      document.addEventListener("visibilitychange", () => my.poll(0), { signal });
      retrying(() => request(`${base}config`)).then((config) => {
        my.config = config;
        view.configured();
      }, view.failed);
      my.refresh(false).then(() => my.pending.forEach(my.send));
    },

    stop() {
      clearTimeout(timer);
      running?.abort();
      running = 0;
    },

    ask: (text) => my.send({ id: uuid(), text }),

    async send(entry) {
      delete entry.failed;
      if (!my.pending.includes(entry)) my.pending.push(entry);
      view.waiting(entry);
      if (busy) return;
      busy = true;
      for (let next, lost = false; (next = my.pending.find((e) => e.failed == null)); ) {
        const { id, text } = next;
        my.changed();
        try {
          const reply = await retrying(async () => {
            await my.open();
            return my.call("messages", "POST", { id, text });
          });
          my.pending = my.pending.filter((e) => e !== next);
          my.take(reply, true, id);
          shared.set({ beat: id });
        } catch (problem) {
          if (problem.status === 401 && !lost) {
            lost = true;
            my.forget("expired");
          } else {
            next.failed = problem.detail;
            view.failed(problem);
          }
          view.waiting(next);
        }
      }
      busy = false;
      my.changed();
    },

    async askPerson(method, form) {
      await my.open();
      await my.call("person", method, form);
      shared.set({ beat: uuid() });
      await my.refresh();
    },

    call: (path, method, body, as) => request(base + path, shared.get().token, method, body, as),

    forget(why = "") {
      shared.set({ token: "", seen: 0 });
      my.clear(why);
    },

    async open() {
      const { token, expires } = shared.get();
      if (token && Date.parse(expires) - Date.now() > 86400000) return;
      const made = await my.call("sessions", "POST", {});
      shared.set({ token: made.token, expires: made.expires });
    },

    async refresh(fresh = true) {
      my.changed();
      if (!shared.get().token) return;
      try {
        const reply = await retrying(() => my.call(`messages?after=${cursor}`));
        cursor = reply.cursor;
        my.take(reply, fresh);
        if (reply.more) await my.refresh(fresh);
      } catch (problem) {
        if (problem.status === 401) my.forget("expired");
        else view.failed(problem);
      }
    },

    take({ messages, person }, fresh, id) {
      for (const { role, seq } of messages) if (role !== "user") heard.add(seq);
      my.person = person;
      view.received(messages, fresh, id);
      my.changed();
      my.poll();
    },

    poll(wait = delay) {
      clearTimeout(timer);
      if (!my.talking() || document.hidden) return;
      timer = setTimeout(async () => {
        const before = heard.size;
        await my.refresh();
        delay = heard.size > before ? 3000 : Math.min(delay * 1.5, 30000);
        my.poll();
      }, wait);
    },

    changed() {
      own.set({ pending: my.pending });
      view.changed();
    },

    clear(why) {
      if (why !== "expired") my.pending = [];
      heard.clear();
      my.person = null;
      cursor = 0;
      view.cleared(why);
      my.changed();
    },
  };
  return my;
};
