// @ts-check
/**
 * What was wrong with the link that the page was opened with, and what is shown instead. It stays until it is sent away.
 *
 * @import { Actions, State } from '../../state/types.js'
 */
import { fill } from "../../format.js";
import { on, part, say, together } from "../widgets/dom.js";

/**
 * @param {HTMLElement} element data-instead says what is shown, data-opens does so where it has no name
 * @param {State} state
 * @param {Actions} actions
 * @param {string} name of what the page opens with
 * @returns {() => void} undo
 */
export function linkFaults(element, state, actions, name) {
  const list = part(element, "faults");
  say(part(element, "instead"), name ? fill(element.dataset.instead, { name }) : (element.dataset.opens ?? ""));
  return together([
    state.faults.subscribe((faults) => {
      list.replaceChildren(...faults.map((fault) => Object.assign(document.createElement("li"), { textContent: fault })));
      element.hidden = faults.length === 0;
    }),
    on(part(element, "dismiss"), "click", actions.dismissFaults),
  ]);
}
