// @ts-check
/**
 * The start of the race as two numbers.
 *
 * @import { Actions, Point, State } from '../../state/types.js'
 */
import { numberField } from "../widgets/number-field.js";
import { part, together } from "../widgets/dom.js";

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Actions} actions
 * @returns {() => void} undo
 */
export function startFields(element, state, actions) {
  const fields = ["x", "y"].map((name, i) =>
    numberField(/** @type {HTMLInputElement} */ (part(element, name)), {
      set: (value) => actions.moveStart(/** @type {Point} */ (state.start.get().with(i, value))),
    }),
  );
  return together([
    state.start.subscribe((start) => fields.forEach((field, i) => field.show(start[i]))),
    ...fields.map(({ undo }) => undo),
  ]);
}
