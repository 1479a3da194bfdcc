// @ts-check
/**
 * One websocket that mends itself.
 *
 * `ask` gets the answer to one question, and asks again after a lost connection. `send` is for the race, whose
 * answers are a stream: they go to `hear`, and `greet` is called at every new connection.
 *
 * @import { Connection, Writable } from '../state/types.js'
 * @import { Frame } from './frames.js'
 * @import { Answers, ErrorEvent, Questions } from './messages.js'
 *
 * @typedef {keyof Answers} Kind  of a question
 * @typedef {{type: string, [field: string]: unknown}} Message
 * @typedef {<K extends Kind>(message: Asked<K>, progress?: (event: any) => void, signal?: AbortSignal) =>
 *   Promise<Answer<K>>} Ask  signal: ends long work; it is then answered by a refusal of code "cancelled"
 * @typedef {{
 *   open: () => boolean,
 *   send: (message: Message, id?: number) => number,
 *   ask: Ask,
 *   close: () => void,
 * }} Socket
 * @typedef {{message: Message, progress?: (event: any) => void, signal?: AbortSignal, resolve: (answer: any) => void, tries: number,
 *   reject: (error: Refusal) => void}} Question
 */
/**
 * @template {Kind} K
 * @typedef {Omit<Questions[K], "id"> & {type: K}} Asked
 */
/**
 * @template {Kind} K
 * @typedef {Answers[K]} Answer
 */
import { unpacked } from "./frames.js";

const FIRST_WAIT = 0.25; // seconds before the first attempt to reconnect; doubled at each failure
const LONGEST_WAIT = 5;
const MIDST = ["tuning", "seeking", "trying"]; // words from the midst of long work
const TRIES = 3; // connections that a question may have been lost with: it may be what the server cannot bear
const ELSEWHERE = 1012; // the server ends, and another has room
const SCATTER = 0.3; // seconds over which those who were sent elsewhere come: they are many at once
const SENT_ON = 4; // times in a row that nobody need hear of
const TOO_LARGE = 1009; // why a server closes a connection: a message was larger than any may be

/** A refusal is an answer too: it says which field was wrong, and where. */
export class Refusal extends Error {
  /** @param {Pick<ErrorEvent, "id" | "code" | "message"> & Partial<ErrorEvent>} event */
  constructor({ id, code, message, field = null, position = null }) {
    super(message);
    this.id = id;
    this.code = code;
    this.field = field;
    this.position = position;
  }
}

const UNANSWERED = new Refusal({ id: null, code: "away", message: "The server has closed the connection over this question; it is not asked again." });
const CANCELLED = new Refusal({ id: null, code: "cancelled", message: "It was ended before it was done, as you asked." });

/** The address of the stream, beside the page. @param {string} page */
export function streamAddress(page) {
  const address = new URL("ws", page);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  address.hash = address.search = "";
  return address.href;
}

/**
 * @param {string} address
 * @param {{connection: Writable<Connection>, greet: () => void, hear: (event: any, arrays: Frame["arrays"]) => void}} to
 * @returns {Socket}
 */
