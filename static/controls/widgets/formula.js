// @ts-check
/**
 * The formula of the surface, as the server wrote it in MathML.
 *
 * @import { State } from '../../state/types.js'
 */
import { markup } from "./markup.js";
import { part } from "./dom.js";

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @returns {() => void} undo
 */
export function formula(element, state) {
  let shown = "";
  return state.ground.subscribe(({ mathml }) => {
    if (mathml === shown) return;
    shown = mathml;
    part(element, "right").replaceChildren(markup(mathml));
  });
}
