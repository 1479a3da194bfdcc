// @ts-check
/**
 * Folds what the server sends into the path so far.
 *
 * @import { Outcome, Run } from '../types.js'
 * @import { Measured, NetworkFacts } from '../network/types.js'
 * @import { Tensor } from '../../net/frames.js'
 * @import { ReadyEvent, StepsEvent, StepsEventArrays } from '../../net/messages.js'
 *
 * @typedef {Pick<ReadyEvent, "id" | "steps" | "goal" | "goals" | "entrants"> & {network?: NetworkFacts | null}} Ready
 * @typedef {Omit<StepsEvent, "type" | "stopped"> & Partial<Pick<StepsEvent, "stopped">>} Steps
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
  goals: [],
  complete: false,
  version: versions++,
  dim: 2,
  weights: [],
  validation: null,
  test: null,
  training: null,
  stopped: [],
  network: null,
  records: [],
  measured: null,
  rewritten: 0,
});

/**
 * A run with room for every step and none yet.
 *
 * @param {Ready} ready
 * @returns {Run}
 */
export function begun({ id, steps, goal, goals, entrants, network = null }) {
  const points = network ? [] : room(entrants.length, steps, 2);
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
    goals,
    network,
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
 * @param {StepsEventArrays} arrays
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
  if (arrays.points) put(run.points, arrays.points, 2);
  put(run.losses, arrays.losses, 1);
  /** @type {Partial<Run>} */
  const more = { rewritten: run.rewritten + Number(from <= run.have) };
  if (arrays.weights) {
    const dim = arrays.weights.shape[2];
    const weights = run.weights === run.points ? room(entrants, steps, dim) : run.weights;
    put(weights, arrays.weights, dim);
    Object.assign(more, { dim, weights });
  }
  if (arrays.records) Object.assign(more, measuredIn(run, from, arrays));
  else
    for (const name of /** @type {const} */ (["validation", "test", "training"])) {
      const came = arrays[name];
      if (came) put((more[name] = run[name] ?? room(entrants, steps, 1)), came, 1);
    }
  return { ...run, ...more, have: to, complete: last, outcomes, reached, stopped, version: versions++ };
}

const MEASURED = /** @type {const} */ ([
  "training", "validation", "test", "training_accuracy", "validation_accuracy", "test_accuracy",
]);

/**
 * What was measured at recorded steps. Records from step `from` on replace those that were there.
 *
 * @param {Run} run
 * @param {number} from
 * @param {StepsEventArrays} arrays
 * @returns {Pick<Run, "records" | "measured">}
 */
function measuredIn(run, from, { records, ...arrays }) {
  const recordsBefore = run.records.filter((step) => step < from);
  const came = [...(records?.data ?? [])];
  /** @type {Partial<Measured>} */
  const measured = {};
  for (const name of MEASURED) {
    const data = arrays[name]?.data;
    if (!data) continue;
    const held = run.measured?.[name] ?? room(run.entrants, recordsAtMost(run), 1);
    measured[name] = held.map((each, i) => {
      const whole = recordsBefore.length + came.length <= each.length ? each : longer(each, recordsBefore.length + came.length);
      whole.set(data.subarray(came.length * i, came.length * (i + 1)), recordsBefore.length);
      return whole;
    });
  }
  return { records: [...recordsBefore, ...came], measured: /** @type {Measured} */ (measured) };
}

/** @param {Run} run */
const recordsAtMost = ({ steps, network }) => Math.ceil(steps / (network?.every ?? 1)) + 1;

/** @param {Float64Array} array @param {number} length */
function longer(array, length) {
  const copy = new Float64Array(2 * length);
  copy.set(array);
  return copy;
}

/**
 * The place among the records of the last one at or before a step; -1 for none.
 *
 * @param {Pick<Run, "records">} run
 * @param {number} step
 */
export function recordAt({ records }, step) {
  let low = 0;
  let high = records.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle] <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * The loss of an entrant at a step: of a training that of the whole training set, as it was measured last.
 *
 * @param {Run} run
 * @param {number} entrant
 * @param {number} step
 */
export function lossAt(run, entrant, step) {
  if (!run.measured) return run.losses[entrant][step];
  const at = recordAt(run, step);
  return at < 0 ? NaN : run.measured.training[entrant][at];
}
