// @ts-check
/**
 * Undo and redo, by two buttons and by the keys that do it everywhere.
 *
 * @import { Reach, Readable } from '../../state/types.js'
 */
import { on, part, together } from "./dom.js";
import { entersText } from "./text-entry.js";

/**
 * @param {HTMLElement} element
 * @param {Readable<Reach>} reach
 * @param {{undo: () => void, redo: () => void}} actions
 * @returns {() => void} undo
 */
export function undoRedo(element, reach, actions) {
  const undo = /** @type {HTMLButtonElement} */ (part(element, "undo"));
  const redo = /** @type {HTMLButtonElement} */ (part(element, "redo"));

  /** @param {KeyboardEvent} event */
  function keys(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || entersText(event.target)) return;
    const key = event.key.toLowerCase();
    if (key === "z" && !event.shiftKey) actions.undo();
    else if (key === "y" || (key === "z" && event.shiftKey)) actions.redo();
    else return;
    event.preventDefault();
  }

  return together([
    reach.subscribe((now) => {
      undo.disabled = !now.undo;
      redo.disabled = !now.redo;
    }),
    on(undo, "click", actions.undo),
    on(redo, "click", actions.redo),
    on(document, "keydown", keys),
  ]);
}
