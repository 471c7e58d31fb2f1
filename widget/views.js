/** Messages, and what opens over them. */
import { button, h, iconButton, link, svg } from "./dom.js";

export const CLOSE = "M6 6l12 12M18 6L6 18";

/** @type {Article} */
export const article = (message, context) => {
  const { role, text, seq } = message;
  const { you, name, staff } = context.say;
  return h("article", { class: role, tabindex: -1, "data-seq": seq },
    h("b", { class: role !== "staff" && "sr" }, { user: you, assistant: name, staff, notice: "" }[role]),
    h("div", { class: "body", dir: "auto", lang: /user|staff/.test(role) || "en" }, ...(role === "user" ? [text] : content(message, context))));
};

/** @type {Content} */
const content = (message, context) => {
  const { say, card, person } = context;
  const { type, topic, headline = "", points = [], conflict, notes = [], chart, table, citations = [], nearby = [], failure, stale, answer_id } =
    message.payload ?? { type: "smalltalk" };
  const cited = [...citations, ...nearby.flatMap((near) => near.sources)];
  /** @type {Markers} */
  const markers = (numbers) => numbers.map((n) => {
    const citation = cited.find((c) => c.n === n);
    return citation ? h("button", {
      type: "button", class: "cite", "aria-haspopup": "dialog", "aria-label": `${say.source} ${n}`, click: (event) => card(citation, event.currentTarget),
    }, n) : `[${n}]`;
  });
  /** @type {Prose} */
  const prose = (text) => text.split(/(\[\d+\]|https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/).flatMap((part, i) =>
    i % 2 === 0 ? part : part[0] === "[" ? markers([Number(part.slice(1, -1))]) : link(part, part));
  /** @type {Lines} */
  const list = (lines) => h("ul", {}, ...lines.map((line) => h("li", {}, ...prose(line))));
  const drawn = [...(chart?.kind === "bars" ? chart.points : []), ...(table?.rows.flatMap((row) => row.cells) ?? [])].flatMap((p) => p.citations);
  const said = conflict?.facts.map((fact) => fact.said) ?? [];
  return [
    ...(type === "answer" ? [
      h("p", { class: "headline" }, ...prose(headline)),
      chart && showChart(chart, context, markers),
      table && showComparison(table, markers),
      list(points.filter((p) => /computed/.test(p.text) || p.citations.some((n) => !drawn.includes(n))).map((p) => p.text)),
      conflict && h("details", { class: "box", open: said.length < 3 }, h("summary", {}, `${conflict.note} (${said.length})`), list(said)),
      ...notes.map(({ text }) => h("p", { class: stale ? "box" : "small" }, ...prose(text))),
    ] : [
      h("p", {}, ...prose(message.text.replace(/\nSources:(\n\[.*)+/, ""))),
      type === "handoff" && topic !== "distress" && !failure && person && button(say.person, person, "main"),
    ]),
    cited[0] && h("details", { class: "small" }, h("summary", {}, say.sources),
      h("ul", {}, ...[...new Map(cited.map((c) => [c.source, c])).values()].map(({ source, publisher, title, dated }) => h("li", {},
        h("b", {}, publisher), ` ${title}, ${dated} `, ...markers(cited.filter((c) => c.source === source).map((c) => c.n)))))),
    answer_id && tools(message, context)];
};

/** @type {Article} */
const tools = (message, { say, feedback, tell }) => {
  const field = h("textarea", { maxlength: 500 });
  const comment = h("form", { hidden: true, submit: async (event) => {
    event.preventDefault();
    comment.hidden = await feedback(message, message.feedback ?? null, field.value);
  } }, h("label", {}, say.comment, field), h("button", { class: "main" }, say.send));
  const thumbs = [say.helpful, say.unhelpful].map((label, i) => iconButton("M7 11v9H4v-9zl4-8c2 0 3 1 2 4l-.5 3H19l1 2-2 8H7", label, async () => {
    const value = message.feedback === !i ? null : !i;
    if (!(await feedback(message, value))) return;
    message.feedback = value;
    comment.hidden = value === null;
    paint();
  }));
  const paint = () => thumbs.forEach((thumb, i) => thumb.setAttribute("aria-pressed", `${message.feedback === !i}`));
  paint();
  return h("div", { class: "tools", "aria-live": "off" }, ...thumbs,
    iconButton("M9 9h11v11H9zM5 15H4V4h11v1", say.copy, () => navigator.clipboard?.writeText(message.text).then(() => tell(say.copied))), comment);
};

/** @type {Bar} */
const bar = (share) => share > 0 && svg("svg", { class: "bar", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
  svg("rect", { width: 100 * share, height: 8 }));

/** @type {ShowChart} */
const showChart = ({ unit, points }, { say, evidence }, markers) => {
  const most = Math.max(...points.map((p) => p.value));
  return h("table", {}, h("caption", {}, unit === "USD/hour" ? say.hourly : say.yearly),
    ...points.map(({ label, percentile: p = 50, value, statement, citations }) => h("tr", { class: !label && p === 50 && "median" },
      h("th", { scope: "row" }, label ?? (p < 50 ? `${say.lowest} ${p}%` : p > 50 ? `${say.highest} ${100 - p}%` : say.median)),
      h("td", {}, link(evidence(statement), `$${value.toLocaleString("en", { minimumFractionDigits: value % 1 && 2 })}`), ...markers(citations), bar(value / most)))));
};

/** @type {ShowComparison} */
const showComparison = ({ columns, rows }, markers) => h("table", { class: "compare" },
  h("tr", {}, ...columns.slice(1).map((name) => h("th", { scope: "col" }, name))),
  ...rows.flatMap(({ title, cells }) => {
    const values = cells.map(({ text }) => Number(text.match(/^\$?([\d,.]+)%?( \(|$)/)?.[1].replaceAll(",", "")));
    return [h("tr", {}, h("th", { scope: "rowgroup", colspan: cells.length }, title)),
      h("tr", {}, ...cells.map(({ text, citations }, i) => h("td", {}, text, ...markers(citations), bar(values[i] / Math.max(...values)))))];
  }));

/** @type {CreateSheet} */
export const createSheet = (behind, say) => {
  /** @type {any} */
  let from;
  const heading = h("h2", { id: "title", tabindex: -1 });
  const body = h("div");
  const node = h("div", { class: "sheet", role: "dialog", "aria-labelledby": "title", hidden: true },
    h("header", {}, heading, iconButton(CLOSE, say.close, () => my.close())), body);
  /** @type {Sheet} */
  const my = {
    node,
    open(title, opener, ...kids) {
      from = opener;
      heading.textContent = title;
      body.replaceChildren(h("div", {}, ...kids));
      node.hidden = !behind.every((part) => (part.inert = true));
      heading.focus();
    },
    close() {
      node.hidden = !behind.some((part) => (part.inert = false));
      from.focus();
    },
  };
  return my;
};

/** @type {SourceCard} */
export const sourceCard = ({ publisher, title, dated, period, locator, statement, url }, { say, evidence, lang }) => {
  const when = /^\d+-\d+$/.test(period) ? new Date(`${period}-15`).toLocaleDateString(lang, { month: "long", year: "numeric" }) : period;
  return [
    publisher, h("p", { class: "headline" }, title),
    h("dl", {}, ...[[say.published, dated], [say.period, when], [say.locator, locator]].flatMap(([name, value]) =>
      (value && value !== "unstated" ? [h("dt", {}, name), h("dd", {}, value.replace("/", "–"))] : []))),
    link(evidence(statement), say.evidence, "main"), link(url, say.openSource, "plain")];
};

/** @type {PersonForm} */
export const personForm = (say, { contact = "", privacy_url = "" }, send) => {
  const wrong = h("p", { class: "wrong", role: "alert" });
  return h("form", { submit: async (event) => {
    event.preventDefault();
    const data = new FormData(event.target);
    wrong.textContent = (await send({ ...Object.fromEntries(data), consent: true, share_transcript: data.has("share_transcript") })) ?? "";
  } },
  h("p", {}, contact, ". ", say.reply, " ", privacy_url && link(privacy_url, say.privacy)),
  h("label", {}, say.personName, h("input", { name: "name", autocomplete: "name", maxlength: 100 })),
  h("label", {}, say.email, h("input", { name: "email", type: "email", autocomplete: "email", required: true, maxlength: 200 })),
  h("label", {}, say.compose, h("textarea", { name: "question", maxlength: 1000 })),
  h("label", { class: "check" }, h("input", { name: "share_transcript", type: "checkbox" }), say.share),
  h("label", { class: "check" }, h("input", { type: "checkbox", required: true }), say.consent),
  wrong, h("button", { class: "main" }, say.send));
};
