// What stands over each picture: who it is, how much is right, and whether they are no more. Over a matrix stands what
// the matrix itself says, so that both are of the same step and the same samples.

import { fill, number, percent } from '../../format.js';
import { recordAt } from '../../state/running/run.js';
import { shownStep } from '../canvas/trail-scene.js';

const READABLE = 120; // milliseconds that a number stands while it plays

/** @typedef {import('../../state/network/types.js').NetworkState} NetworkState */

/**
 * @param {DOMStringMap} words
 * @param {NetworkState} state
 */
export function regionHeads(words, state) {
  let told = -Infinity;

  /**
   * @param {{cell: import('./cell.js').RegionCell, index: number, name: string, colour: string}[]} seen
   * @param {boolean} draws whether a hand can draw here
   */
  return function tell(seen, draws) {
    const run = state.run.get();
    const step = shownStep(state);
    const soon = state.playhead.get().playing && performance.now() - told < READABLE;
    if (!soon) told = performance.now();
    const record = recordAt(run, step);
    const accuracies = run.measured?.validation_accuracy ?? run.measured?.training_accuracy;
    const losses = run.measured?.validation ?? run.measured?.training;
    const samples = state.samples.get();
    const counted = samples?.kind === 'classes' && samples.window === null;
    const confused = counted && state.confused.get()?.race === run.id ? state.confused.get() : null;
    for (const { cell, index, name, colour } of seen) {
      if (cell.name.textContent !== name) cell.name.textContent = cell.name.title = name;
      if (cell.dot.style.getPropertyValue('--colour') !== colour) cell.dot.style.setProperty('--colour', colour);
      cell.head.setAttribute('aria-pressed', String(index === state.chosen.get()));
      cell.draws(draws, fill(draws ? words.draws : samples?.window ? words.picture : words.matrix, { name }));
      if (soon && record >= 0 && !counted && cell.score.textContent !== '') continue;
      const share = counted ? percent(confused?.accuracy[index]) : accuracies ? percent(accuracies[index]?.[record]) : number(losses?.[index]?.[record], 3);
      write(cell.score, record < 0 || (counted && !confused) ? '' : share);
      const outcome = run.outcomes[index];
      const dead = outcome?.kind === 'diverged' && (outcome.step ?? 0) <= step;
      write(cell.fate, dead ? fill(words.diverged, { step: outcome.step ?? '' }) : '');
    }
  };
}

/** @param {HTMLElement} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
