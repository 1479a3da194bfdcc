// What the parts of a network are called, in the words of the template.

import { fill, number } from '../../format.js';
import { isBias, numberOf } from '../../state/network/weights.js';

/** @typedef {import('../../state/network/types.js').Sampled} Sampled */
/** @typedef {import('../../state/network/types.js').Weight} Weight */
/** @typedef {import('../canvas/palette.js').Palette} Palette */

const ROOM = 9; // pixels from one neuron to the next, for names beside them
const APART = 6; // pixels between two names below the layers
const GAP = 6; // pixels between a neuron and its name

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
    dims,
    /** The width of the longest name beside a layer. @param {CanvasRenderingContext2D} c @param {Palette} palette @param {number} layer */
    widest(c, palette, layer) {
      c.font = `12px ${palette.font}`;
      if (layer === 0 && shape) return 0;
      let most = 0;
      for (let i = 0; i < dims[layer]; i++) most = Math.max(most, c.measureText(this.ofNeuron(layer, i)).width);
      return most;
    },
    /** @param {number} layer */
    column: (layer) => (layer === 0 ? words.input : layer === last ? words.output : fill(words.layer, { layer })) ?? '',
    /** Beside the neuron of an input or an output. @param {number} layer @param {number} index */
    ofNeuron(layer, index) {
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

/**
 * Names of the layers below them, of inputs and outputs beside them.
 * @param {CanvasRenderingContext2D} c
 * @param {import('./layout.js').Layout} layout
 * @param {NetworkNames} names
 * @param {Palette} palette
 * @param {number} longest pixels of a name beside a neuron
 */
export function paintNames(c, { columns, width, foot }, names, palette, longest) {
  const last = columns.length - 1;
  c.fillStyle = palette.muted;
  c.font = `12px ${palette.font}`;
  c.textBaseline = 'alphabetic';
  c.textAlign = 'center';
  const placed = columns.map(({ middle }, layer) => {
    const half = c.measureText(names.column(layer)).width / 2 + APART / 2;
    return { half, at: Math.min(Math.max(middle, half), width - half) };
  });
  const crowded = placed.some(({ at, half }, i) => i > 0 && at - half < placed[i - 1].at + placed[i - 1].half);
  placed.forEach(({ at }, layer) => c.fillText(crowded && layer > 0 && layer < last ? String(layer) : names.column(layer), at, foot));
  c.textBaseline = 'middle';
  for (const layer of [0, last]) {
    const { size, spots } = columns[layer];
    if (spots.length > 1 && spots[1].top - spots[0].top < ROOM) continue;
    const side = layer === 0 ? -1 : 1;
    c.textAlign = layer === 0 ? 'right' : 'left';
    spots.forEach(({ left, top }, i) => {
      const name = names.ofNeuron(layer, i);
      if (name) c.fillText(shortened(c, name, longest), left + side * (size / 2 + GAP), top);
    });
  }
}

/** @param {CanvasRenderingContext2D} c @param {string} name @param {number} longest */
function shortened(c, name, longest) {
  let text = name;
  while (text.length > 2 && c.measureText(text).width > longest) text = `${text.slice(0, -2)}…`;
  return text;
}
