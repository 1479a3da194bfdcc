// What each neuron says, as a small picture: over the plane of two inputs a heat map, over one input a curve. A first
// layer that looks at pictures shows its weights as pictures, and of other networks a neuron shows its bias. All small
// pictures lie on one sheet of pixels, from which they are drawn.

import { firstOf } from '../../state/network/weights.js';
import { SHADES } from '../samples/class-colours.js';
import { pixelCanvas, shade } from '../samples/response-pixels.js';

/** @typedef {import('../../state/network/types.js').Look} Look */
/** @typedef {import('../../state/network/types.js').Sampled} Sampled */
/** @typedef {import('../samples/class-colours.js').ClassColours} ClassColours */
/** @typedef {import('./layout.js').Column} Column */
/** @typedef {[number, number]} Range values of the two ends of a ramp */

const BOUNDED = /** @type {Record<string, Range>} */ ({ tanh: [-1, 1], sigmoid: [0, 1] });
const MIDDLE = (SHADES - 1) / 2;
const FULL = 2.5; // root mean squares: weights as large have the full colour
const ROUND = 16; // pixels: smaller neurons have plain corners

/**
 * A sheet of tiles, so many pixels a side each.
 * @param {number} count @param {number} wide @param {number} high
 */
export function tileSheet(count, wide, high) {
  const columns = Math.max(1, Math.ceil(Math.sqrt(count)));
  const { canvas, pixels, put } = pixelCanvas(columns * wide, Math.max(1, Math.ceil(count / columns)) * high);
  return {
    canvas,
    pixels,
    put,
    count,
    wide,
    high,
    stride: columns * wide,
    /** The first pixel of a tile. @param {number} tile */
    at: (tile) => Math.floor(tile / columns) * high * columns * wide + (tile % columns) * wide,
    /** @param {CanvasRenderingContext2D} c @param {number} tile @param {number} left @param {number} top @param {number} width @param {number} height @param {number} inset of the tile's edge: half a pixel where its values lie on the edge */
    draw(c, tile, left, top, width, height, inset) {
      const [x, y] = [(tile % columns) * wide, Math.floor(tile / columns) * high];
      c.drawImage(canvas, x + inset, y + inset, wide - 2 * inset, high - 2 * inset, left, top, width, height);
    },
  };
}

/** @typedef {ReturnType<typeof tileSheet>} TileSheet */

/** The largest of so many values that are numbers. @param {ArrayLike<number>} values @param {number} from @param {number} to */
export function largest(values, from, to) {
  let most = 0;
  for (let k = from; k < to; k++) {
    const size = Math.abs(values[k]);
    if (size > most && size < Infinity) most = size;
  }
  return most || 1;
}

/**
 * Which values are the ends of the colours of each layer: what its activation is bounded by, else its own largest.
 * @param {number[]} dims
 * @param {string[]} activations of the hidden layers
 * @param {ArrayLike<number>} neurons
 * @param {number} size values of a neuron
 * @returns {Range[]} of every layer after the inputs; the last is that of probabilities
 */
export function rangesOf(dims, activations, neurons, size) {
  let at = 0;
  return dims.slice(1).map((count, layer) => {
    const from = at;
    at += count * size;
    if (layer === dims.length - 2) return [0, 1];
    const bounded = BOUNDED[activations[layer]];
    if (bounded) return bounded;
    const most = largest(neurons, from, at);
    return /** @type {Range} */ ([-most, most]);
  });
}

/**
 * Heat maps of all neurons over the plane of two inputs; the two inputs come first.
 * @param {TileSheet} sheet
 * @param {Look} look
 * @param {number[]} dims
 * @param {string[]} activations
 * @param {ClassColours} colours
 */
export function shadeMaps(sheet, look, dims, activations, { diverging, rising }) {
  const { at, pixels, stride } = sheet;
  const side = look.shapes.neurons[1];
  const neurons = /** @type {Float32Array} */ (look.neurons);
  const inputs = inputMaps(look, side);
  inputs.forEach((values, i) => {
    const most = largest(values, 0, values.length);
    shade(pixels, values, 0, side, side, diverging, -most, most, at(i), stride);
  });
  const ranges = rangesOf(dims, activations, neurons, side * side);
  let neuron = 0;
  dims.slice(1).forEach((count, layer) => {
    const several = layer === dims.length - 2 && count > 1;
    for (let k = 0; k < count; k++, neuron++) {
      const ramp = several ? rising[k % rising.length] : diverging;
      shade(pixels, neurons, neuron * side * side, side, side, ramp, ...ranges[layer], at(inputs.length + neuron), stride);
    }
  });
  sheet.put();
}

/** The two inputs themselves over the plane. @param {Look} look @param {number} side */
function inputMaps({ x, y }, side) {
  if (!x || !y) return [];
  const along = (/** @type {Float64Array} */ axis, /** @type {number} */ i) => axis[0] + ((axis[axis.length - 1] - axis[0]) * i) / (side - 1);
  const maps = [new Float32Array(side * side), new Float32Array(side * side)];
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      maps[0][row * side + column] = along(x, column);
      maps[1][row * side + column] = along(y, row);
    }
  }
  return maps;
}

/**
 * The weights of every neuron of the first layer, as pictures of the shape of its inputs.
 * @param {TileSheet} sheet
 * @param {ArrayLike<number>} weights
 * @param {number[]} dims
 * @param {ClassColours} colours
 */
export function shadeWeights(sheet, weights, [inputs, count], { diverging }) {
  const { at, pixels, stride, wide, high } = sheet;
  for (let neuron = 0; neuron < count; neuron++) {
    let squares = 0;
    for (let i = 0; i < inputs; i++) squares += weights[i * count + neuron] ** 2;
    const scale = MIDDLE / (FULL * Math.sqrt(squares / inputs) || 1); // a few large ones must not pale the others
    const first = at(neuron);
    for (let row = 0, i = 0; row < high; row++) {
      for (let column = 0; column < wide; column++, i++) {
        const place = Math.max(-MIDDLE, Math.min(weights[i * count + neuron] * scale, MIDDLE));
        pixels[first + row * stride + column] = place >= -MIDDLE ? diverging[(MIDDLE + place + 0.5) | 0] : 0;
      }
    }
  }
  sheet.put();
}

/**
 * A curve within a neuron: what it says along the axis of the one input.
 * @param {CanvasRenderingContext2D} c
 * @param {ArrayLike<number>} values
 * @param {number} from @param {number} count
 * @param {Range} range
 * @param {number} left @param {number} top @param {number} size pixels
 */
export function traceNeuron(c, values, from, count, [low, high], left, top, size) {
  const every = Math.max(1, Math.floor(count / (size * 1.5)));
  const inset = size * 0.1;
  const span = size - 2 * inset;
  for (let i = 0; i < count; i += every) {
    const part = Math.min(1, Math.max(0, (values[from + i] - low) / (high - low)));
    if (part >= 0) c.lineTo(left + inset + (span * i) / (count - 1), top + inset + span * (1 - part));
  }
}

/** The outline of a neuron. @param {CanvasRenderingContext2D} c @param {number} left @param {number} top @param {number} size */
export function outline(c, left, top, size) {
  c.beginPath();
  if (size < ROUND) c.rect(left, top, size, size);
  else c.roundRect(left, top, size, size, size * 0.14);
}

/** The bias of a neuron. @param {number[]} dims @param {number} layer after the inputs, 1 for the first @param {number} neuron */
export const biasNumber = (dims, layer, neuron) => firstOf(dims, layer - 1) + dims[layer - 1] * dims[layer] + neuron;
