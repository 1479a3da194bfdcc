// The standings of a regression: the error, how far it is above the exact answer's, and where the weights are.

import { fill, number, typeable } from '../../format.js';

/**
 * @param {import('../../state/types.js').RegressionState} state
 * @returns {import('./standing.js').Columns}
 */
export const fitColumns = ({ fit }) => {
  /** The numbers of one entrant. @type {import('./standing.js').Columns["values"]} */
  function values({ index, loss }, run, step) {
    const { dim } = run;
    const known = fit.get();
    const exact = known?.dim === dim ? known.exact : null;
    const weights = run.weights[index].subarray(dim * step, dim * (step + 1));
    return {
      loss: run.training ? run.training[index][step] : loss,
      gap: loss - (exact?.losses[0] ?? NaN),
      validation: run.validation ? run.validation[index][step] : NaN,
      first: weights[0],
      second: weights[1],
      distance: exact?.weights ? Math.hypot(...exact.weights.map((weight, i) => (weight ?? NaN) - weights[i])) : NaN,
    };
  }

  return {
    values,
    pill(_run, words) {
      const loss = fit.get()?.exact?.losses[0] ?? null;
      return loss === null ? '' : fill(words.exact, { loss: number(loss, 4) });
    },
    cells(standing, run, step) {
      const known = fit.get();
      const { dim } = run;
      const exact = known?.dim === dim ? known.exact : null;
      const of = values(standing, run, step);
      const shown = (/** @type {number} */ value, digits = 4) => (Number.isFinite(value) ? number(value, digits) : '');
      const again = (/** @type {number} */ value) => (Number.isFinite(value) ? typeable(value, exact?.digits ?? 4) : '');
      return {
        loss: shown(of.loss),
        gap: shown(of.gap, 3),
        validation: run.validation ? shown(of.validation) : null,
        first: dim === 2 ? again(of.first) : null,
        second: dim === 2 ? again(of.second) : null,
        distance: dim === 2 ? null : shown(of.distance, 3),
      };
    },
  };
};
