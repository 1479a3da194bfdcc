// How high the surface is raised for a loss: as the map colours it, which is by a logarithm, or in proportion.

import { levels } from '../map/relief.js';

/** @typedef {import('../map/relief.js').Relief} Relief */

const TICKS = 3; // along the height, at least
const FLAT = 1e-12; // losses that differ by less than this (relatively) are level ground

/**
 * The relief whose heights are losses, scaled to 0..1: a scene holds single precision, and losses may be of any size.
 *
 * @param {import('../map/relief.js').Grid} grid
 * @param {Relief} ground
 * @returns {Relief}
 */
export function linear(grid, ground) {
  let [lowest, highest] = [Infinity, -Infinity];
  for (const loss of grid.loss) {
    if (!Number.isFinite(loss)) continue;
    lowest = Math.min(lowest, loss);
    highest = Math.max(highest, loss);
  }
  const span = highest / 2 - lowest / 2; // halves: the whole may overflow
  if (!(span > FLAT * Math.max(Math.abs(lowest), Math.abs(highest)))) return ground;
  const height = (/** @type {number} */ loss) => (loss / 2 - lowest / 2) / span;
  return {
    ...ground,
    heights: grid.loss.map((loss) => (Number.isFinite(loss) ? height(loss) : NaN)),
    low: 0,
    high: 1,
    height,
    loss: (h) => lowest * (1 - h) + highest * h,
  };
}

/**
 * Heights at which the axis is marked: equally spaced on a logarithm, else where the losses are round numbers.
 *
 * @param {Relief} raised
 * @param {boolean} inProportion
 * @returns {number[]}
 */
export function marks(raised, inProportion) {
  const [low, high] = [raised.loss(raised.low), raised.loss(raised.high)];
  const rough = (high - low) / TICKS;
  if (!inProportion || !Number.isFinite(rough) || !(rough > 0)) return levels(raised, TICKS + 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].findLast((each) => each * power <= rough) ?? 1);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, k) => raised.height((first + k) * step));
}
