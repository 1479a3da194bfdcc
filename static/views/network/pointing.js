// A hand or the keys on the drawing of the network: what they point at, and what they choose.

import { numberOf } from '../../state/network/weights.js';
import { stepped, within } from './keys.js';
import { lineAt, neuronAt } from './lines.js';

/** @typedef {import('../../state/network/types.js').Weight} Weight */
/** @typedef {import('./lines.js').Drawn} Drawn */

/** Whether two are the same connection, or both none. @param {Weight | null} a @param {Weight | null} b */
export const sameWeight = (a, b) => a === b || (a !== null && b !== null && a.layer === b.layer && a.from === b.from && a.to === b.to);

/**
 * What lies under a place: a connection, the bias of a neuron, or a pixel of a neuron's picture.
 * @param {Drawn} drawn
 * @param {number} left @param {number} top
 * @returns {Weight | null}
 */
export function weightAt(drawn, left, top) {
  const { dims, picture } = drawn;
  const neuron = neuronAt(drawn.layout, left, top);
  if (!neuron) return lineAt(drawn, left, top);
  const { layer, neuron: to, across, down } = neuron;
  if (layer === 0) return null;
  const [high, wide] = picture ?? [0, 0];
  const from = picture && layer === 1 ? Math.floor(down * high) * wide + Math.floor(across * wide) : dims[layer - 1];
  return { layer: layer - 1, from, to };
}

/**
 * @param {HTMLElement} hand
 * @param {import('../../state/types.js').Writable<Weight | null>} pointed
 * @param {import('../../state/types.js').Readable<Weight | null>} chosen
 * @param {{drawn: () => Drawn | null, choose: (weight: Weight | null) => void, tell: () => void}} tell `tell` says aloud
 *   what is pointed at
 * @returns {() => void} undo
 */
export function networkPointing(hand, pointed, chosen, { drawn, choose, tell }) {
  const controller = new AbortController();
  const { signal } = controller;
  let keyed = false;

  /** @param {Weight | null} next */
  function aim(next) {
    if (!sameWeight(next, pointed.get())) pointed.set(next);
    hand.classList.toggle('is-over', next !== null);
  }

  /** @param {MouseEvent} event */
  function under({ clientX, clientY }) {
    const now = drawn();
    if (!now) return null;
    const box = hand.getBoundingClientRect();
    return weightAt(now, clientX - box.left, clientY - box.top);
  }

  // A click leaves the keys to the page: they play and pause. Who wants to walk comes here by Tab.
  hand.addEventListener('mousedown', (event) => event.preventDefault(), { signal });
  hand.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'touch') return;
    keyed = false;
    aim(under(event));
  }, { signal });
  hand.addEventListener('pointerleave', () => void (keyed || aim(null)), { signal });
  hand.addEventListener('click', (event) => {
    const next = under(event);
    keyed = false;
    choose(sameWeight(next, chosen.get()) ? null : next);
  }, { signal });
  hand.addEventListener('focus', () => {
    const now = drawn();
    if (!now || !hand.matches(':focus-visible')) return;
    keyed = true;
    aim(within(chosen.get() ?? { layer: 0, from: 0, to: 0 }, now.dims));
    tell();
  }, { signal });
  hand.addEventListener('blur', () => {
    keyed = false;
    aim(null);
  }, { signal });
  hand.addEventListener('keydown', (event) => {
    const now = drawn();
    if (!now || event.ctrlKey || event.metaKey || event.altKey) return;
    const held = pointed.get();
    const next = stepped(event.key, held && numberOf(now.dims, held) >= 0 ? held : null, now.dims);
    if (next) aim(next);
    else if (event.key === 'Enter' || event.key === ' ') choose(sameWeight(held, chosen.get()) ? null : held);
    else if (event.key === 'Escape' && chosen.get()) choose(null);
    else return;
    keyed = true;
    tell();
    event.preventDefault();
    event.stopPropagation();
  }, { signal });
  return () => controller.abort();
}
