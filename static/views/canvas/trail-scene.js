// Who is to be seen, in which order, and how far: what the map and the 3-D surface both ask of the state.

import { entrantNames } from '../../state/names.js';

/**
 * @typedef {{index: number, colour: string, name: string}} Seen
 */

/**
 * Entrants that are shown, the chosen one last.
 * @param {import('../../state/types.js').State} state
 * @returns {Seen[]}
 */
export function seenEntrants(state) {
  const setup = state.setup.get();
  const { entrants } = setup;
  const { solo } = state.view.get();
  const run = state.run.get();
  const chosen = state.chosen.get();
  const colours = state.colours.get();
  const names = entrantNames(setup, state.catalog);
  /** @type {Seen[]} */
  const seen = [];
  for (let index = 0; index < Math.min(entrants.length, run.losses.length); index++) {
    const shown = solo === null ? !entrants[index].hidden : index === solo;
    if (shown) seen.push({ index, colour: colours[index] ?? 'currentColor', name: names[index] });
  }
  return seen.sort((a, b) => Number(a.index === chosen) - Number(b.index === chosen));
}

/** @param {import('../../state/types.js').State} state @returns {number} the step shown; -1 when there is none yet */
export function shownStep(state) {
  return Math.min(state.playhead.get().step, state.run.get().have);
}

/**
 * What the kept part of the trails depends on, beside the points themselves.
 * @param {import('../../state/types.js').State} state
 * @param {Seen[]} seen
 * @returns {unknown[]}
 */
export function runKey(state, seen) {
  const run = state.run.get();
  return [run.id, run.points[0], state.chosen.get(), seen.map(({ index, colour }) => `${index}${colour}`).join()];
}

/**
 * A run's arrays are filled in place, so a rewind (a knob turned at an earlier step) shows only in the numbers.
 * @param {import('../../state/types.js').Run} run
 * @param {number} step
 * @returns {number} a sum that changes when any path changes at or before that step
 */
export function pathSum(run, step) {
  let sum = 0;
  for (const points of run.points) {
    for (let k = 2 * step + 1; k >= 0; k--) sum += points[k];
  }
  return sum;
}
