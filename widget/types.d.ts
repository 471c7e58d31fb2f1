/**
 * What the modules say to one another, and why they do what they do. Only the type checker reads this file; it is never
 * served, so that comments here weigh nothing. A module takes its types from here, mostly as the type of a whole object:
 * see `Session` and `Panel`.
 *
 * dom.js      elements: words become text nodes, a link is made of a web address only, so that nothing can become code;
 *             an element's class is also its part, for ::part()
 * session.js  the conversation with the channel, without any view
 * views.js    messages, and what opens over them
 * panel.js    header, transcript, composer; shows what the session tells it
 * waymark.js  <waymark-chat>, and the element that the script's tag stands for
 * strings.js  every word; styles.js: the looks
 */

// --- the channel, docs/payload.md; all of it is data from outside: shown as text, never trusted

interface Citation {
  n: number;
  statement: string;
  source: string;
  publisher: string;
  title: string;
  url: string;
  dated: string;
  period: string;
  locator: string;
}

interface Chart {
  kind: "percentiles" | "bars";
  unit: string;
  /** `percentile` of kind "percentiles", `label` of kind "bars" */
  points: { value: number; statement: string; citations: number[]; percentile?: number; label?: string }[];
}

interface Comparison {
  columns: string[];
  rows: { title: string; cells: { text: string; statement: string | null; citations: number[] }[] }[];
}

/** Which keys are there depends on the type. */
interface Payload {
  type: "answer" | "no_source" | "clarify" | "handoff" | "smalltalk";
  topic?: string;
  occupation?: string;
  answer_id?: string;
  headline?: string;
  points?: { text: string; citations: number[] }[];
  conflict?: { note: string; facts: { said: string }[] } | null;
  stale?: boolean;
  notes?: { text: string; citations: number[] }[];
  chart?: Chart | null;
  table?: Comparison | null;
  citations?: Citation[];
  nearby?: { text: string; sources: Citation[] }[];
  suggestions?: string[];
  failure?: boolean;
}

interface Message {
  seq: number;
  id: string;
  role: "user" | "assistant" | "staff" | "notice";
  text: string;
  payload: Payload | null;
  time: string;
  feedback?: boolean | null;
}

interface Person {
  status: "waiting" | "talking" | "closed";
  since: string;
  /** by e-mail nobody joins the conversation, and the assistant goes on */
  via?: "chat" | "email";
}

interface Config {
  /** only ever an attribute */
  name?: undefined;
  school?: string;
  logo?: string;
  greeting?: string;
  suggestions?: string[];
  contact?: string;
  notice?: string;
  privacy_url?: string;
  max_message?: number;
  handoff?: boolean;
}

// --- dom.js

type Kid = Node | string | number | null | undefined | false;
/** A function is a listener, the rest are attributes; null, undefined and false leave the attribute out. */
type Props = Record<string, string | number | boolean | null | undefined | ((event: any) => any)>;
type Fill = <E extends Element>(made: E, props: Props, kids: Kid[]) => E;
type Html = <T extends keyof HTMLElementTagNameMap>(tag: T, props?: Props, ...kids: Kid[]) => HTMLElementTagNameMap[T];
type Svg = (tag: string, props: Props, ...kids: Kid[]) => SVGElement;
/** from the path of a drawing in a square of 24 */
type Icon = (path: string) => SVGElement;
/** `look` is its class */
type TextButton = (label: string, click: (event: any) => any, look?: string) => HTMLButtonElement;
type IconButton = (path: string, label: string, click: (event: any) => any) => HTMLButtonElement;
/** Opens another tab. Only a web address (http, https) becomes a link. */
type Link = (href: string, text: string, look?: string) => HTMLAnchorElement;

// --- session.js

/** What is thrown if a request fails: the problem's stable code (`offline` if nothing came back) and words for people. */
interface Problem {
  code: string;
  detail: string;
  /** 0 if nothing came back */
  status: number;
  /** ms that the server asks to wait */
  wait: number;
}

/** Throws a Problem. */
type Send = (url: string, token?: string, method?: string, body?: object, as?: "json" | "blob") => Promise<any>;
/**
 * Calls again after a failure that may pass, and while the browser is offline waits; then throws the last Problem.
 * Harmless also for sending: the server answers an id once, so that a retry cannot make a second turn.
 */
type Retrying = <T>(call: () => Promise<T>) => Promise<T>;

/** What tabs share, in localStorage. */
interface Shared {
  token: string;
  /** ISO 8601, UTC */
  expires: string;
  /** number of the last message that was seen */
  seen: number;
  /** changes with every message, so that other tabs hear of it */
  beat: string;
}

/** What one tab keeps, in sessionStorage. */
interface Own {
  /** what the server has not confirmed yet: sent again after a reload */
  pending: Pending[];
  open: boolean;
}

interface Pending {
  id: string;
  text: string;
  /** why it was given up; the student may try again */
  failed?: string;
}

/** A JSON object under one key; in memory where storage is blocked or full. */
interface Box<T> {
  get(): Partial<T>;
  set(change: Partial<T>): void;
}

type CreateBox = (area: "localStorage" | "sessionStorage", key: string) => Box<any>;
type CreateSession = (base: string, view: Listener) => Session;
type Gone = "deleted" | "expired" | "";

/** What a session tells. */
interface Listener {
  configured(): void;
  /** `fresh` is false for what was said before this page was opened; `id`: the first is what was waiting under this id */
  received(messages: Message[], fresh: boolean, id?: string): void;
  /** a message is on its way, or was given up */
  waiting(entry: Pending): void;
  /** who is there or what is under way may have changed */
  changed(): void;
  /** the conversation is over; the student left it if nothing says why */
  cleared(why: Gone): void;
  failed(problem: Problem): void;
}

