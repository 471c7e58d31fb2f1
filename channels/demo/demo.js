// The demo page: plain DOM, text nodes only.
const log = document.getElementById("log");
const form = document.getElementById("form");
const input = document.getElementById("message");
const suggestions = document.getElementById("suggestions");
const sender = `demo-${crypto.randomUUID()}`;

/** @param {string} tag @param {string} [text] @param {string} [className] */
function element(tag, text = "", className = "") {
  const made = document.createElement(tag);
  if (text) made.append(text);
  if (className) made.className = className;
  return made;
}

/** A text whose markers [1] link to their evidence. */
function cited(tag, text, citations, className = "") {
  const made = element(tag, "", className);
  for (const part of text.split(/(\[\d+\])/)) {
    const citation = citations.find((c) => `[${c.n}]` === part);
    if (!citation) { made.append(part); continue; }
    const link = element("a", part);
    link.href = citation.evidence;
    link.target = "_blank";
    link.rel = "noreferrer";
    link.title = `${citation.publisher}, ${citation.title}`;
    made.append(link);
  }
  return made;
}

function list(texts, citations) {
  const made = element("ul");
  for (const text of texts) made.append(cited("li", text, citations));
  return made;
}

function sources(citations) {
  const made = element("details", "", "sources");
  made.append(element("summary", "Sources"));
  const groups = new Map();
  for (const c of citations) {
    const group = groups.get(c.source) ?? { ...c, numbers: [] };
    group.numbers.push(c.n);
    groups.set(c.source, group);
  }
  for (const group of groups.values()) {
    const line = element("p", `[${group.numbers.join(", ")}] ${group.publisher}, `);
    const link = element("a", group.title);
    link.href = group.url;
    link.rel = "noreferrer";
    line.append(link, ` (${group.dated})`);
    made.append(line);
  }
  return made;
}

function shown(text, payload) {
  const item = element("li", "", "bot");
  if (payload?.type !== "answer") {
    for (const line of text.split("\n")) item.append(element("p", line));
    return item;
  }
  const all = payload.citations;
  item.append(cited("p", payload.headline, all, "headline"));
  if (payload.points.length) item.append(list(payload.points.map((p) => p.text), all));
  if (payload.conflict) {
    item.append(element("p", payload.conflict.note, "aside"), list(payload.conflict.facts.map((f) => f.said), all));
  }
  for (const note of payload.notes) item.append(cited("p", note.text, all, "aside"));
  item.append(sources(all));
  return item;
}

async function ask(text) {
  log.append(element("li", text, "you"));
  suggestions.replaceChildren();
  input.value = "";
  let messages;
  try {
    const reply = await fetch("../rest/webhook", {
      method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ sender, message: text }), signal: AbortSignal.timeout(10000),
    });
    if (!reply.ok) throw new Error((await reply.json()).detail);
    messages = await reply.json();
  } catch (error) {
    messages = [{ text: `The assistant could not be reached. ${error.message ?? ""}` }];
  }
  const words = messages.filter((m) => m.text).map((m) => m.text).join("\n");
  const payload = messages.find((m) => m.custom)?.custom;
  const item = shown(words, payload);
  log.append(item);
  for (const suggestion of payload?.suggestions ?? []) {
    const button = element("button", suggestion);
    button.addEventListener("click", () => ask(suggestion));
    suggestions.append(button);
  }
  item.scrollIntoView({ block: "start" });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (text) ask(text);
});
