// @ts-check
/**
 * What the curves show, and against what.
 *
 * @import { NetworkActions, NetworkState } from '../state/network-types.js'
 */
import { on, part, together } from "./parts.js";

/**
 * @param {HTMLElement} element
 * @param {NetworkState} state
 * @param {NetworkActions} actions
 * @returns {() => void} undo
 */
export function curveSwitch(element, state, actions) {
  const names = /** @type {const} */ (["of", "by"]);
  const buttons = names.flatMap((name) =>
    /** @type {HTMLButtonElement[]} */ ([...part(element, name).querySelectorAll("button")]).map((button) => ({ name, button })),
  );

  function show() {
    const curve = state.curve.get();
    for (const { name, button } of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === curve[name]));
  }

  /** Of a curve there are no right answers; sets without samples have no line. */
  function showSets() {
    const facts = state.facts.get();
    const classes = !facts || facts.classes.length > 0;
    part(element, "of").hidden = !classes;
    if (!classes && state.curve.get().of === "accuracy") actions.setCurve({ of: "loss" });
    const [, validation, test] = facts?.sets ?? [1, 1, 1];
    part(element, "validation").hidden = validation === 0;
    part(element, "test").hidden = test === 0;
  }

  return together([
    state.curve.subscribe(show),
    state.facts.subscribe(showSets),
    ...buttons.map(({ name, button }) =>
      on(button, "click", () => actions.setCurve({ [name]: /** @type {any} */ (button.dataset.value) })),
    ),
  ]);
}
