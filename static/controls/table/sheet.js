// @ts-check
/**
 * The sheet where data come in, the same on all pages: rows that are pasted anywhere on the page, typed into the sheet,
 * dropped on the card, or in a file. At once it shows what is understood of them, and each guess can be changed; nothing
 * is used before somebody says so, and no text is ever lost.
 *
 * @import { Kept, Look } from '../../net/files.js'
 * @import { Asked, Refusal } from '../../net/socket.js'
 * @import { TableReading } from '../../net/messages.js'
 */
import { fill } from "../../format.js";
import { on, part, say, together } from "../widgets/dom.js";
import { sheet } from "../widgets/sheet.js";
import { entersText } from "../widgets/text-entry.js";
import { guesses } from "./guesses.js";
import { preview } from "./preview.js";

const PAUSE = 250; // ms without a key, before what was typed is looked at

/** @typedef {{csv: string} | {file: string}} Source  a text, or the name of one on the server */

/**
 * @param {HTMLElement} element the data card
 * @param {number} most bytes of a text that stands in its setup whole
 * @param {() => {csv?: string, file?: string, reading?: TableReading, split: [number, number, number], seed: number}} used the table that the
 *   page has now, if it has one, and which rows of a table are learned from
 * @param {{useTable: (setup: any) => void, reopens?: (file: string) => Promise<boolean>}} actions `useTable` takes the setup that learns from
 *   the table; `reopens` opens the page's link if it was for want of this file that it could not be
 * @param {{look: (question: Omit<Asked<"table">, "type">) => Promise<Look>,
 *   bring: (body: Blob, how: {learner: string, encoding: string}, progress: (share: number) => void, signal: AbortSignal) => Promise<Kept>}} ask
 * @returns {() => void} undo
 */
