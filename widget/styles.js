/** The looks, see docs/widget.md. */
export const styles = new CSSStyleSheet();

styles.replaceSync(`
:host {
  color-scheme: light dark;
  --brand: var(--waymark-accent, #1d4f91);
  --accent: light-dark(var(--brand), oklch(from var(--brand) max(l, .78) min(c, .12) h));
  --on-accent: oklch(from var(--accent) clamp(0, (.68 - l) * 1000, 1) 0 h);
  --paper: var(--waymark-background, light-dark(#fff, #16181d));
  --ink: var(--waymark-text, light-dark(#1a1f29, #eceef2));
  --soft: color-mix(in oklab, var(--ink) 70%, var(--paper));
  --line: color-mix(in oklab, var(--ink) 16%, var(--paper));
  --tint: color-mix(in oklab, var(--accent) 9%, var(--paper));
  --amber: light-dark(#fff3d6, #3a2f14);
  --gap: var(--waymark-offset, 20px);
}
.launcher, .panel {
  all: initial;
  box-sizing: border-box;
  color-scheme: inherit;
  font: var(--waymark-font-size, medium)/1.5 var(--waymark-font, system-ui, sans-serif);
  color: var(--ink);
}
:host([theme=light]) { color-scheme: light }
:host([theme=dark]) { color-scheme: dark }
:host([mode=inline]) { display: block; height: var(--waymark-height, 640px) }
* { box-sizing: border-box; margin: 0; min-width: 0 }
[hidden], .chips:empty { display: none !important }
.bar:empty, .typing:empty { position: absolute; width: 0; padding: 0 !important }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
button, textarea, input { font: inherit; color: inherit; background: none }
button, .launcher { cursor: pointer }
button, .launcher, .user .body { border: 1px solid #0000 }
a, .link, .cite, .chip, .plain, [aria-pressed=true] { color: var(--accent) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
h2, b, caption, .headline, .median, .main, .launcher, [scope=col] { font-size: 1em; font-weight: 600; line-height: 1.4 }
.small, dt, .notice, .typing, [scope=rowgroup] { font-size: .87em; color: var(--soft) }
.icon { width: 20px; height: 20px; fill: none; stroke: currentColor; stroke-width: 1.75; stroke-linecap: round; stroke-linejoin: round }

.launcher, dialog.panel { position: fixed; inset-block: auto var(--gap); inset-inline: auto var(--gap); z-index: var(--waymark-z, 99999); box-shadow: 0 6px 24px #0004 }
:host([position=start]) :is(.launcher, dialog.panel) { inset-inline: var(--gap) auto }
.launcher { display: flex; align-items: center; gap: 10px; min-height: 56px; padding: 0 18px; border-radius: 28px }
.launcher, .main, .composer .round, .user .body { background: var(--accent); color: var(--on-accent) }
.launcher[aria-expanded=true] { visibility: hidden }
.badge:not(:empty) { min-width: 24px; border-radius: 12px; background: #b3261e; color: #fff; line-height: 24px }

.panel { display: none; flex-direction: column; border: 1px solid var(--line); border-radius: var(--waymark-radius, 16px); background: var(--paper); overflow: clip; overflow-wrap: anywhere }
.panel[open] { display: flex }
.panel > * { font-size: .9375em }
section.panel { position: relative; height: 100% }
dialog.panel { width: var(--waymark-width, 400px); height: var(--waymark-height, 660px); max-height: calc(100dvh - 2 * var(--gap)) }
header, .composer, .bar { display: flex; align-items: center; gap: 8px; padding: 10px 16px }
header { border-block-end: 1px solid var(--line) }
header > :is(div, h2) { flex: 1 }
.logo, .round, .cite { display: inline-grid; place-items: center; flex: none; width: 36px; height: 36px; padding: 0; border-radius: 18px }
.logo, .cite, .staff, [aria-pressed=true], [scope=col], svg.bar { background: var(--tint) }
img { max-width: 36px; max-height: 36px }
.scroll { position: relative; flex: 1; overflow-y: auto; display: flex; flex-direction: column; gap: 18px }
.scroll > *, .composer { width: 100%; max-width: 44em; margin-inline: auto }
.log, .body, .sheet div, form, ul { display: grid; gap: 10px }
.log { gap: 18px }
.body { white-space: pre-line }
.user { justify-self: end; max-width: 85% }
.user .body, .staff { padding: 8px 16px; border-radius: 18px }
article.notice { text-align: center }
ul { padding-inline-start: 1.2em; gap: 5px }
.cite { width: auto; min-width: 24px; height: 24px; margin: -4px 0 -4px 2px; padding: 0 5px; border-radius: 8px; font-size: .75em; font-weight: 600 }
button:hover, .plain:hover { border-color: currentColor }
.box, table { padding: 8px 12px; border: 1px solid var(--line); border-radius: 10px }
div.bar, p.box { background: var(--amber) }
summary { min-height: 24px; cursor: pointer }

table { width: 100%; padding: 0; border-spacing: 0 }
caption, th, td { padding: 6px 12px; text-align: start; vertical-align: top }
th { font-weight: inherit }
.bar rect { fill: var(--accent); opacity: .6 }
.median rect { opacity: 1 }
svg.bar { display: block; width: 100%; height: 8px; margin-block-start: 4px; padding: 0 }
svg.bar:dir(rtl) { transform: scaleX(-1) }
.compare { table-layout: fixed }
[scope=rowgroup] { padding-block-end: 0; border-block-start: 1px solid var(--line) }

.tools, .chips { display: flex; flex-wrap: wrap; gap: 8px }
.check { display: flex; gap: 8px }
.tools { gap: 0; margin-inline-start: -8px }
.tools form { width: 100%; padding-inline-start: 8px }
.tools :nth-child(2) svg { transform: rotate(180deg) }
.chip, .plain, .main { min-height: 36px; padding: 6px 16px; border: 1px solid var(--soft); border-radius: 18px; text-align: start; text-decoration: none }
.link { min-height: 24px; padding: 0; text-decoration: underline }
.typing { animation: show .6s }
@keyframes show { 60% { opacity: 0 } }
div.bar { justify-content: space-between }
.composer { border-block-start: 1px solid var(--line) }
textarea, input { width: 100%; padding: 8px 12px; border: 1px solid var(--soft); border-radius: 12px; background: var(--paper) }
textarea { resize: none; field-sizing: content; min-height: 40px; max-height: 8em }
::placeholder { color: var(--soft); opacity: 1 }

.sheet { position: absolute; inset: auto 0 0; max-height: 100%; overflow-y: auto; border-radius: 18px 18px 0 0; background: var(--paper); box-shadow: 0 0 0 100vmax #0006; animation: rise .18s }
.scroll, .sheet > div { padding: 16px }
@keyframes rise { from { transform: translateY(24px) } }
dl { display: grid; grid-template-columns: auto 1fr; gap: 4px 14px }
.main, .sheet a { justify-self: start }
:is(th, p)::first-letter { text-transform: uppercase }
.check input { flex: none; width: 24px; height: 24px; accent-color: var(--accent) }
.wrong { color: light-dark(#a3211a, #ffb4ab) }

@media (max-width: 480px), (max-height: 480px) {
  .launcher span:not(.badge) { position: absolute; clip-path: inset(50%) }
  dialog.panel { inset: 0 !important; width: 100%; height: 100dvh; max-height: none; border: 0; border-radius: 0 }
}
@media (prefers-reduced-motion) { * { animation: none !important } }
@media (forced-colors: active) { .bar rect { fill: Highlight } button, .user .body { border-color: ButtonText } [aria-pressed=true] { outline: 2px solid } }
`);
