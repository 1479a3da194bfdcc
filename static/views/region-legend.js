// What the numbers over the regions are shares of, and what the signs of the samples mean.

import { onChange } from './frame-loop.js';

/**
 * @param {HTMLElement} card with data-part="pill", "legend" and "matrix", and a mark for each set
 * @param {import('../state/network-types.js').NetworkState} state
 * @returns {() => void} undo
 */
export function regionLegend(card, state) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (card.querySelector(`[data-part="${name}"]`));
  const [pill, legend, matrix] = ['pill', 'legend', 'matrix'].map(part);
  const marks = /** @type {HTMLElement[]} */ ([...legend.querySelectorAll('[data-set]')]);

  return onChange([state.facts, state.samples], () => {
    const [facts, samples] = [state.facts.get(), state.samples.get()];
    if (!facts || !samples) return;
    const set = facts.sets[1] > 0 ? 'validation' : 'training';
    const text = pill.dataset[samples.kind === 'curve' ? `${set}Loss` : set] ?? '';
    if (pill.textContent !== text) pill.textContent = text;
    legend.dataset.kind = samples.kind;
    matrix.hidden = samples.window !== null;
    for (const mark of marks) mark.hidden = !matrix.hidden || facts.sets[Number(mark.dataset.set)] === 0;
  });
}
