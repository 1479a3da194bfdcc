// Marks over the drawing of the network: the connection that is pointed at, and the one that is chosen.

import { isBias, numberOf } from '../../state/network/weights.js';
import { thickness, traceLine } from './lines.js';
import { outline } from './neurons.js';

/** @typedef {import('../../state/network/types.js').Weight} Weight */
/** @typedef {import('./lines.js').Drawn} Drawn */
/** @typedef {import('./layout.js').Spot} Spot */

/**
 * @param {CanvasRenderingContext2D} c
 * @param {Drawn} drawn
 * @param {Weight} weight
 * @param {{edge: string, halo: string, signs: string[]}} colours
 */
export function markWeight(c, { layout, dims, weights, scale, thick, picture }, weight, { edge, halo, signs }) {
  const [before, after] = [layout.columns[weight.layer], layout.columns[weight.layer + 1]];
  const end = after.spots[weight.to];
  frame(c, end, after.size, edge);
  if (isBias(dims, weight)) return;
  if (picture && weight.layer === 0) {
    const [high, wide] = picture;
    const [row, column] = [Math.floor(weight.from / wide), weight.from % wide];
    const [across, down] = [after.size / wide, after.size / high];
    c.strokeStyle = edge;
    c.lineWidth = 1.5;
    c.strokeRect(end.left - after.size / 2 + column * across - 1, end.top - after.size / 2 + row * down - 1, across + 2, down + 2);
    return;
  }
  const begin = before.spots[weight.from];
  const value = weights[numberOf(dims, weight)];
  const wide = thickness(Math.abs(value) / scale || 0, thick);
  c.beginPath();
  traceLine(c, begin.left + before.size / 2, begin.top, end.left - after.size / 2, end.top);
  for (const [style, more] of /** @type {[string, number][]} */ ([[edge, 5], [halo, 2], [signs[value > 0 ? 1 : 0], 0]])) {
    c.lineWidth = wide + more;
    c.strokeStyle = style;
    c.stroke();
  }
  frame(c, begin, before.size, edge);
}

/** Where the number of a weight is written: the middle of its line, or above the neuron. @param {Drawn} drawn @param {Weight} weight @returns {[number, number]} */
export function placeOf({ layout: { columns }, dims, picture }, weight) {
  const { layer, from, to } = weight;
  const after = columns[layer + 1];
  const end = after.spots[to];
  if (isBias(dims, weight) || (picture && layer === 0)) return [end.left, end.top - after.size / 2];
  const begin = columns[layer].spots[from];
  return [(begin.left + end.left) / 2, (begin.top + end.top) / 2];
}

/** @param {CanvasRenderingContext2D} c @param {Spot} spot @param {number} size @param {string} colour */
function frame(c, { left, top }, size, colour) {
  outline(c, left - size / 2 - 1, top - size / 2 - 1, size + 2);
  c.lineWidth = 2.2;
  c.strokeStyle = colour;
  c.stroke();
}
