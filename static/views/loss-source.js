// What the curves show: the loss of every step, or what a training measures at its records.

import { number, percent, tick } from '../format.js';
import { recordAt } from '../state/run.js';
import { accuracyScale, lossScale, stepTicks } from './loss-scale.js';

/**
 * @typedef {import('../state/types.js').Run} Run
 * @typedef {import('./loss-lines.js').Line} Line
 * @typedef {import('./loss-scale.js').Scale} Scale
 * @typedef {import('../state/network-types.js').SetName} SetName
 */

/**
 * The axis to the right.
 * @typedef {object} Across
 * @property {(step: number) => number} at place of a step, 0 at the left, 1 at the right
 * @property {(place: number) => number} step at a place
 * @property {(width: number) => {at: number, text: string}[]} ticks for so many pixels
 * @property {string} word what it is, of the words of the element
 */

/** A line beside an entrant's own. @typedef {{line: Line, dashes: number[]}} Beside */

/**
 * @typedef {object} Source
 * @property {(run: Run) => Across} across
 * @property {(run: Run, lines: Line[], height: number) => Scale} up
 * @property {<E>(seen: E[]) => E[]} drawn who of those that are to be seen has a line; the chosen one comes last
 * @property {(run: Run, index: number) => Line} own the line of an entrant
 * @property {(run: Run, index: number) => Beside[]} others of the chosen one, beside its own
 * @property {(run: Run, index: number, step: number) => number} value on an entrant's own line
 * @property {(run: Run, index: number, step: number) => {name: string, value: number}[]} apart what a card says of one
 *   entrant line by line, their names of the words of the element; empty where it names all entrants instead
 * @property {() => string} word of what is shown, of the words of the element
 * @property {(value: number) => string} written
 * @property {(value: number) => number} worth lower is better
 * @property {(run: Run) => number | null} goal
 * @property {() => unknown} key what else the picture depends on
 * @property {import('../state/types.js').Readable<any>[]} watched
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
  drawn: (seen) => seen,
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

/** What is drawn of a race: losses without penalties. @param {Run} run */
const lossesOf = (run) => run.training ?? run.losses;

/** @param {Run} run @param {Float64Array} values @returns {Line} */
const ofSteps = (run, values) => ({ values, count: run.have + 1, steps: null });

/**
 * What a training measures: losses, or shares of right answers, against steps, epochs or seconds. Either of everybody on
 * one set, or of the chosen one on all three.
 *
 * @param {import('../state/network-types.js').NetworkState} state
 * @returns {Source}
 */
export function everyRecord({ curve }) {
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
      if (by === 'time') return bySeconds(run);
      return by === 'epoch' ? byEpochs(steps, run.network?.epoch ?? 1) : bySteps(steps);
    },
    up: (run, lines, height) => (curve.get().of === 'accuracy' ? accuracyScale(lines, height) : lossScale(run, lines, height)),
    drawn: (seen) => (three() ? seen.slice(-1) : seen),
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
    key: () => curve.get(),
    watched: [curve],
  };
}

/** @param {number} steps @returns {Across} */
const bySteps = (steps) => ({
  at: (step) => step / steps,
  step: (place) => place * steps,
  ticks: (width) => stepTicks(steps, width).map((step) => ({ at: step / steps, text: tick(step, 6) })),
  word: 'step',
});

/** @param {number} steps @param {number} epoch steps of one @returns {Across} */
const byEpochs = (steps, epoch) => ({
  ...bySteps(steps),
  ticks: (width) => stepTicks(steps / epoch, width).map((count) => ({ at: (count * epoch) / steps, text: tick(count, 6) })),
  word: 'epoch',
});

/** The seconds that the server has worked, for all entrants together. @param {Run} run @returns {Across} */
function bySeconds(run) {
  const { elapsed, steps, have } = run;
  if (!elapsed || have < 1 || !(elapsed[have] > 0)) return { ...bySteps(Math.max(1, steps)), ticks: () => [], word: 'time' };
  const whole = (elapsed[have] * steps) / have; // what is still to come is taken to go as fast
  const secondsAt = (/** @type {number} */ step) => (step <= have ? elapsed[Math.round(step)] : (whole * step) / steps);
  return {
    at: (step) => secondsAt(step) / whole,
    step(place) {
      let [low, high] = [0, steps];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (secondsAt(middle) < place * whole) low = middle + 1;
        else high = middle;
      }
      return low;
    },
    ticks: (width) => stepTicks(whole, width).map((seconds) => ({ at: seconds / whole, text: tick(seconds, 3) })),
    word: 'time',
  };
}
