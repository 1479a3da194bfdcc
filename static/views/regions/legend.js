// What the numbers over the regions are shares of, and what the signs of the samples mean.

import { fill } from '../../format.js';
import { onChange } from '../canvas/frame-loop.js';

/**
 * @param {HTMLElement} card with data-part="pill", "legend" and "matrix", and a mark for each set
 * @param {import('../../state/network/types.js').NetworkState} state
 * @returns {() => void} undo
 */
export function regionLegend(card, state) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (card.querySelector(`[data-part="${name}"]`));
  const [pill, legend, matrix] = ['pill', 'legend', 'matrix'].map(part);
  const marks = /** @type {HTMLElement[]} */ ([...legend.querySelectorAll('[data-set]')]);

  return onChange([state.facts, state.samples, state.confused], () => {
    const [facts, samples] = [state.facts.get(), state.samples.get()];
    if (!facts || !samples) return;
    const which = facts.sets[1] > 0 ? 1 : 0;
    const set = which ? 'validation' : 'training';
    const [measured, all] = [facts.measured[which], facts.sets[which]];
    const some = fill(pill.dataset.some, { measured: measured.toLocaleString('en'), all: all.toLocaleString('en'), set });
    const counted = samples.kind === 'classes' && samples.window === null; // in the matrices, all of them
    const text = measured < all && samples.kind !== 'curve' && !counted ? some : (pill.dataset[samples.kind === 'curve' ? `${set}Loss` : set] ?? '');
    if (pill.textContent !== text) pill.textContent = text;
    legend.dataset.kind = samples.kind;
    matrix.hidden = samples.window !== null;
    const step = state.confused.get()?.step;
    const says = samples.kind === 'curve' ? (matrix.dataset.nothing ?? '') : fill(step === undefined ? matrix.dataset.says : matrix.dataset.at, { step: step ?? '' });
    if (matrix.textContent !== says) matrix.textContent = says;
    for (const mark of marks) mark.hidden = !matrix.hidden || facts.sets[Number(mark.dataset.set)] === 0;
  });
}
