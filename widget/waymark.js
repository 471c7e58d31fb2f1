/** The one file that a page names: <waymark-chat>, its attributes, events and methods. It adds one if the page has none. */
import { h, icon } from "./dom.js";
import { CHAT, createPanel } from "./panel.js";
import * as strings from "./strings.js";
import { styles } from "./styles.js";

/** @type {Record<string, Strings>} */
const languages = strings;
const BASE = new URL("../", import.meta.url).href; // the channel is where this file came from, whatever the page

class WaymarkChat extends HTMLElement {
  static observedAttributes = ["school", "logo", "name", "greeting", "suggestions"];

  isOpen = false;
  /** @type {Panel | undefined} */
  panel;
  badge = h("span", { class: "badge" });
  launcher = h("button", { type: "button", class: "launcher", click: () => this.toggle() });
  /** @type {HTMLElement} */
  opener = this.launcher;
  inline = false;

  connectedCallback() {
    if (!this.panel) {
      const lang = [this.lang, document.documentElement.lang, navigator.language].map((tag) => tag.slice(0, 2)).find((tag) => languages[tag]) ?? "en";
      const say = languages[lang];
      this.inline = this.getAttribute("mode") === "inline";
      this.panel = createPanel(this, say, lang, BASE, this.inline);
      this.launcher.append(icon(CHAT), h("span", {}, this.getAttribute("button") ?? say.launch), this.badge);
      const root = this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [styles];
      root.append(this.inline ? "" : this.launcher, this.panel.node);
    }
    const { session } = this.panel;
    document.addEventListener("click", this.fromPage);
    if (session.shared.get().token) session.start();
    if (this.inline || this.hasAttribute("open") || (session.own.get().open && !this.fills())) this.show();
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.fromPage);
    this.panel?.session.stop();
  }

  attributeChangedCallback() {
    this.panel?.configured();
  }

  /** @param {HTMLElement} opener gets the focus back */
  open(opener = this.launcher) {
    if (this.isOpen) return;
    this.opener = opener;
    this.show(this.fills());
    this.panel?.focus();
    this.tell("open", {});
  }

  close() {
    if (!this.isOpen || this.inline) return;
    this.isOpen = false;
    /** @type {any} */ (this.panel?.node).close();
    this.panel?.session.own.set({ open: false });
    this.count();
    this.opener.focus();
    this.tell("close", {});
  }

  toggle() {
    this.isOpen ? this.close() : this.open();
  }

  /** @param {string} text */
  ask(text, source = "api") {
    this.open();
    this.panel?.ask(text, source);
  }

  /** The next message begins a new conversation. */
  reset() {
    this.panel?.session.forget();
  }

  // --- for itself and the panel

  fills = () => matchMedia("(max-width: 480px), (max-height: 480px)").matches;

  /** It covers the page only if a person has opened it. */
  show(modal = false) {
    const { node, session } = /** @type {Panel} */ (this.panel);
    this.isOpen = true;
    if (modal) /** @type {any} */ (node).showModal();
    else node.setAttribute("open", "");
    session.own.set({ open: true });
    session.start();
    session.see();
  }

  /** Elements of the page with data-waymark-open open it; the attribute's value, if any, is asked. @param {any} event */
  fromPage = (event) => {
    const from = event.target.closest("[data-waymark-open]");
    if (!from) return;
    event.preventDefault();
    this.open(from);
    this.panel?.ask(from.getAttribute("data-waymark-open"), "page");
  };

  /** @type {Host["tell"]} */
  tell(name, { text, ...detail }) {
    if (this.hasAttribute("event-text")) detail.text = text;
    this.dispatchEvent(new CustomEvent(`waymark:${name}`, { bubbles: true, detail }));
  }

  count() {
    if (!this.panel) return;
    const unread = this.isOpen ? 0 : this.panel.session.unread();
    this.badge.replaceChildren(...(unread ? [h("span", { class: "sr" }, languages[this.panel.node.lang].unread), `${unread}`] : []));
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
