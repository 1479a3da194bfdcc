// @ts-check
/**
 * What is the same for every entrant: steps, seed, gradient noise.
 *
 * @import { Actions, State } from '../../state/types.js'
 */
import { tick } from "../../format.js";
import { complaints, numbers, rest } from "../widgets/number-field.js";
import { on, part, putNumber, together } from "../widgets/dom.js";

const NOISIEST = 10; // right end of the slider; the field takes any strength
const SEEDS = 10_000; // the dice throws below this, so that a link stays short

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Actions} actions
 * @returns {() => void} undo
 */
export function raceSettings(element, state, actions) {
  const input = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (part(element, name));
  const [steps, seed, noise, slider] = ["steps", "seed", "noise", "noise-slider"].map(input);
  steps.max = String(state.catalog.limits.steps);

  function show() {
    const setup = state.setup.get();
    putNumber(steps, setup.steps);
    putNumber(seed, setup.seed);
    putNumber(noise, setup.noise);
    slider.valueAsNumber = Math.cbrt(Math.min(1, setup.noise / NOISIEST)); // fine near zero, where it matters
    slider.setAttribute("aria-valuetext", tick(setup.noise, 3));
  }

  const whole = (/** @type {number} */ low, /** @type {number} */ high) => (/** @type {number} */ value) =>
    Number.isInteger(value) && value >= low && value <= high;

  return together([
    state.setup.subscribe(show),
    complaints(element, state),
    numbers(steps, actions.setSteps, whole(1, state.catalog.limits.steps)),
    numbers(seed, actions.setSeed, whole(0, Number.MAX_SAFE_INTEGER)),
    numbers(noise, actions.setNoise, (value) => value >= 0),
    on(slider, "input", () => actions.setNoise(Number((NOISIEST * slider.valueAsNumber ** 3).toPrecision(2)))),
    on(part(element, "dice"), "click", () => actions.setSeed(Math.floor(Math.random() * SEEDS))),
    ...[steps, seed, noise].map((field) => on(field, "blur", () => rest(field, show))),
  ]);
}
