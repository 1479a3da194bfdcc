// @ts-check
/**
 * Points from outside: pasted anywhere on the page, typed into the sheet, or dropped on the card. The text is never
 * lost: when the server cannot read it, the sheet shows it with what is wrong.
 *
 * @import { State } from '../../state/types.js'
 */
import { on, part, say, together } from "./dom.js";
import { sheet } from "./sheet.js";
import { entersText } from "./text-entry.js";

const SMALL = 100_000; // bytes of a text that may go through the socket
const FIELD = "csv"; // of the problem that the server's refusal becomes

/**
 * @param {HTMLElement} element the data card
 * @param {Pick<State, "problem">} state
 * @param {{pasteCsv: (text: string) => Promise<void>, useFile?: (name: string) => Promise<void>}} actions `useFile` takes what
 *   is too large to be sent as text, by its name on the server; without it the sheet's data-large is said
 * @param {(body: Blob, progress: (share: number) => void, signal: AbortSignal) => Promise<{file: string, text: string | null}>} bring
 *   takes a file to the server
 * @returns {() => void} undo
 */
export function csvPaste(element, state, actions, bring) {
  const popover = part(element, "csv");
  const field = /** @type {HTMLTextAreaElement} */ (part(popover, "text"));
  const error = part(popover, "error");
  const bar = /** @type {HTMLProgressElement} */ (part(popover, "progress"));
  const chosen = /** @type {HTMLInputElement} */ (part(popover, "file"));
  const { problem } = state;
  const wrong = () => problem.get()?.field === FIELD;
  /** @type {AbortController | null} */
  let coming = null;

  /** @param {string} message @param {string} [code] */
  const complain = (message, code = "") => problem.set({ field: FIELD, message, position: null, code });

  /** @param {string} text */
  async function send(text) {
    if (new Blob([text]).size > SMALL) return receive(new Blob([text]));
    field.value = text;
    if (wrong()) problem.set(null);
    if (!text.trim()) return complain(popover.dataset.empty ?? "", "empty");
    await actions.pasteCsv(text);
    done();
  }

  function done() {
    if (wrong()) return;
    field.value = "";
    if (popover.matches(":popover-open")) popover.hidePopover();
  }

  /** A file, or a text that is as large as one. @param {Blob} body */
  async function receive(body) {
    if (wrong()) problem.set(null);
    if (!popover.matches(":popover-open")) popover.showPopover();
    coming?.abort();
    const own = (coming = new AbortController());
    bar.value = 0;
    bar.hidden = false;
    try {
      const { file, text } = await bring(body, (share) => (share < 1 ? (bar.value = share) : bar.removeAttribute("value")), own.signal);
      if (text !== null) await send(text);
      else if (actions.useFile) await actions.useFile(file);
      else complain(popover.dataset.large ?? "");
    } catch (error) {
      const { message, code } = /** @type {import("../../net/socket.js").Refusal} */ (error);
      complain(message || (popover.dataset.away ?? ""), code);
    }
    if (own !== coming) return;
    bar.hidden = true;
    done();
  }

  function showProblem() {
    const now = wrong() ? problem.get() : null;
    field.setAttribute("aria-invalid", String(now !== null));
    say(error, now?.message ?? "");
    if (!now) return;
    if (!popover.matches(":popover-open")) popover.showPopover();
    field.focus();
    if (now.position) field.setSelectionRange(...now.position);
  }

  /** @param {ClipboardEvent} event */
  function pasted(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (entersText(event.target) || !/\d/.test(text)) return;
    event.preventDefault();
    void send(text);
  }

  /** @param {DragEvent} event */
  async function dropped(event) {
    event.preventDefault();
    element.classList.remove("is-over");
    const [file] = event.dataTransfer?.files ?? [];
    return file ? receive(file) : send(event.dataTransfer?.getData("text/plain") ?? "");
  }

  /** @param {DragEvent} event */
  function over(event) {
    const kinds = event.dataTransfer?.types ?? [];
    if (!kinds.includes("Files") && !kinds.includes("text/plain")) return;
    event.preventDefault();
    element.classList.add("is-over");
  }

  return together([
    sheet(part(element, "paste"), popover),
    on(popover, "toggle", (/** @type {ToggleEvent} */ event) => event.newState === "open" && field.focus()),
    problem.subscribe(showProblem),
    on(document, "paste", pasted),
    on(part(popover, "use"), "click", () => send(field.value)),
    on(part(popover, "choose"), "click", () => chosen.click()),
    on(chosen, "change", () => {
      const [file] = chosen.files ?? [];
      chosen.value = ""; // the same file may be chosen again
      if (file) void receive(file);
    }),
    on(field, "input", () => wrong() && problem.set(null)),
    on(field, "keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key.startsWith("Arrow")) event.stopPropagation(); // in the text, not from button to button
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void send(field.value);
    }),
    on(element, "dragover", over),
    on(element, "dragleave", (/** @type {DragEvent} */ { relatedTarget }) => {
      if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) element.classList.remove("is-over");
    }),
    on(element, "drop", dropped),
  ]);
}
