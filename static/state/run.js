// @ts-check
/**
 * Folds what the server sends into the path so far.
 *
 * @import { Outcome, Run } from './types.js'
 * @import { Tensor } from '../net/frames.js'
 *
 * @typedef {{id: number, steps: number, goal: Run["goal"], entrants: {start: [number, number], name: string}[]}} Ready
 * @typedef {{id: number, from: number, to: number, last: boolean, outcomes: Outcome[],
 *   reached: (number | null)[], stopped?: (number | null)[]}} Steps
 */

let versions = 0;

/** @returns {Run} the run before there is any */
export const noRun = () => ({
  id: -1,
  entrants: 0,
  steps: 0,
  have: -1,
  points: [],
  losses: [],
  outcomes: [],
  reached: [],
  names: [],
  goal: null,
  complete: false,
  version: versions++,
  dim: 2,
  weights: [],
  validation: null,
  test: null,
  training: null,
  stopped: [],
});

/**
 * A run with room for every step and none yet.
 *
 * @param {Ready} ready
 * @returns {Run}
 */
export function begun({ id, steps, goal, entrants }) {
  const points = room(entrants.length, steps, 2);
  return {
    ...noRun(),
    id,
    entrants: entrants.length,
    steps,
    points,
    weights: points,
    losses: room(entrants.length, steps, 1),
    outcomes: entrants.map(() => ({ kind: "running", step: null, where: null })),
    reached: entrants.map(() => null),
    names: entrants.map(({ name }) => name),
    goal,
  };
}

/** @param {number} entrants @param {number} steps @param {number} width numbers for each step */
const room = (entrants, steps, width) => Array.from({ length: entrants }, () => new Float64Array(width * (steps + 1)));

/**
 * The run with the steps `from` to `to` put in place. Steps behind the last one held replace what was there:
 * that is a rewind, after a knob was turned at an earlier step.
 *
 * @param {Run} run
 * @param {Steps} event
 * @param {Record<string, Tensor>} arrays points [entrants, count, 2] and losses [entrants, count]; weights
 *   [entrants, count, dim] where there are not two of them; validation, test and training as losses, where there are any
 * @returns {Run}
 */
export function folded(run, { from, to, last, outcomes, reached, stopped = [] }, arrays) {
  const count = to - from + 1;
  const { entrants, steps } = run;
  if (from > run.have + 1 || to > steps)
    throw new RangeError(`steps ${from} to ${to} do not follow step ${run.have} of ${steps}`);

  /** @param {Float64Array[]} held @param {Tensor} came @param {number} width */
  function put(held, came, width) {
    const size = width * count;
    held.forEach((each, i) => each.set(came.data.subarray(size * i, size * (i + 1)), width * from));
  }
  put(run.points, arrays.points, 2);
  put(run.losses, arrays.losses, 1);
  /** @type {Partial<Run>} */
  const more = {};
  if (arrays.weights) {
    more.dim = arrays.weights.shape[2];
    more.weights = run.weights === run.points ? room(entrants, steps, more.dim) : run.weights;
    put(more.weights, arrays.weights, more.dim);
  }
  for (const name of /** @type {const} */ (["validation", "test", "training"]))
    if (arrays[name]) put((more[name] = run[name] ?? room(entrants, steps, 1)), arrays[name], 1);
  return { ...run, ...more, have: to, complete: last, outcomes, reached, stopped, version: versions++ };
}
