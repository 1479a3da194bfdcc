// The standings of a regression: the error, how far it is above the exact answer's, and where the weights are.

import { fill, number, typeable } from '../../format.js';

/**
 * @param {import('../../state/types.js').RegressionState} state
 * @returns {import('./standing.js').Columns}
 */
export const fitColumns = ({ fit }) => ({
  pill(_run, words) {
    const loss = fit.get()?.exact?.losses[0] ?? null;
    return loss === null ? '' : fill(words.exact, { loss: number(loss, 4) });
  },
  cells({ index, loss }, run, step) {
    const known = fit.get();
    const { dim } = run;
    const exact = known?.dim === dim ? known.exact : null;
    const weights = run.weights[index].subarray(dim * step, dim * (step + 1));
    const shown = (/** @type {number} */ value, digits = 4) => (Number.isFinite(value) ? number(value, digits) : '');
    const again = (/** @type {number} */ value) => (Number.isFinite(value) ? typeable(value, exact?.digits ?? 4) : '');
    const away = exact?.weights ? Math.hypot(...exact.weights.map((weight, i) => (weight ?? NaN) - weights[i])) : NaN;
    return {
      loss: shown(run.training ? run.training[index][step] : loss),
      gap: shown(loss - (exact?.losses[0] ?? NaN), 3),
      validation: run.validation ? shown(run.validation[index][step]) : null,
      first: dim === 2 ? again(weights[0]) : null,
      second: dim === 2 ? again(weights[1]) : null,
      distance: dim === 2 ? null : shown(away, 3),
    };
  },
});
