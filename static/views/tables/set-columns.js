// The standings of a training: on every set the loss, and below it the share of right answers, as measured at the record
// at the playhead.

import { fill, number } from '../../format.js';
import { recordAt } from '../../state/running/run.js';

const SETS = /** @type {const} */ (['training', 'validation', 'test']);

/** @param {number} share @returns {string} */
const percent = (share) => (Number.isFinite(share) ? `${(100 * share).toFixed(1)}\u00a0%` : '');

/** @returns {import('./standing.js').Columns} */
export const setColumns = () => ({
  pill: ({ network }, words) => (network ? fill(words.weights, { count: network.weights.toLocaleString('en') }) : ''),
  heads({ network }, words) {
    const { sets, measured } = network ?? { sets: [], measured: [] };
    const some = (/** @type {number} */ i) => fill(words.some, { measured: measured[i].toLocaleString('en'), all: sets[i].toLocaleString('en') });
    return Object.fromEntries(SETS.map((set, i) => [set, measured[i] < sets[i] ? some(i) : '']));
  },
  cells({ index }, run, step) {
    const at = recordAt(run, step);
    const value = (/** @type {Float64Array[] | undefined} */ rows) => (at < 0 ? NaN : (rows?.[index][at] ?? NaN));
    /** @param {typeof SETS[number]} set */
    function cell(set) {
      const { [set]: losses, [/** @type {const} */ (`${set}_accuracy`)]: right } = run.measured ?? {};
      if (!losses) return null;
      const loss = value(losses);
      return [Number.isFinite(loss) ? number(loss, 3) : '', percent(value(right))].filter(Boolean).join('\n');
    }
    return Object.fromEntries(SETS.map((set) => [set, cell(set)]));
  },
});
