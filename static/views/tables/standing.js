// What the standings say of one entrant at one step.

import { fill, number, tick } from '../../format.js';
import { lossAt } from '../../state/running/run.js';

/** @typedef {import('../../state/types.js').Run} Run */

/**
 * @typedef {object} Standing
 * @property {number} index of the entrant
 * @property {string} name
 * @property {string} colour
 * @property {number} loss NaN after it has diverged
 * @property {number} distance to the nearest known minimum; NaN where none is known
 * @property {number | null} reached step at which it came below the goal, if it has by now
 * @property {boolean} left whether it has risen above the goal again
 * @property {'running' | 'over' | 'stopped' | 'converged' | 'saddle' | 'plateau' | 'stalled' | 'diverged'} word
 * @property {'running' | 'converged' | 'stalled' | 'diverged'} kind
 * @property {number | null} when the outcome's step
 */

/**
 * @param {Run} run
 * @param {{index: number, colour: string, name: string}} entrant
 * @param {number} step the playhead
 * @param {{point: number[]}[]} minima
 * @returns {Standing}
 */
export function standing(run, { index, colour, name }, step, minima) {
  const outcome = run.outcomes[index];
  const known = outcome && outcome.kind !== 'running' && (outcome.step ?? run.steps) <= step;
  const kind = /** @type {Standing['kind']} */ (known ? outcome.kind : 'running');
  const where = outcome?.where === 'saddle' || outcome?.where === 'plateau' ? outcome.where : 'stalled';
  const [x, y] = run.points[index]?.subarray(2 * step, 2 * step + 2) ?? [NaN, NaN];
  const reached = run.reached[index] ?? null;
  const stop = run.stopped[index] ?? null;
  const stopped = kind === 'running' && stop !== null && stop <= step;
  const distance = Math.min(...minima.map(({ point }) => Math.hypot(point[0] - x, point[1] - y)));
  const over = run.complete && step === run.steps;
  const loss = lossAt(run, index, step);
  return {
    index,
    name,
    colour,
    loss,
    distance: kind === 'diverged' ? NaN : distance,
    reached: reached !== null && reached <= step ? reached : null,
    left: !(loss < (run.goals[index]?.loss ?? Infinity)),
    word: stopped ? 'stopped' : kind === 'stalled' ? where : kind === 'running' && over ? 'over' : kind,
    kind: stopped ? 'converged' : kind,
    when: stopped ? stop : known ? outcome.step : null,
  };
}

/**
 * What a table of standings says beside name and outcome.
 * @typedef {object} Columns
 * @property {(run: Run, words: DOMStringMap) => string} pill in the head of the table
 * @property {(run: Run, words: DOMStringMap) => Record<string, string>} [heads] what stands below the name of a column
 * @property {(standing: Standing, run: Run, step: number, words: DOMStringMap) => Record<string, string | null>} cells text by
 *   column; "" is nothing to say, null of all: the column is not shown
 */

/** The standings of a race on a surface. @type {Columns} */
export const SURFACE_COLUMNS = {
  pill: (run, words) => (run.goal ? fill(words.goal, { loss: tick(run.goal.loss, 3) }) : ''),
  cells: ({ loss, distance, reached, left }, _run, _step, words) => ({
    loss: Number.isFinite(loss) ? number(loss, 4) : '',
    distance: Number.isFinite(distance) ? number(distance, 3) : '',
    goal: reached === null ? '' : left ? fill(words.left, { step: reached }) : String(reached),
  }),
};

/**
 * Lowest loss first; those without a loss last; equals keep the order that they have.
 * @param {Standing[]} standings
 * @returns {Standing[]}
 */
export function ranked(standings) {
  const worth = (/** @type {Standing} */ { loss }) => (Number.isFinite(loss) ? loss : Infinity);
  return [...standings].sort((a, b) => (worth(a) === worth(b) ? 0 : worth(a) - worth(b)));
}
