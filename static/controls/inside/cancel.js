// @ts-check
/**
 * What a search is over: a few buttons, of which one is pressed.
 *
 * @import { Writable } from '../../state/types.js'
 */
import { on, together } from "../widgets/dom.js";

/**
 * @template {string} Over
 * @param {HTMLElement} element with buttons that say data-over
 * @param {Writable<Over>} over
 * @returns {() => void} undo
 */
export function overSwitch(element, over) {
  const buttons = [.../** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("button[data-over]"))];
  return together([
    over.subscribe((now) => {
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.over === now));
    }),
    ...buttons.map((button) => on(button, "click", () => over.set(/** @type {Over} */ (button.dataset.over)))),
  ]);
}
