// @ts-check
/**
 * The painted track of a slider: what each value of the knob would lead to, from a sweep of lanes on the server.
 *
 * @import { Knob } from '../../state/types.js'
 * @typedef {{values: Float64Array, loss: Float64Array, reached: Int32Array, diverged: Int32Array}} Sweep
 *   per lane: the value, the final loss, steps to the goal (-1 for never), step of divergence (-1 for none)
 */
import { fill, tick } from "../../format.js";
import { placeOf } from "../widgets/knob.js";

const GOOD = 0.6; // a score from here on counts as the good range
const LEAST = 0.25; // score of a value that reaches the goal at the very last step

/**
 * How good each value is, 0..1 against the best of its own sweep; NaN where it diverges. Values that reach the goal
 * are scored by how soon; where none does, the final loss decides, on a log scale.
 *
 * @param {Sweep} sweep
 * @param {number} steps of the race
 * @param {number} floor the lowest loss there is, as far as known
 * @returns {Float64Array}
 */
export function scores({ loss, reached, diverged }, steps, floor) {
  const lanes = Array.from(loss, (_, i) => i).filter((i) => diverged[i] < 0 && Number.isFinite(loss[i]));
  const result = new Float64Array(loss.length).fill(NaN);
  const soonest = Math.min(...lanes.filter((i) => reached[i] >= 0).map((i) => reached[i]));
  const someReach = Number.isFinite(soonest);
  const height = (/** @type {number} */ i) => Math.log(Math.max(loss[i] - floor, 1e-12));
  const best = Math.min(...lanes.map(height));
  const worst = Math.max(...lanes.map(height));
  for (const i of lanes) {
    if (!someReach) result[i] = worst - best > 1e-3 ? (worst - height(i)) / (worst - best) : 0.5;
    else if (reached[i] < 0) result[i] = 0;
    else result[i] = 1 - (1 - LEAST) * Math.sqrt((reached[i] - soonest) / Math.max(1, steps - soonest));
  }
  return result;
}

/**
 * The scores as a CSS gradient along the slider.
 *
 * @param {Knob} knob
 * @param {Sweep} sweep
 * @param {Float64Array} score
 */
export function gradient(knob, { values }, score) {
  const stops = Array.from(score, (good, i) => {
    const place = `calc(var(--thumb) / 2 + (100% - var(--thumb)) * ${placeOf(knob, values[i]).toFixed(3)})`;
    if (Number.isNaN(good)) return `var(--paint-diverged) ${place}`;
    return `color-mix(in oklab, var(--paint-good) ${Math.round(100 * good)}%, var(--paint-poor)) ${place}`;
  });
  return `linear-gradient(to right, ${stops.join(", ")})`;
}

/**
 * The same in words: "Good between 0.05 and 0.3. Diverges from 0.8."
 *
 * @param {Sweep} sweep
 * @param {Float64Array} score
 * @param {DOMStringMap} words
 */
export function inWords({ values, reached }, score, words) {
  const best = score.reduce((top, good, i) => (good > (score[top] ?? -1) || Number.isNaN(score[top]) ? i : top), 0);
  if (Number.isNaN(score[best])) return words.nothing ?? "";
  let [from, to] = [best, best];
  while (score[from - 1] >= GOOD) from -= 1;
  while (score[to + 1] >= GOOD) to += 1;
  const said = reached.some((step) => step >= 0)
    ? fill(words.good, { low: tick(values[from], 2), high: tick(values[to], 2) })
    : fill(words.lowest, { best: tick(values[best], 2) });
  const edge = score.findIndex((good, i) => i > best && Number.isNaN(good));
  return edge < 0 ? said : `${said} ${fill(words.diverges, { from: tick(values[edge], 2) })}`;
}
