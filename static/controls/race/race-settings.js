// @ts-check
/**
 * What is the same for every entrant: steps, seed, gradient noise.
 *
 * @import { Actions, State } from '../../state/types.js'
 */
import { tick } from "../../format.js";
import { complaints, numberField } from "../widgets/number-field.js";
import { on, part, together } from "../widgets/dom.js";

const NOISIEST = 10; // right end of the slider; the field takes any strength
const MOST_NOISE = 1e6; // that a setup may have
const SEEDS = 10_000; // the dice throws below this, so that a link stays short

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Actions} actions
 * @returns {() => void} undo
 */
export function raceSettings(element, state, actions) {
  const input = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (part(element, name));
  const slider = input("noise-slider");
  const steps = numberField(input("steps"), { set: actions.setSteps, range: () => ({ low: 1, high: state.catalog.limits.steps, whole: true }) });
  const seed = numberField(input("seed"), { set: actions.setSeed, range: () => ({ low: 0, high: Number.MAX_SAFE_INTEGER, whole: true }) });
  const noise = numberField(input("noise"), { set: actions.setNoise, range: () => ({ low: 0, high: MOST_NOISE }) });

  function show() {
    const setup = state.setup.get();
    steps.show(setup.steps);
    seed.show(setup.seed);
    noise.show(setup.noise);
    slider.valueAsNumber = Math.cbrt(Math.min(1, setup.noise / NOISIEST)); // fine near zero, where it matters
    slider.setAttribute("aria-valuetext", tick(setup.noise, 3));
  }

  return together([
    state.setup.subscribe(show),
    complaints(element, state),
    on(slider, "input", () => actions.setNoise(Number((NOISIEST * slider.valueAsNumber ** 3).toPrecision(2)))),
    on(part(element, "dice"), "click", () => actions.setSeed(Math.floor(Math.random() * SEEDS))),
    ...[steps, seed, noise].map(({ undo }) => undo),
  ]);
}
