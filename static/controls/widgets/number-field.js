// @ts-check
/**
 * Fields for a number: what is typed is acted on at once where it fits, and marked as wrong where it does not.
 *
 * @import { State } from '../../state/types.js'
 */
import { fill } from "../../format.js";
import { on, part, say } from "./dom.js";

/**
 * What a card says of a number that does not fit. The sentence stands below the line it is about, and stays when the
 * field shows again what holds, until something that fits is typed.
 *
 * @typedef {{refuse: (field: HTMLInputElement, name: string, expected: string) => void,
 *   accept: (field: HTMLInputElement) => void}} Wrong
 */

/**
 * @param {HTMLInputElement} field
 * @param {(value: number) => void} act
 * @param {(value: number) => boolean} [fits]
 * @returns {() => void} undo
 */
export const numbers = (field, act, fits = () => true) =>
  on(field, "input", () => {
    const value = field.valueAsNumber;
    const good = Number.isFinite(value) && fits(value);
    field.setAttribute("aria-invalid", String(!good));
    if (good) act(value);
  });

/**
 * @param {HTMLElement} card with the part "wrong"; its data-expected is the sentence, data-nothing stands for what is no number
 * @returns {Wrong}
 */
export function wrongNumbers(card) {
  const note = part(card, "wrong");
  return {
    refuse(field, name, expected) {
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", note.id);
      const line = field.closest(".knob-line");
      if (line && line.nextElementSibling !== note) line.after(note);
      say(note, fill(card.dataset.expected, { name, expected, came: field.value || (card.dataset.nothing ?? "") }));
    },
    accept(field) {
      field.setAttribute("aria-invalid", "false");
      field.removeAttribute("aria-describedby");
      say(note, "");
    },
  };
}

/** The hand has left the field: it shows what holds. @param {HTMLInputElement} field @param {() => void} show */
export function rest(field, show) {
  field.setAttribute("aria-invalid", "false");
  show();
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
      field.setAttribute("aria-invalid", String(wrong));
    }
    say(part(element, "error"), problem && found ? problem.message : "");
  });
}