/**
 * A conversation without any view.
 *
 * - Only reading (`refresh`) moves the cursor, and not the reply to a message: another tab may have written in between.
 * - Messages are sent one after the other. What the server has not confirmed stays in `pending`, also over a reload.
 * - Ids are taken from the address of a blob, as `crypto.randomUUID` is missing on plain http.
 * - A session that the server no longer knows is left, once for each `send`, and the message goes into a new one.
 */
interface Session {
  config: Config;
  person: Person | null;
  pending: Pending[];
  shared: Box<Shared>;
  own: Box<Own>;

  /** whether a person has been asked for and the assistant keeps quiet */
  talking(): boolean;
  unread(): number;
  /** everything up to now has been seen */
  see(): void;
  /** read the configuration and what was said, send what a reload interrupted, listen to other tabs */
  start(): void;
  stop(): void;
  ask(text: string): void;
  /** a new message, or one that was given up; tells `failed` rather than throw */
  send(entry: Pending): Promise<void>;
  /** call the channel with the session's token; throws a Problem */
  call(path: string, method?: string, body?: object, as?: "json" | "blob"): Promise<any>;
  /** ask for a person (POST) or end the talk (DELETE); throws a Problem */
  askPerson(method: string, form?: object): Promise<void>;
  /** leave the conversation; the next message begins another */
  forget(why?: Gone): void;

  // for itself

  /** opens a session, or renews one in its last day; one tab at a time, so that tabs share it */
  open(): Promise<void>;
  /** read what is new */
  refresh(fresh?: boolean): Promise<void>;
  take(reply: { messages: Message[]; person: Person | null }, fresh: boolean, id?: string): void;
  /** look again, as long as a person may answer and someone can see it */
  poll(wait?: number): void;
  /** keeps what is pending */
  changed(): void;
  clear(why: Gone): void;
}

// --- answer.js, dialogs.js

/** What a rendered message may ask of its surroundings. */
interface Context {
  say: Strings;
  /** the address of a statement's evidence; made here, so that nothing depends on addresses in answers */
  evidence(statement: string): string;
  /** the widget's language */
  lang: string;
  card(citation: Citation, opener: HTMLElement): void;
  /** whether it reached the school */
  feedback(message: Message, helpful: boolean | null, comment?: string): Promise<boolean>;
  /** absent if there is no person to ask */
  person?: (() => void) | false;
  /** say something to screen readers, and show it for a moment */
  tell(text: string): void;
}

type Strings = typeof import("./strings.js").en;
type Markers = (numbers: number[]) => Kid[];
type Article = (message: Message, context: Context) => HTMLElement;
type Content = (message: Message, context: Context) => Kid[];
/** text with citation markers and web addresses */
type Prose = (text: string) => Kid[];
type Lines = (lines: string[]) => Kid;
type Bar = (share: number) => SVGElement | false;
/** percentiles of pay, or places or occupations in order: bars of SVG inside a table, so that everyone can read the numbers */
type ShowChart = (chart: Chart, context: Context, markers: Markers) => HTMLElement;
/** a heading over each row, so that it fits a phone */
type ShowComparison = (table: Comparison, markers: Markers) => HTMLElement;
type SourceCard = (citation: Citation, context: Context) => Kid[];
/** `send` says what is wrong, if anything */
type PersonForm = (say: Strings, config: Config, send: (form: object) => Promise<string | undefined>) => HTMLElement;

/** One sheet at a time. What is behind it is inert, so that keys and screen readers stay with it until it closes. */
interface Sheet {
  node: HTMLElement;
  /** `opener` gets the focus back */
  open(title: string, opener: HTMLElement, ...kids: Kid[]): void;
  close(): void;
}

type CreateSheet = (behind: HTMLElement[], say: Strings) => Sheet;

// --- panel.js, waymark.js

/** The element, as its panel sees it. */
interface Host {
  isOpen: boolean;
  close(): void;
  getAttribute(name: string): string | null;
  /** an event for the page; a `text` in the detail is left out unless the page asks for it */
  tell(name: string, detail: Record<string, unknown>): void;
  /** the number of unread messages may have changed */
  count(): void;
}

/**
 * The conversation as it is seen.
 *
 * - A message of the student's is not moved when it is confirmed, or it would be read out again; its text becomes what
 *   the server stored, which may be masked.
 * - History goes into the log while that is not live; what comes later is read out, once.
 * - After a suggestion the focus goes to the composer, as the button goes away (on touch screens to the heading, so that
 *   no keyboard covers the answer).
 */
interface Panel extends Listener {
  node: HTMLElement;
  session: Session;
  /** show something for people at the bottom, until it changes */
  note(text: string): void;
  /** put a message into the transcript, in order, to be found by a key */
  place(message: Message, key: unknown): HTMLElement;
  /** ask in the student's name; `source` is typed, suggestion, page or api */
  ask(text: string, source: string): void;
  focus(): void;
}

type View = Omit<Panel, "session">;
type CreatePanel = (host: Host, say: Strings, lang: string, base: string, inline: boolean) => Panel;
/** whether it went well; otherwise it is shown */
type Attempt = (act: () => any) => Promise<boolean>;
/** a button that asks whether a conversation shall be left */
type Leave = (label: string, warning: string, act: () => any) => HTMLElement;
/** the page's attribute, or the school's setting */
type Option = (name: "name" | "school" | "logo" | "greeting" | "suggestions") => any;
