// What the curves are drawn against: steps, epochs, or the seconds that each racer has worked.

import { tick } from '../../format.js';
import { stepTicks } from './loss-scale.js';

/**
 * The axis to the right.
 * @typedef {object} Across
 * @property {(step: number, entrant: number) => number} at place of a step, 0 at the left, 1 at the right
 * @property {(place: number, entrant: number) => number} step at a place
 * @property {(width: number) => {at: number, text: string}[]} ticks for so many pixels
 * @property {string} word what it is, of the words of the element
 * @property {((place: number) => string) | null} clock what a place is, in words, where every entrant is at a step of its
 *   own there; null where all are at the same
 */

/** @param {number} steps @returns {Across} */
export const bySteps = (steps) => ({
  at: (step) => step / steps,
  step: (place) => place * steps,
  ticks: (width) => stepTicks(steps, width).map((step) => ({ at: step / steps, text: tick(step, 6) })),
  word: 'step',
  clock: null,
});

/** @param {number} steps @param {number} epoch steps of one @returns {Across} */
export const byEpochs = (steps, epoch) => ({
  ...bySteps(steps),
  ticks: (width) => stepTicks(steps / epoch, width).map((count) => ({ at: (count * epoch) / steps, text: tick(count, 6) })),
  word: 'epoch',
});

/** The slowest racer's last step is at the right. @param {number} steps @param {number[]} paces seconds of a step of each; none: not known yet @returns {Across} */
export function bySeconds(steps, paces) {
  const slowest = Math.max(...paces);
  if (!(slowest > 0)) return { ...bySteps(steps), ticks: () => [], word: 'time' };
  const whole = steps * slowest;
  const share = (/** @type {number} */ entrant) => (paces[entrant] ?? slowest) / slowest;
  return {
    at: (step, entrant) => (step / steps) * share(entrant),
    step: (place, entrant) => (place * steps) / share(entrant),
    ticks: (width) => stepTicks(whole, width).map((seconds) => ({ at: seconds / whole, text: tick(seconds, 3) })),
    word: 'time',
    clock: (place) => `${tick(place * whole, 3)} s`,
  };
}
