// What the parts of a network are called, in the words of the template.

import { fill, number } from '../format.js';
import { isBias, numberOf } from '../state/network-weights.js';

/** @typedef {import('../state/network-types.js').Sampled} Sampled */
/** @typedef {import('../state/network-types.js').Weight} Weight */

/**
 * @param {DOMStringMap} words
 * @param {Sampled} samples
 * @param {number[]} dims
 */
export function networkNames(words, { names, classes, shape }, dims) {
  const last = dims.length - 1;

  /** @param {number} layer 0 for the inputs @param {number} index */
  function neuron(layer, index) {
    if (layer === 0) {
      if (shape) return fill(words.pixel, { row: Math.floor(index / shape[1]) + 1, column: (index % shape[1]) + 1 });
      return names[index] || fill(words.inputNamed, { index: index + 1 });
    }
    if (layer === last) return dims[last] > 1 ? fill(words.outputNamed, { name: classes[index] ?? index + 1 }) : words.output ?? '';
    return fill(words.neuron, { layer, neuron: index + 1 });
  }

  return {
    neuron,
    /** @param {number} layer */
    column: (layer) => (layer === 0 ? words.input : layer === last ? words.output : fill(words.layer, { layer })) ?? '',
    /** Beside the neuron of an input or an output. @param {number} layer @param {number} index */
    beside(layer, index) {
      if (layer === 0) return shape ? '' : (names[index] ?? '');
      return layer === last && dims[last] > 1 ? (classes[index] ?? '') : '';
    },
    /** @param {Weight} weight @param {ArrayLike<number>} weights */
    weight(weight, weights) {
      const value = number(weights[numberOf(dims, weight)], 4);
      const to = neuron(weight.layer + 1, weight.to);
      return isBias(dims, weight) ? fill(words.bias, { to, value }) : fill(words.connection, { from: neuron(weight.layer, weight.from), to, value });
    },
  };
}

/** @typedef {ReturnType<typeof networkNames>} NetworkNames */
