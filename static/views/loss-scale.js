// The axes of the loss curve: steps to the right, the loss on a logarithmic scale, in whole decades.

const DEEPEST = 14; // decades shown at most, below the highest
const ABOVE = 1.5; // decades above the start at most: a run that explodes leaves through the top
const TICK_ROOM = 26; // pixels between two labels of the loss axis

/**
 * @typedef {object} LossScale
 * @property {number} shift taken from every loss before its logarithm
 * @property {number} low lowest decade shown
 * @property {number} high highest decade shown
 * @property {number} steps
 * @property {number[]} decades that carry a label
 */

/**
 * @param {import('../state/types.js').Run} run
 * @param {number[]} seen indices of the entrants shown
 * @param {number} height pixels of the plot
 * @returns {LossScale}
 */
export function lossScale(run, seen, height) {
  let lowest = Infinity;
  let start = 0;
  for (const i of seen) {
    start = Math.max(start, Math.abs(run.losses[i][0]));
    for (let k = 0; k <= run.have; k++) {
      const loss = run.losses[i][k];
      if (loss < lowest) lowest = loss;
    }
  }
  const known = run.goal?.f_min ?? Infinity;
  const shift = known < 0 || lowest < 0 ? Math.min(known, lowest) : 0;

  let least = Infinity;
  let most = 0;
  let first = 0;
  for (const i of seen) {
    const losses = run.losses[i];
    if (losses[0] - shift > first) first = losses[0] - shift;
    for (let k = 0; k <= run.have; k++) {
      const above = losses[k] - shift;
      if (above > most && above < Infinity) most = above;
      if (above > 0 && above < least) least = above;
    }
  }
  if (!(most > 0)) return { shift, low: -1, high: 1, steps: Math.max(1, run.steps), decades: [-1, 0, 1] };
  const goal = run.goal ? run.goal.loss - shift : Infinity;
  const top = first > 0 ? Math.min(most, first * 10 ** ABOVE) : most;
  const high = Math.ceil(Math.log10(top) + 0.02);
  const low = Math.max(high - DEEPEST, Math.min(high - 2, Math.floor(Math.log10(Math.min(least, goal)))));
  const every = [1, 2, 3, 4, 5, 7].find((size) => ((high - low) / size) * TICK_ROOM <= height) ?? 7;
  const decades = [];
  for (let decade = Math.ceil(low / every) * every; decade <= high; decade += every) decades.push(decade);
  return { shift, low, high, steps: Math.max(1, run.steps), decades };
}

/**
 * Round steps for the labels of the step axis.
 * @param {number} steps
 * @param {number} width pixels
 * @returns {number[]}
 */
export function stepTicks(steps, width) {
  const rough = steps / Math.max(2, width / 80);
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1)));
  const size = [1, 2, 5, 10].map((part) => part * power).find((part) => part >= rough) ?? 10 * power;
  const ticks = [];
  for (let step = 0; step <= steps; step += size) ticks.push(step);
  return ticks;
}
