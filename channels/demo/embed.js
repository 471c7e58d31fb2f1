/** Writes the tag for the chosen options, and shows the widget with them. */
const base = new URL("../widget/", import.meta.url).href;
const form = /** @type {HTMLFormElement} */ (document.getElementById("options"));
const show = (id, text) => (document.getElementById(id).textContent = text);
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");

/** The attributes that differ from the defaults. */
function chosen() {
  const values = Object.fromEntries(new FormData(form));
  values.suggestions = values.suggestions.split("\n").map((line) => line.trim()).filter(Boolean).join("|");
  const { accent, ...attributes } = values;
  const given = Object.entries(attributes).map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
  return { accent: accent === "#1d4f91" ? "" : accent, attributes: given };
}

function write() {
  const { accent, attributes } = chosen();
  const inline = attributes.some(([name]) => name === "mode");
  const listed = (prefix) => attributes.map(([name, value]) => ` ${prefix}${name}="${escaped(value)}"`).join("");
  const script = `<script type="module" src="${base}waymark.js"${inline ? "" : listed("data-")}><\/script>`;
  const style = accent ? `\n\n/* in your style sheet */\nwaymark-chat { --waymark-accent: ${accent} }` : "";
  show("tag", (inline ? `${script}\n<waymark-chat${listed("")}></waymark-chat>` : script) + style);
  const server = new URL(base).origin;
  const logo = attributes.find(([name]) => name === "logo")?.[1];
  const picture = logo && URL.canParse(logo, base) ? new URL(logo, base).origin : server;
  show("policy", `script-src ${server};\nconnect-src ${server};\nimg-src ${picture};`);
  preview(accent, attributes);
}

let shown = "";
function preview(accent, attributes) {
  const now = JSON.stringify([accent, attributes]);
  if (now === shown) return;
  shown = now;
  const chat = document.createElement("waymark-chat");
  for (const [name, value] of attributes) chat.setAttribute(name, value);
  chat.setAttribute("mode", "inline");
  if (accent) chat.style.setProperty("--waymark-accent", accent);
  document.getElementById("preview").replaceChildren(chat);
}

for (const button of document.querySelectorAll("[data-copies]")) {
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    show("copied", "Copied.");
  });
}
form.addEventListener("change", write);
form.addEventListener("submit", (event) => event.preventDefault());
write();
import(`${base}waymark.js`);