export function tableSheet(element, most, used, actions, ask) {
  const popover = part(element, "table-sheet");
  const words = popover.dataset;
  const learner = /** @type {"network" | "regression"} */ (words.learner);
  const field = /** @type {HTMLTextAreaElement} */ (part(popover, "text"));
  const error = part(popover, "error");
  const bar = /** @type {HTMLProgressElement} */ (part(popover, "progress"));
  const chosen = /** @type {HTMLInputElement} */ (part(popover, "file"));
  const use = /** @type {HTMLButtonElement} */ (part(popover, "use"));

  /** @type {Source | null} */
  let source = null;
  let body = /** @type {Blob | null} */ (null); // of a file, to be read in another encoding
  let look = /** @type {Look | null} */ (null);
  let reading = /** @type {TableReading} */ ({});
  let turn = 0; // of the questions: only the last one's answer counts
  let coming = /** @type {AbortController | null} */ (null);
  let typing = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);
  let waiting = false; // what is shown is not what is in the field: an answer is to come
  let eager = false; // and it is to be used at once

  /** @param {TableReading} next */
  function reread(next) {
    reading = next;
    void ponder();
  }

  const bars = guesses(popover, reread, (encoding) => void (body && receive(body, encoding)));
  const table = preview(popover, reread);

  /** @param {string} message */
  function complain(message) {
    say(error, message);
    field.setAttribute("aria-invalid", String(message !== ""));
  }

  /** @param {Look | null} next */
  function show(next) {
    [look, waiting] = [next, false];
    part(popover, "understood").hidden = next === null;
    use.setAttribute("aria-disabled", String(!next?.setup));
    complain(next?.fault ?? "");
    if (next) {
      bars.show(next, reading);
      table.show(next, reading);
    }
    if (!eager) return;
    eager = false;
    if (next?.setup) accept();
  }

  /** Asks what is understood of the text as it is to be read now. */
  async function ponder() {
    if (!source) return show(null);
    const mine = ++turn;
    waiting = true;
    const told = Object.keys(reading).length > 0 ? { reading } : {};
    try {
      const { split, seed } = used();
      const found = await ask.look({ ...source, ...told, learner, split, seed });
      if (mine === turn) show(found);
    } catch (error) {
      if (mine !== turn) return;
      show(null);
      complain(/** @type {Refusal} */ (error).message || (words.away ?? ""));
    }
  }

  /** A text, typed or pasted. @param {string} text */
  function take(text) {
    clearTimeout(typing);
    typing = undefined;
    open();
    const large = new Blob([text]);
    if (large.size > most) return void receive(large);
    forget();
    if (field.value !== text) field.value = text;
    if (!text.trim()) return complain(words.empty ?? "");
    source = { csv: text };
    void ponder();
  }

  /** The table that is used already, to be read in another way. */
  function again() {
    const { csv, file, reading: told } = used();
    if (source || field.value || (csv === undefined && file === undefined)) return;
    reading = told ?? {};
    source = csv === undefined ? { file: file ?? "" } : { csv };
    field.value = csv ?? "";
    field.hidden = csv === undefined;
    void ponder();
  }

  /** Whatever was there before is gone. */
  function forget() {
    coming?.abort();
    [source, body, reading] = [null, null, {}];
    turn += 1;
    bar.hidden = true;
    part(popover, "file-name").hidden = true;
    field.hidden = false;
    bars.encoded(null);
    show(null);
  }

  /** A file, or a text that is as large as one. @param {Blob} data @param {string} [encoding] "" for as it looks */
  async function receive(data, encoding = "") {
    open();
    forget();
    const own = (coming = new AbortController());
    bar.value = 0;
    bar.hidden = false;
    try {
      const kept = await ask.bring(data, { learner, encoding }, (share) => (share < 1 ? (bar.value = share) : bar.removeAttribute("value")), own.signal);
      if (own !== coming) return;
      if (kept.file !== null && (await actions.reopens?.(kept.file))) return close();
      if (data instanceof File) {
        body = data;
        bars.encoded(kept);
      }
      source = kept.text === null ? { file: kept.file ?? "" } : { csv: kept.text };
      field.value = kept.text ?? "";
      field.hidden = kept.text === null;
      say(part(popover, "file-name"), fill(words.size, { name: data instanceof File ? data.name : "", size: Math.ceil(data.size / 1000).toLocaleString("en") }));
      part(popover, "file-name").hidden = !(data instanceof File) && kept.text !== null;
      if (used().split[0] === 100) show(kept.look);
      else await ponder(); // what is suggested comes from the rows that are learned from
    } catch (error) {
      if (own !== coming) return;
      show(null);
      complain(/** @type {Refusal} */ (error).message || (words.away ?? ""));
    } finally {
      if (own === coming) bar.hidden = true;
    }
    if (look?.setup) use.focus(); // Enter takes it as it is
  }

  function open() {
    if (!popover.matches(":popover-open")) popover.showPopover();
  }

  function close() {
    forget();
    field.value = "";
    popover.hidePopover();
  }

  function accept() {
    if (waiting) {
      if (typing) take(field.value);
      eager = waiting;
      return;
    }
    const setup = look?.setup;
    if (!setup) return void (source || complain(words.empty ?? ""));
    close();
    actions.useTable(setup);
  }

  /** @param {ClipboardEvent} event */
  function pasted(event) {
    const [file] = event.clipboardData?.files ?? [];
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (file && !text) {
      event.preventDefault();
      return void receive(file);
    }
    const large = event.target === field && text.length > most; // a field of megabytes is slow to type in
    if ((entersText(event.target) && !large) || !/\d/.test(text)) return;
    event.preventDefault();
    take(text);
  }

  /** @param {DragEvent} event */
  function dropped(event) {
    event.preventDefault();
    element.classList.remove("is-over");
    const [file] = event.dataTransfer?.files ?? [];
    if (file) void receive(file);
    else take(event.dataTransfer?.getData("text/plain") ?? "");
  }

  /** @param {DragEvent} event */
  function over(event) {
    const kinds = event.dataTransfer?.types ?? [];
    if (!kinds.includes("Files") && !kinds.includes("text/plain")) return;
    event.preventDefault();
    element.classList.add("is-over");
  }

  show(null);
  return together([
    sheet(part(element, "paste"), popover, { opened: again }),
    on(popover, "toggle", (/** @type {ToggleEvent} */ event) => event.newState === "open" && !look && field.focus()),
    on(document, "paste", pasted),
    on(use, "click", accept),
    on(part(popover, "choose"), "click", () => chosen.click()),
    on(chosen, "change", () => {
      const [file] = chosen.files ?? [];
      chosen.value = ""; // the same file may be chosen again
      if (file) void receive(file);
    }),
    on(field, "input", () => {
      clearTimeout(typing);
      waiting = true;
      typing = setTimeout(() => take(field.value), PAUSE);
    }),
    on(field, "keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key.startsWith("Arrow")) event.stopPropagation(); // in the text, not from button to button
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) accept();
    }),
    on(element, "dragover", over),
    on(element, "dragleave", (/** @type {DragEvent} */ { relatedTarget }) => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) element.classList.remove("is-over");
    }),
    on(element, "drop", dropped),
  ]);
}
