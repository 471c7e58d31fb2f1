/** Elements: text nodes, checked links. */

/** @type {Fill} */
const fill = (made, props, kids) => {
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else if (value || value === 0) {
      for (const key of name === "class" ? [name, "part"] : [name]) made.setAttribute(key, value === true ? "" : `${value}`);
    }
  }
  for (const kid of kids) if (kid) made.append(/** @type {Node} */ (kid));
  return made;
};

/** @type {Html} */
export const h = (tag, props = {}, ...kids) => fill(document.createElement(tag), props, kids);

/** @type {Svg} */
export const svg = (tag, props, ...kids) =>
  fill(/** @type {SVGElement} */ (document.createElementNS("http://www.w3.org/2000/svg", tag)), props, kids);

/** @type {Icon} */
export const icon = (path) => svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, svg("path", { d: path }));

/** @type {TextButton} */
export const button = (label, click, look = "plain") => h("button", { type: "button", class: look, click }, label);

/** @type {IconButton} */
export const iconButton = (path, label, click) =>
  h("button", { type: "button", class: "round", "aria-label": label, title: label, click }, icon(path));

/** @type {Link} */
export const link = (href, text, look) => {
  const made = h("a", { href, target: "_blank", rel: "noreferrer", class: look }, text);
  if (!/^https?:/.test(made.protocol)) made.removeAttribute("href");
  return made;
};
