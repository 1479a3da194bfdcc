// What is said in words where there is no value: nowhere in the window, at the start, or in gaps of the 3-D surface.

import { seenEntrants } from '../canvas/trail-scene.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { relief } from './relief.js';

/**
 * @param {HTMLElement} element the map or the 3-D view: data-nowhere, data-stuck and data-gaps are the words, its part
 *   ground-note the place for them
 * @param {import('../../state/types.js').State} state
 * @returns {() => void} undo
 */
export function groundWords(element, state) {
  const note = /** @type {HTMLElement} */ (element.querySelector('[data-part="ground-note"]'));
  const frame = painter(() => {
    const map = state.map.get();
    const defined = map ? relief(map).defined : Infinity;
    const { nowhere = '', stuck = '', gaps = '' } = element.dataset;
    const said = [defined === 0 && nowhere, allStuck(state) && stuck].filter(Boolean);
    const aside = said.length === 0 && map && defined < map.loss.length;
    note.classList.toggle('is-aside', Boolean(aside));
    const text = aside ? gaps : said.join(' ');
    if (note.textContent !== text) note.textContent = text;
    note.hidden = text === '';
  });
  const undo = onChange([state.map, state.run, state.setup, state.view], frame.dirty);
  return () => {
    undo();
    frame.stop();
  };
}

/** Whether all who can be seen began where the loss has no value. @param {import('../../state/types.js').State} state */
function allStuck(state) {
  const { outcomes } = state.run.get();
  const seen = seenEntrants(state);
  return seen.length > 0 && seen.every(({ index }) => outcomes[index]?.where === 'undefined' && outcomes[index].step === 0);
}
