// @ts-check
/**
 * Undo and redo, by two buttons and by the keys that do it everywhere. What a pointer does from its going down to its
 * going up is one act, whatever it drags.
 *
 * @import { History } from '../../state/history.js'
 */
import { on, part, together } from "./dom.js";
import { entersText } from "./text-entry.js";

/**
 * @param {HTMLElement} element
 * @param {History<any>} past
 * @returns {() => void} undo
 */
export function undoRedo(element, past) {
  const undo = /** @type {HTMLButtonElement} */ (part(element, "undo"));
  const redo = /** @type {HTMLButtonElement} */ (part(element, "redo"));
  let typed = /** @type {EventTarget | null} */ (null); // the field that is being typed in: there the keys are the browser's
  let held = false;

  /** @param {() => void} go */
  function travel(go) {
    const field = document.activeElement;
    const inField = field instanceof HTMLElement && entersText(field);
    if (inField) field.blur(); // nobody puts a value into a field that has the focus
    go();
    if (inField) field.focus({ preventScroll: true });
  }

  /** @param {KeyboardEvent} event */
  function keys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (typed !== null && typed === event.target) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) travel(past.undo);
    else if (key === "y" || (key === "z" && event.shiftKey)) travel(past.redo);
    else return;
    event.preventDefault();
  }

  function release() {
    if (!held) return;
    held = false;
    past.end();
  }

  // The release is heard before those do who are under the hand: the click that follows belongs to the act.
  const after = () => setTimeout(release);
  const capture = { capture: true, passive: true };

  return together([
    past.reach.subscribe((now) => {
      undo.disabled = !now.undo;
      redo.disabled = !now.redo;
    }),
    on(undo, "click", past.undo),
    on(redo, "click", past.redo),
    on(document, "keydown", keys),
    on(document, "input", ({ target }) => void (typed = entersText(target) ? target : null), { capture: true }),
    on(document, "change", () => void (typed = null), { capture: true }),
    on(document, "focusout", () => void (typed = null), { capture: true }),
    on(window, "pointerdown", () => (release(), (held = true), past.begin()), capture),
    on(window, "pointerup", after, capture),
    on(window, "pointercancel", after, capture),
    on(window, "blur", (event) => void (event.target === window && release()), capture),
  ]);
}
