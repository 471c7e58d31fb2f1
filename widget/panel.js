/** Header, transcript, composer. */
import { button, h, icon, iconButton, link } from "./dom.js";
import { createSession } from "./session.js";
import { article, CLOSE, createSheet, personForm, sourceCard } from "./views.js";

export const CHAT = "M4 5h16v11H10l-6 4z";

/** @type {CreatePanel} */
export const createPanel = (host, say, lang, base, inline) => {
  let note = "";
  let listed = "";
  /** @type {any} */
  let suggested;
  const shown = new Map();

  const log = h("div", { class: "log", role: "log", tabindex: 0, "aria-label": say.log, "aria-live": "polite", keydown: (event) => {
    const all = /** @type {any[]} */ ([...log.children]);
    const now = all.indexOf(event.target.closest("article"));
    const last = all.length - 1;
    const to = all[/** @type {any} */ ({ ArrowUp: now < 0 ? last : now - 1, ArrowDown: now + 1, Home: 0, End: last })[event.key]];
    if (!to || event.target.localName === "textarea") return;
    event.preventDefault();
    to.focus();
  } });
  const intro = h("div", { class: "body" });
  const typing = h("p", { class: "typing", role: "status" });
  const chips = h("div", { class: "chips" });
  const scroll = h("div", { class: "scroll" }, intro, log, typing, chips);
  const bar = h("div", { class: "bar", role: "status" });
  const field = h("textarea", { rows: 1, "aria-label": say.compose, placeholder: say.compose, enterkeyhint: "send", keydown: (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) submit(event);
  } });
  const name = h("h2", { id: "name", tabindex: -1 });
  const school = h("p", { class: "small" });
  const logo = h("span", { class: "logo" });
  const menu = iconButton("M4 7h16M4 12h16M4 17h16", say.options, () => {
    /** @type {Leave} */
    const leave = (label, warning, act) => button(label, () => sheet.open(label, menu, h("p", {}, warning), button(label, async () => {
      if (await attempt(act)) sheet.close();
    }, "main")));
    sheet.open(say.options, menu, context.person && button(say.person, context.person), ...(shown.size ? [
      ...["json", "text"].map((format) => button(`${say.download} (${format})`, () => attempt(async () => {
        const file = h("a", { download: `conversation.${format}` });
        file.href = URL.createObjectURL(await session.call(`conversation?format=${format}`, "GET", undefined, "blob"));
        file.click();
      }))),
      leave(say.fresh, say.freshAsk, session.forget),
      leave(say.erase, say.eraseAsk, async () => {
        await session.call("conversation", "DELETE");
        session.forget("deleted");
      }),
    ] : []));
  });
  const header = h("header", { class: "header" }, logo, h("div", {}, name, school), menu, !inline && iconButton(CLOSE, say.close, () => host.close()));
  const composer = h("div", { class: "composer" }, field, iconButton("M12 19V5M6 11l6-6 6 6", say.send, (event) => submit(event)));
  const sheet = createSheet([header, scroll, bar, composer], say);
  const node = h(inline ? "section" : "dialog", { class: "panel", lang, "aria-labelledby": "name", close: () => host.close(), keydown: (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (!sheet.node.hidden) sheet.close();
    else if (log.contains(event.target)) field.focus();
    else host.close();
  } }, header, scroll, bar, composer, sheet.node);

  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    my.ask(field.value, "typed");
    field.value = "";
    field.focus();
  };
  /** @type {Attempt} */
  const attempt = async (act) => {
    try {
      await act();
      return true;
    } catch (problem) {
      my.failed(problem);
      return false;
    }
  };
  /** @type {Context} */
  const context = {
    say, lang,
    evidence: (statement) => `${base}evidence/${encodeURIComponent(statement)}`,
    card: (citation, opener) => sheet.open(`${say.source} ${citation.n}`, opener, ...sourceCard(citation, context)),
    feedback: ({ payload }, helpful, comment) => attempt(async () => {
      const answer_id = payload?.answer_id;
      await session.call(`feedback/${answer_id}`, helpful === null ? "DELETE" : "PUT", { helpful, comment });
      host.tell("feedback", { answer_id, helpful });
      context.tell(say.thanks);
    }),
    tell(text) {
      my.note(text);
      setTimeout(my.note, 5000, "");
    },
  };
  /** @type {Option} */
  const option = (name) => host.getAttribute(name) || session.config[name];
  const toEnd = () => (scroll.scrollTop = scroll.scrollHeight);

  /** @type {View} */
  const my = {
    node,

    ask(text, source) {
      text = text.trim().slice(0, session.config.max_message);
      if (!text) return;
      host.tell("message", { source, text });
      session.ask(text);
      toEnd();
    },

    focus: () => (matchMedia("(pointer: coarse)").matches ? name : field).focus(),

    configured() {
      const { notice, privacy_url, handoff, max_message = 1000 } = session.config;
      const src = option("logo");
      name.textContent = option("name") || say.name;
      school.textContent = option("school");
      logo.replaceChildren(src ? h("img", { src, alt: "" }) : icon(CHAT));
      intro.replaceChildren(
        h("p", { class: "headline" }, option("greeting") || say.greeting),
        h("p", { class: "small" }, notice, " ", privacy_url && link(privacy_url, say.privacy)));
      field.maxLength = max_message;
      context.person = handoff !== false && (() => sheet.open(say.person, field, personForm(say, session.config, async (filled) => {
        try {
          await session.askPerson("POST", filled);
          sheet.close();
          host.tell("handoff", {});
        } catch (problem) {
          return problem.detail || say.trouble;
        }
      })));
      my.changed();
    },

    received(messages, fresh, id) {
      const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 200;
      const waited = shown.get(id);
      if (!fresh) log.setAttribute("aria-live", "off");
      for (const message of messages) {
        const { seq, role, text, payload } = message;
        if (message === messages[0] && waited) {
          if (shown.has(seq)) waited.remove();
          else {
            shown.set(seq, waited);
            waited.setAttribute("data-seq", `${seq}`);
            waited.lastChild.textContent = text;
          }
        }
        if (shown.has(seq)) continue;
        my.place(message, seq);
        if (role !== "assistant") continue;
        suggested = payload?.suggestions;
        if (id) host.tell("answer", { type: payload?.type, topic: payload?.topic, occupation: payload?.occupation, text });
      }
      note = "";
      setTimeout(() => log.setAttribute("aria-live", "polite"), 200);
      if (id) scroll.scrollTop = shown.get(messages[0].seq).offsetTop - 12;
      else if (!fresh || atEnd) toEnd();
      if (host.isOpen) session.see();
    },

    place(message, key) {
      const made = article(message, context);
      log.insertBefore(made, [...log.children].find((other) => Number(other.getAttribute("data-seq")) > message.seq) ?? null);
      shown.set(key, made);
      return made;
    },

    waiting(entry) {
      const { id, text, failed } = entry;
      const made = shown.get(id) ?? my.place({ id, text, seq: Infinity, role: "user", payload: null, time: "" }, id);
      made.querySelector(".failed")?.remove();
      if (failed != null) made.append(h("p", { class: "failed small" }, say.failed, " ", failed, " ", button(say.retry, () => session.send(entry), "link")));
    },

    changed() {
      const talking = session.talking();
      const busy = navigator.onLine && !talking && session.pending.some((entry) => entry.failed == null);
      if (busy !== typing.hasChildNodes()) typing.textContent = busy ? say.typing : "";
      const text = navigator.onLine ? note || (talking ? say[session.person?.status === "talking" ? "talking" : "waiting"] : "") : say.offline;
      if (text !== (bar.firstChild?.textContent ?? "")) {
        bar.replaceChildren(...(text ? [h("span", {}, text), talking ? button(say.end, () => attempt(() => session.askPerson("DELETE")), "link") : ""] : []));
      }
      const first = option("suggestions") ?? [];
      const now = session.pending[0] || talking ? [] : suggested ?? (shown.size ? [] : first.split?.("|") ?? first);
      if (listed !== (listed = `${now}`)) {
        chips.replaceChildren(...now.map((/** @type {string} */ text) => button(text, () => {
          my.ask(text, "suggestion");
          my.focus();
        }, "chip")));
      }
      menu.hidden = !context.person && !shown.size;
      host.count();
    },

    cleared(why) {
      log.replaceChildren();
      shown.clear();
      suggested = undefined;
      note = why && say[why];
    },

    note(text) {
      note = text;
      my.changed();
    },

    failed({ code }) {
      my.note(say.trouble);
      host.tell("error", { code });
    },
  };
  const session = createSession(base, my);
  my.configured();
  return { ...my, session };
};
