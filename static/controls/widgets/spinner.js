// @ts-check
/**
 * A small wheel while something has taken longer than 300 ms.
 *
 * @import { State } from '../../state/types.js'
 */

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @returns {() => void} undo
 */
export function spinner(element, state) {
  return state.busy.subscribe((busy) => void (element.hidden = !busy));
}