export function connected(address, { connection, greet, hear }) {
  let lastId = 0;
  let failures = 0;
  let closed = false;
  /** @type {WebSocket} */
  let wire;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;
  /** @type {Map<number, Question>} */
  const pending = new Map();

  function connect() {
    clearTimeout(retry);
    wire = new WebSocket(address);
    wire.binaryType = "arraybuffer";
    wire.onopen = opened;
    wire.onclose = lost;
    wire.onmessage = ({ data }) => {
      failures = 0; // an opened connection alone proves nothing: a server may close it at once
      const { event, arrays } = typeof data === "string" ? { event: JSON.parse(data), arrays: {} } : unpacked(data);
      answer(event, arrays);
    };
  }

  function opened() {
    connection.set({ state: "open", retryIn: 0 });
    again();
  }

  /** @param {{code?: number}} [why] */
  function lost({ code } = {}) {
    if (closed) return;
    if (code === TOO_LARGE) end(largest());
    if (code === ELSEWHERE && failures < SENT_ON) {
      failures += 1;
      for (const question of pending.values()) question.tries -= 1; // the server does not end because of them
      connection.set({ state: "connecting", retryIn: 0 });
      retry = setTimeout(connect, 1000 * SCATTER * Math.random());
      return;
    }
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures++) * (0.75 + 0.5 * Math.random());
    connection.set({ state: "lost", retryIn: wait });
    clearTimeout(retry);
    retry = setTimeout(connect, 1000 * wait);
  }

  /** Everything that is unanswered, asked once more; the race is taken up where it stands. */
  function again() {
    const questions = [...pending.values()];
    pending.clear();
    greet();
    for (const question of questions) {
      question.tries += 1;
      if (question.signal?.aborted) question.reject(CANCELLED);
      else if (question.tries > TRIES) question.reject(UNANSWERED);
      else pending.set(send(question.message), question);
    }
  }

  /** The question whose text is the longest. */
  const largest = () =>
    [...pending.values()].reduce((most, each) => (!most || JSON.stringify(each.message).length > JSON.stringify(most.message).length ? each : most), /** @type {Question | null} */ (null));

  /** A question that no server answers ends. @param {Question | null} question */
  function end(question) {
    for (const [id, each] of pending) if (each === question) pending.delete(id);
    question?.reject(UNANSWERED);
  }

  /** The server is to work no longer for a question; it says so itself, if it can be reached. @param {Question} question */
  function cancel(question) {
    const [id] = [...pending].find(([, each]) => each === question) ?? [];
    if (id === undefined) return;
    if (open()) return void send({ type: "cancel" }, id);
    pending.delete(id);
    question.reject(CANCELLED);
  }

  /** @param {any} event @param {Frame["arrays"]} arrays */
  function answer(event, arrays) {
    const question = pending.get(event.id);
    if (!question || event.type === "waiting") return hear(event, arrays);
    if (MIDST.includes(event.type)) return question.progress?.(event);
    pending.delete(event.id);
    if (event.type === "error") question.reject(new Refusal(event));
    else question.resolve({ event, arrays });
  }

  const open = () => wire.readyState === WebSocket.OPEN;

  /** @param {Message} message @param {number} [id] of the running race; a new one otherwise */
  function send(message, id = ++lastId) {
    if (open()) wire.send(JSON.stringify({ ...message, id }));
    return id;
  }

  /** @type {Socket["ask"]} */
  const ask = (message, progress, signal) =>
    new Promise((resolve, reject) => {
      const question = { message, progress, signal, resolve, reject, tries: 0 };
      pending.set(send(message), question);
      signal?.addEventListener("abort", () => cancel(question), { once: true });
    });

  /** The browser says that the network is back: no reason to wait. */
  const hurry = () => void (wire.readyState === WebSocket.CLOSED && connect());

  function close() {
    closed = true;
    clearTimeout(retry);
    removeEventListener("online", hurry);
    wire.close();
  }

  addEventListener("online", hurry);
  connect();
  return { open, send, ask, close };
}

/**
 * One question at a time: while it is out, only the newest of those that follow is kept. One that is passed over
 * resolves to null.
 *
 * @template Q, A
 * @param {(question: Q) => Promise<A>} ask
 * @returns {(question: Q) => Promise<A | null>}
 */
export function newestWins(ask) {
  let out = false;
  /** @typedef {{question: Q, resolve: (answer: A | null) => void, reject: (error: unknown) => void}} Turn */
  let waiting = /** @type {Turn | null} */ (null);

  /** @param {Turn} turn */
  async function go({ question, resolve, reject }) {
    out = true;
    try {
      resolve(await ask(question));
    } catch (error) {
      reject(error);
    }
    out = false;
    const next = waiting;
    waiting = null;
    if (next) go(next);
  }

  return (question) =>
    new Promise((resolve, reject) => {
      const turn = { question, resolve, reject };
      if (!out) return void go(turn);
      waiting?.resolve(null);
      waiting = turn;
    });
}
