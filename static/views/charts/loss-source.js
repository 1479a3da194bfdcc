// What the curves show: the loss of every step, or what a training measures at its records.

import { number, percent } from '../../format.js';
import { recordAt } from '../../state/running/run.js';
import { byEpochs, bySeconds, bySteps } from './axis-units.js';
import { accuracyScale, lossScale } from './loss-scale.js';

/**
 * @typedef {import('../../state/types.js').Run} Run
 * @typedef {import('./loss-lines.js').Line} Line
 * @typedef {import('./axis-units.js').Across} Across
 * @typedef {import('./loss-scale.js').Scale} Scale
 * @typedef {import('../../state/network/types.js').SetName} SetName
 */

/** A line beside an entrant's own. @typedef {{line: Line, dashes: number[]}} FurtherLine */

/**
 * @typedef {object} Source
 * @property {(run: Run) => Across} across
 * @property {(run: Run, lines: Line[], height: number) => Scale} up
 * @property {<E>(seen: E[]) => E[]} withLines who of those that are to be seen has a line; the chosen one comes last
 * @property {(run: Run, index: number) => Line} own the line of an entrant
 * @property {(run: Run, index: number) => FurtherLine[]} others of the chosen one, beside its own
 * @property {(run: Run, index: number, step: number) => number} value on an entrant's own line
 * @property {(run: Run, index: number, step: number) => {name: string, value: number}[]} apart what a card says of one
 *   entrant line by line, their names of the words of the element; empty where it names all entrants instead
 * @property {() => string} word of what is shown, of the words of the element
 * @property {(value: number) => string} written
 * @property {(value: number) => number} worth lower is better
 * @property {(run: Run) => number | null} goal
 * @property {() => unknown} key what else the picture depends on
 * @property {import('../../state/types.js').Readable<any>[]} watched
 */

const VALIDATION = [6, 4]; // dashes
const TEST = [1.5, 3.5];
const SETS = /** @type {const} */ (['training', 'validation', 'test']);
/** @type {[SetName, number[]][]} */
const DASHED = [['validation', VALIDATION], ['test', TEST]];

/** The losses of a race: one for every step. @type {Source} */
export const everyStep = {
  across: ({ steps }) => bySteps(Math.max(1, steps)),
  up: lossScale,
  withLines: (seen) => seen,
  own: (run, index) => ofSteps(run, lossesOf(run)[index]),
  others: (run, index) =>
    [{ values: run.validation?.[index], dashes: VALIDATION }, { values: run.test?.[index], dashes: TEST }].flatMap(({ values, dashes }) =>
      values ? [{ line: ofSteps(run, values), dashes }] : [],
    ),
  value: (run, index, step) => lossesOf(run)[index][step],
  apart: () => [],
  word: () => 'loss',
  written: (value) => number(value, 3),
  worth: (value) => value,
  goal: (run) => (run.training ? null : (run.goal?.loss ?? null)),
  key: () => null,
  watched: [],
};

/** What is withLines of a race: losses without penalties. @param {Run} run */
const lossesOf = (run) => run.training ?? run.losses;

/** @param {Run} run @param {Float64Array} values @returns {Line} */
const ofSteps = (run, values) => ({ values, count: run.have + 1, steps: null });

/**
 * What a training measures: losses, or shares of right answers, against steps, epochs or the seconds that each has worked.
 * Either of everybody on one set, or of the chosen one on all three.
 *
 * @param {import('../../state/network/types.js').NetworkState} state
 * @returns {Source}
 */
export function everyRecord({ curve, paces }) {
  const suffix = () => (curve.get().of === 'accuracy' ? '_accuracy' : '');
  /** @param {Run} run @param {SetName} set @param {number} index @returns {Line | null} */
  function measured(run, set, index) {
    const values = run.measured?.[/** @type {keyof NonNullable<Run["measured"]>} */ (`${set}${suffix()}`)]?.[index];
    return values ? { values, count: run.records.length, steps: run.records } : null;
  }
  const NONE = { values: [], count: 0, steps: null };
  const three = () => curve.get().set === 'three';
  const first = () => /** @type {SetName} */ (three() ? 'training' : curve.get().set);
  const own = (/** @type {Run} */ run, /** @type {number} */ index) => measured(run, first(), index) ?? NONE;
  /** @param {Line | null} line @param {Run} run @param {number} step */
  function valueOf(line, run, step) {
    const at = recordAt(run, step);
    return at < 0 ? NaN : (line?.values[at] ?? NaN);
  }
  return {
    across(run) {
      const steps = Math.max(1, run.steps);
      const { by } = curve.get();
      if (by === 'time') return bySeconds(steps, paces.get());
      return by === 'epoch' ? byEpochs(steps, run.network?.epoch ?? 1) : bySteps(steps);
    },
    up: (run, lines, height) => (curve.get().of === 'accuracy' ? accuracyScale(lines, height) : lossScale(run, lines, height)),
    withLines: (seen) => (three() ? seen.slice(-1) : seen),
    own,
    others: (run, index) =>
      !three() ? [] : DASHED.flatMap(([set, dashes]) => {
        const line = measured(run, set, index);
        return line ? [{ line, dashes }] : [];
      }),
    value: (run, index, step) => valueOf(own(run, index), run, step),
    apart: (run, index, step) =>
      !three() ? [] : SETS.flatMap((set) => {
        const line = measured(run, set, index);
        return line ? [{ name: set, value: valueOf(line, run, step) }] : [];
      }),
    word: () => curve.get().of,
    written: (value) => (curve.get().of === 'accuracy' ? percent(value) : number(value, 3)),
    worth: (value) => (curve.get().of === 'accuracy' ? -value : value),
    goal: () => null,
    key: () => JSON.stringify([curve.get(), paces.get()]),
    watched: [curve, paces],
  };
}
