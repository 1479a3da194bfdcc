// @ts-check
/**
 * Where each weight of a network lies in the one array of all: layer by layer, W [before, after] row by row, then the
 * biases. So the bias of a neuron is the weight from one more neuron than there are before it.
 *
 * @import { Weight } from './types.js'
 */

/** How many there are. @param {number[]} dims sizes of all layers, inputs first */
export const countOf = (dims) => dims.slice(1).reduce((sum, after, layer) => sum + (dims[layer] + 1) * after, 0);

/** The number of a layer's first weight. @param {number[]} dims @param {number} layer 0 joins the inputs to the first */
export const firstOf = (dims, layer) => countOf(dims.slice(0, layer + 1));

/** @param {number[]} dims @param {Weight} weight @returns {number} its number among all; -1: there is no such connection */
export function numberOf(dims, { layer, from, to }) {
  if (layer < 0 || layer >= dims.length - 1 || from < 0 || from > dims[layer] || to < 0 || to >= dims[layer + 1]) return -1;
  return firstOf(dims, layer) + from * dims[layer + 1] + to;
}

/** @param {number[]} dims @param {number} number @returns {Weight | null} */
export function weightOf(dims, number) {
  let at = number;
  for (let layer = 0; at >= 0 && layer < dims.length - 1; layer++) {
    const [before, after] = [dims[layer], dims[layer + 1]];
    if (at < (before + 1) * after) return { layer, from: Math.floor(at / after), to: at % after };
    at -= (before + 1) * after;
  }
  return null;
}

/** @param {number[]} dims @param {Weight} weight */
export const isBias = (dims, { layer, from }) => from === dims[layer];
