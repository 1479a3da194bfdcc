// @ts-check
/**
 * Which class a hand draws on the regions: one pen for each of three classes, or none; and a plane without samples to begin on. Only samples of two inputs and of
 * no more classes can be drawn.
 *
 * @import { NetworkActions, NetworkState } from '../../state/network/types.js'
 */

/**
 * @param {HTMLElement} element with a button for each class in data-part="pen"
 * @param {NetworkState} state
 * @param {NetworkActions} actions
 * @returns {() => void} undo
 */
export function pens(element, state, actions) {
  const buttons = /** @type {HTMLElement[]} */ ([...element.querySelectorAll('[data-part="pen"]')]);
  const classOf = (/** @type {HTMLElement} */ button) => Number(button.dataset.class);

  for (const button of buttons) {
    button.addEventListener("click", () => {
      const own = classOf(button);
      actions.setPen(state.pen.get() === own ? null : own);
    });
  }
  const empty = /** @type {HTMLButtonElement} */ (element.querySelector('[data-part="empty"]'));
  empty.addEventListener("click", actions.startEmpty);
  const undos = [
    state.setup.subscribe(({ drawn }) => void (empty.disabled = drawn?.length === 0)),
    state.pen.subscribe((pen) => {
      for (const button of buttons) button.setAttribute("aria-pressed", String(classOf(button) === pen));
    }),
    state.samples.subscribe((samples) => {
      const plane = samples !== null && samples.kind === "classes" && samples.dims[0] === 2;
      element.hidden = !plane || samples.classes.length > buttons.length;
      if (element.hidden && samples && state.pen.get() !== null) actions.setPen(null);
    }),
  ];
  return () => undos.forEach((undo) => undo());
}
