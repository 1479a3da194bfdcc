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

const LARGEST = 8_000_000; // bytes of a dropped file
const FIELD = "csv"; // of the problem that the server's refusal becomes

/**
 * @param {HTMLElement} element the data card; data-large is said of a file that is too large
 * @param {Pick<State, "problem">} state
 * @param {{pasteCsv: (text: string) => Promise<void>}} actions
 * @returns {() => void} undo
 */
export function csvPaste(element, state, actions) {
  const popover = part(element, "csv");
  const field = /** @type {HTMLTextAreaElement} */ (part(popover, "text"));
  const error = part(popover, "error");
  const { problem } = state;
  const wrong = () => problem.get()?.field === FIELD;

  /** @param {string} text */
  async function send(text) {
    field.value = text;
    if (wrong()) problem.set(null);
    if (!text.trim()) return problem.set({ field: FIELD, message: popover.dataset.empty ?? "", position: null, code: "empty" });
    await actions.pasteCsv(text);
    if (wrong()) return;
    field.value = "";
    if (popover.matches(":popover-open")) popover.hidePopover();
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
    if (!file) return send(event.dataTransfer?.getData("text/plain") ?? "");
    if (file.size <= LARGEST) return send(await file.text());
    problem.set({ field: FIELD, message: element.dataset.large ?? "", position: null, code: "" });
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
