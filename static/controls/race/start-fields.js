// @ts-check
/**
 * The start of the race as two numbers.
 *
 * @import { Actions, State } from '../../state/types.js'
 */
import { numbers, rest } from "../widgets/number-field.js";
import { on, part, putNumber, together } from "../widgets/dom.js";

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Actions} actions
 * @returns {() => void} undo
 */
export function startFields(element, state, actions) {
  const [x, y] = ["x", "y"].map((name) => /** @type {HTMLInputElement} */ (part(element, name)));

  function show() {
    const start = state.start.get();
    putNumber(x, Number(start[0].toPrecision(6)));
    putNumber(y, Number(start[1].toPrecision(6)));
  }

  return together([
    state.start.subscribe(show),
    numbers(x, (value) => actions.moveStart([value, state.start.get()[1]])),
    numbers(y, (value) => actions.moveStart([state.start.get()[0], value])),
    ...[x, y].map((field) => on(field, "blur", () => rest(field, show))),
  ]);
}
