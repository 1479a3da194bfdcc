// @ts-check
/**
 * What is the same for every entrant: start, steps, seed, gradient noise.
 *
 * @import { Actions, State } from '../state/types.js'
 */
import { tick } from "../format.js";
import { on, part, putNumber, say, together } from "./parts.js";

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
  const [x, y, steps, seed, noise, slider] = ["x", "y", "steps", "seed", "noise", "noise-slider"].map(input);
  steps.max = String(state.catalog.limits.steps);

  function show() {
    const setup = state.setup.get();
    putNumber(x, Number(setup.start[0].toPrecision(6)));
    putNumber(y, Number(setup.start[1].toPrecision(6)));
    putNumber(steps, setup.steps);
    putNumber(seed, setup.seed);
    putNumber(noise, setup.noise);
    slider.valueAsNumber = Math.cbrt(Math.min(1, setup.noise / NOISIEST)); // fine near zero, where it matters
    slider.setAttribute("aria-valuetext", tick(setup.noise, 3));
  }

  /** Which fields the server's last complaint is about. */
  function showProblem() {
    const problem = state.problem.get();
    const about = problem?.field?.split(/[.[]/)[0] ?? "";
    const fields = { start: [x, y], steps: [steps], seed: [seed], noise: [noise] };
    for (const [name, named] of Object.entries(fields))
      for (const field of named) field.setAttribute("aria-invalid", String(name === about));
    say(part(element, "error"), problem && about in fields ? problem.message : "");
  }

  /** @param {HTMLInputElement} field @param {(value: number) => void} act @param {(value: number) => boolean} fits */
  const numbers = (field, act, fits) =>
    on(field, "input", () => {
      const value = field.valueAsNumber;
      const good = Number.isFinite(value) && fits(value);
      field.setAttribute("aria-invalid", String(!good));
      if (good) act(value);
    });

  const whole = (/** @type {number} */ low, /** @type {number} */ high) => (/** @type {number} */ value) =>
    Number.isInteger(value) && value >= low && value <= high;
  const any = () => true;
  const start = () => state.setup.get().start;

  return together([
    state.setup.subscribe(show),
    state.problem.subscribe(showProblem),
    numbers(x, (value) => actions.moveStart([value, start()[1]]), any),
    numbers(y, (value) => actions.moveStart([start()[0], value]), any),
    numbers(steps, actions.setSteps, whole(1, state.catalog.limits.steps)),
    numbers(seed, actions.setSeed, whole(0, Number.MAX_SAFE_INTEGER)),
    numbers(noise, actions.setNoise, (value) => value >= 0),
    on(slider, "input", () => actions.setNoise(Number((NOISIEST * slider.valueAsNumber ** 3).toPrecision(2)))),
    on(part(element, "dice"), "click", () => actions.setSeed(Math.floor(Math.random() * SEEDS))),
    ...[x, y, steps, seed, noise].map((field) =>
      on(field, "blur", () => {
        field.setAttribute("aria-invalid", "false");
        show();
      }),
    ),
  ]);
}
