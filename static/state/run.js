// @ts-check
/**
 * Folds what the server sends into the path so far.
 *
 * @import { Outcome, Run } from './types.js'
 * @import { Tensor } from '../net/frames.js'
 *
 * @typedef {{id: number, steps: number, goal: Run["goal"], entrants: {start: [number, number], name: string}[]}} Ready
 * @typedef {{id: number, from: number, to: number, last: boolean, outcomes: Outcome[],
 *   reached: (number | null)[]}} Steps
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
});

/**
 * A run with room for every step and none yet.
 *
 * @param {Ready} ready
 * @returns {Run}
 */
export function begun({ id, steps, goal, entrants }) {
  const each = /** @param {number} width */ (width) => entrants.map(() => new Float64Array(width * (steps + 1)));
  return {
    ...noRun(),
    id,
    entrants: entrants.length,
    steps,
    points: each(2),
    losses: each(1),
    outcomes: entrants.map(() => ({ kind: "running", step: null, where: null })),
    reached: entrants.map(() => null),
    names: entrants.map(({ name }) => name),
    goal,
  };
}

/**
 * The run with the steps `from` to `to` put in place. Steps behind the last one held replace what was there:
 * that is a rewind, after a knob was turned at an earlier step.
 *
 * @param {Run} run
 * @param {Steps} event
 * @param {Record<string, Tensor>} arrays points [entrants, count, 2] and losses [entrants, count]
 * @returns {Run}
 */
export function folded(run, { from, to, last, outcomes, reached }, { points, losses }) {
  const count = to - from + 1;
  if (from > run.have + 1 || to > run.steps)
    throw new RangeError(`steps ${from} to ${to} do not follow step ${run.have} of ${run.steps}`);
  for (let i = 0; i < run.entrants; i++) {
    run.points[i].set(points.data.subarray(2 * count * i, 2 * count * (i + 1)), 2 * from);
    run.losses[i].set(losses.data.subarray(count * i, count * (i + 1)), from);
  }
  return { ...run, have: to, complete: last, outcomes, reached, version: versions++ };
}
