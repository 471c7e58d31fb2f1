/** <waymark-chat>: the one file that a page names. */
import { h, icon } from "./dom.js";
import { CHAT, createPanel } from "./panel.js";
import * as strings from "./strings.js";
import { styles } from "./styles.js";

/** @type {any} */
const languages = strings;
const base = new URL("../", import.meta.url).href;
const small = matchMedia("(max-width: 480px), (max-height: 480px)");

class WaymarkChat extends HTMLElement {
  isOpen = false;
  say = strings.en;
  badge = h("span", { class: "badge" });
  launcher = h("button", { type: "button", class: "launcher", click: () => this.toggle() });
  opener = this.launcher;
  /** @type {any} */
  panel;

  connectedCallback() {
    const inline = this.getAttribute("mode") === "inline";
    if (!this.panel) {
      const lang = [this.lang, document.documentElement.lang, navigator.language].map((tag) => tag.slice(0, 2)).find((tag) => languages[tag]) ?? "en";
      const say = (this.say = languages[lang]);
      this.panel = createPanel(this, say, lang, base, inline);
      this.launcher.title = say.launch;
      this.launcher.append(icon(CHAT), h("span", {}, this.getAttribute("button") ?? say.launch), this.badge);
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [styles];
      root.append(inline ? "" : this.launcher, this.panel.node);
    }
    const { session } = this.panel;
    document.addEventListener("click", this);
    if (session.shared.get().token) session.start();
    if (inline || this.hasAttribute("open") || (session.own.get().open && !small.matches)) this.open(null);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this);
    this.panel.session.stop();
    this.isOpen = false;
  }

  open(/** @type {any} */ opener = this.launcher) {
    if (this.isOpen) return;
    this.isOpen = true;
    const { node, session, focus } = this.panel;
    if (opener && small.matches) node.showModal();
    else node.setAttribute("open", "");
    session.own.set({ open: true });
    session.start();
    session.see();
    this.count();
    if (!opener) return;
    this.opener = opener;
    focus();
    this.tell("open", {});
  }

  close() {
    const { node, session } = this.panel;
    if (!this.isOpen || !node.close) return;
    this.isOpen = false;
    node.close();
    session.own.set({ open: false });
    this.count();
    this.opener.focus();
    this.tell("close", {});
  }

  toggle() {
    this.isOpen ? this.close() : this.open();
  }

  ask(text = "") {
    this.open();
    this.panel.ask(text, "api");
  }

  reset() {
    this.panel.session.forget();
  }

  /** @param {any} event */
  handleEvent(event) {
    const from = event.target.closest?.("[data-waymark-open]");
    if (!from) return;
    event.preventDefault();
    this.open(from);
    this.panel.ask(from.getAttribute("data-waymark-open"), "page");
  }

  /** @type {Host["tell"]} */
  tell(name, { text, ...detail }) {
    if (this.hasAttribute("event-text")) detail.text = text;
    this.dispatchEvent(new CustomEvent(`waymark:${name}`, { bubbles: true, detail }));
  }

  count() {
    const unread = !this.isOpen && this.panel?.session.unread();
    this.badge.replaceChildren(...(unread ? [h("span", { class: "sr" }, this.say.unread), `${unread}`] : []));
    this.launcher.setAttribute("aria-expanded", `${this.isOpen}`);
  }
}

if (!customElements.get("waymark-chat")) {
  customElements.define("waymark-chat", WaymarkChat);
  const tag = [...document.scripts].find((script) => script.src === import.meta.url);
  if (tag && !document.querySelector("waymark-chat")) {
    const chat = document.createElement("waymark-chat");
    for (const { name, value } of tag.attributes) if (name.startsWith("data-")) chat.setAttribute(name.slice(5), value);
    document.body.append(chat);
  }
}
