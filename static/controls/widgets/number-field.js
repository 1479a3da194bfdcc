// @ts-check
/**
 * A field for a number. What is typed is acted on at once where it is a number that fits. Where it is none, the field is
 * marked, a sentence below its line says what was expected, and what held before goes on to hold; once the hand has left,
 * the field shows it again. It is a text field, for a browser hides what is typed into <input type="number">: of "0,05"
 * some give out 5, and of "2%" 2.
 *
 * @import { State } from '../../state/types.js'
 */
import { fill } from "../../format.js";
import { on, part, say, together } from "./dom.js";
import { readNumber } from "./numerals.js";

/**
 * What fits: from `low` to `high`, where there are ends, and without those that are open.
 *
 * @typedef {{low?: number | null, high?: number | null, low_open?: boolean, high_open?: boolean, whole?: boolean}} Range
 */

const PAUSE = 500; // ms without a key before the sentence comes: who types 0.05 has typed 0 on the way
const SHOWN = 40; // characters of what came
const FAR = 1e6;
/** What a setup takes where nothing else is said. */
export const WIDEST = { low: -1e100, high: 1e100 };
const STEP = 0.1; // of an arrow key, where numbers need not be whole

/** @param {number} value @param {Range} range */
function fits(value, { low = null, high = null, low_open = false, high_open = false, whole = false }) {
  if (whole && !Number.isInteger(value)) return false;
  if (low !== null && (low_open ? value <= low : value < low)) return false;
  return high === null || (high_open ? value < high : value <= high);
}

/**
 * What was expected, in words. An end that nobody comes near is told where somebody went beyond it alone.
 *
 * @param {DOMStringMap} words
 * @param {Range} range
 * @param {number | null} came
 */
function expected(words, { low = null, high = null, low_open = false, high_open = false, whole = false }, came) {
  const kind = whole ? words.whole : words.number;
  if (high !== null && high >= FAR && (came ?? 0) <= high) high = null;
  if (low !== null && low <= -FAR && (came ?? 0) >= low) low = null;
  if (low === null && high === null) return kind ?? "";
  const span =
    low === null ? (high_open ? words.below : words.upTo)
    : high === null ? (low_open ? words.above : words.from)
    : low_open ? (high_open ? words.between : words.aboveTo)
    : high_open ? words.fromBelow : words.fromTo;
  return `${kind} ${fill(span, { low: low ?? "", high: high ?? "" })}`;
}

/** The number one step on. @param {number} value @param {number} steps @param {Range} range */
const stepped = (value, steps, { whole }) => Number((value + steps * (whole ? 1 : STEP)).toPrecision(12));

/** @param {HTMLInputElement} field */
const nameOf = (field) => field.getAttribute("aria-label") ?? field.labels?.[0]?.textContent?.trim() ?? "";

/** Without an exponent, which `aria-valuenow` may not have. @param {number} value */
const decimal = (value) => value.toLocaleString("en", { useGrouping: false, maximumFractionDigits: 20 });

/**
 * @param {HTMLInputElement} field of partials/widgets/number.html
 * @param {{set: (value: number) => void, clear?: () => void, range?: () => Range, name?: () => string,
 *   step?: (value: number, steps: number) => number}} use `clear`: what an empty field does, where it may be empty; `step`:
 *   where the arrow keys lead
 * @returns {{show: (value: number | null) => void, undo: () => void}}
 */
