// The standings of a training: loss and share of right answers on every set, as measured at the record at the playhead.

import { fill, number } from '../format.js';
import { recordAt } from '../state/run.js';

const SETS = /** @type {const} */ (['training', 'validation', 'test']);

/** @param {number} share @returns {string} */
const percent = (share) => (Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '');

/** @returns {import('./standing.js').Columns} */
export const setColumns = () => ({
  pill: ({ network }, words) => (network ? fill(words.weights, { count: network.weights.toLocaleString('en') }) : ''),
  cells({ index }, run, step) {
    const at = recordAt(run, step);
    const value = (/** @type {Float64Array[] | undefined} */ rows) => (at < 0 ? NaN : (rows?.[index][at] ?? NaN));
    const cells = SETS.flatMap((set) => {
      const { [set]: losses, [/** @type {const} */ (`${set}_accuracy`)]: right } = run.measured ?? {};
      const loss = value(losses);
      return [
        [set, losses ? (Number.isFinite(loss) ? number(loss, 3) : '') : null],
        [`${set}_accuracy`, right ? percent(value(right)) : null],
      ];
    });
    return Object.fromEntries(cells);
  },
});