export function numberField(field, { set, clear, range = () => WIDEST, name = () => nameOf(field), step = (value, steps) => stepped(value, steps, range()) }) {
  let held = /** @type {number | null} */ (null);
  let refused = false;
  let late = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);

  /** @param {boolean} wrong */
  function mark(wrong) {
    refused = wrong;
    field.setAttribute("aria-invalid", String(wrong));
    field.toggleAttribute("data-refused", wrong);
  }

  function put() {
    const text = held === null ? "" : String(held);
    if (field.value !== text) field.value = text;
  }

  /** @param {number | null} next */
  function show(next) {
    if (next !== held && !refused) unsay(field);
    held = next;
    keys();
    if (held === null) {
      field.removeAttribute("aria-valuenow");
      field.removeAttribute("aria-valuetext");
    } else {
      field.setAttribute("aria-valuenow", decimal(held));
      field.setAttribute("aria-valuetext", String(held));
    }
    // What is wrong stays in the field for as long as the hand does, and so does another way to write the number.
    if (field === document.activeElement && (refused || readNumber(field.value).value === held)) return;
    put();
  }

  /** The keys of a touch screen: on some, those for decimals have no minus. */
  function keys() {
    const { low, whole } = range();
    const mode = (low ?? -1) < 0 ? "text" : whole ? "numeric" : "decimal";
    if (field.inputMode !== mode) field.inputMode = mode;
  }

  function typed() {
    clearTimeout(late);
    const { value, fault } = readNumber(field.value);
    const good = value === null ? fault === "empty" && clear !== undefined : fits(value, range());
    mark(!good);
    if (!good) return void (late = setTimeout(tell, PAUSE));
    unsay(field);
    if (value === null) clear?.();
    else set(value);
  }

  function tell() {
    const words = wordsOf();
    const reading = readNumber(field.value);
    const came = field.value.trim().slice(0, SHOWN);
    /** @type {{[name: string]: string | number}} */
    const values = { name: name(), came: came || (words.nothing ?? ""), expected: expected(words, range(), reading.value) };
    if (reading.fault === "doubtful") [values.one, values.other] = reading.either;
    const told = reading.fault === "large" || reading.fault === "small" || reading.fault === "doubtful" ? words[reading.fault] : words.expected;
    tellOf(field, fill(told, values));
  }

  function left() {
    clearTimeout(late);
    if (refused) tell();
    mark(false);
    put();
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    if (event.key === "Enter" && refused) {
      clearTimeout(late);
      tell();
    }
    if (steps === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const next = step(held ?? 0, steps);
    if (!fits(next, range())) return;
    clearTimeout(late);
    mark(false);
    unsay(field);
    set(next);
    put();
  }

  return {
    show,
    undo: together([
      on(field, "input", typed),
      on(field, "blur", left),
      on(field, "keydown", pressed),
      () => clearTimeout(late),
      () => unsay(field),
    ]),
  };
}

const wordsOf = () => /** @type {HTMLElement} */ (document.getElementById("number-words")).dataset;

/** The sentence of each card, and the field that it is about. @type {WeakMap<Element, {note: HTMLElement, field: HTMLElement | null}>} */
const notes = new WeakMap();
let count = 0;

/** @param {HTMLElement} field */
const cardOf = (field) => field.closest("section, form");

/** @param {HTMLElement} field @param {string} sentence */
function tellOf(field, sentence) {
  const card = cardOf(field);
  if (!card) return;
  const kept = notes.get(card);
  if (kept?.field && kept.field !== field) unsay(kept.field);
  const note = kept?.note ?? made();
  notes.set(card, { note, field });
  const line = field.closest(".parameter, .typed-window") ?? field.closest(".knob-line, .setting, .inside-line") ?? field;
  if (line.nextElementSibling !== note) line.after(note);
  say(note, sentence);
  describe(field, note.id, true);
  say(/** @type {HTMLElement} */ (document.getElementById("number-said")), sentence); // the note moves: readers would miss it
}

/** @returns {HTMLElement} */
function made() {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("number-words"));
  const note = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  note.id = `number-note-${++count}`;
  return note;
}

/** @param {HTMLElement} field */
function unsay(field) {
  const card = cardOf(field);
  const kept = card && notes.get(card);
  if (!kept || kept.field !== field) return;
  kept.field = null;
  say(kept.note, "");
  describe(field, kept.note.id, false);
  say(/** @type {HTMLElement} */ (document.getElementById("number-said")), "");
}

/** @param {HTMLElement} field @param {string} id of what describes it @param {boolean} does */
function describe(field, id, does) {
  const ids = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
  if (does) ids.push(id);
  if (ids.length > 0) field.setAttribute("aria-describedby", ids.join(" "));
  else field.removeAttribute("aria-describedby");
}

/**
 * The server's last complaint, where it is about a field of this element: every field says in `data-field` what the
 * server calls it, or all that it calls so, and the part "error" has the sentence.
 *
 * @param {HTMLElement} element
 * @param {State} state
 * @returns {() => void} undo
 */
export function complaints(element, state) {
  return state.problem.subscribe((problem) => {
    const about = problem?.field?.split(/[.[]/)[0] ?? "";
    let found = false;
    for (const field of /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-field]"))) {
      const wrong = field.dataset.field?.split(" ").includes(about) ?? false;
      found ||= wrong;
      field.setAttribute("aria-invalid", String(wrong || field.hasAttribute("data-refused")));
    }
    say(part(element, "error"), problem && found ? problem.message : "");
  });
}
