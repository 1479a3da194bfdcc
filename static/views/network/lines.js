// The connections of a network: how thick says how large the weight is, the colour its sign. They run level out of a
// neuron and level into the next, so that at every place across there is one height for each.

import { firstOf } from '../../state/network/weights.js';

/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('../../state/network/types.js').Weight} Weight */

/**
 * @typedef {object} Drawn a network as it stands on the canvas
 * @property {Layout} layout
 * @property {number[]} dims
 * @property {ArrayLike<number>} weights
 * @property {number} scale the largest weight
 * @property {ArrayLike<number>} weakest that is drawn, between any two layers
 * @property {number} thick pixels, the strongest line
 * @property {[number, number] | null} picture height and width of pictures as inputs: their lines are not drawn one by one
 */

const SHADES = 9; // of thickness
const THIN = 0.5;
const THICK = 4.8;
const AIRY = 64; // lines between two layers that are no crowd
const MOST = 1200; // lines at once; of more the strongest are drawn, as many between any two layers
const FINE = 256; // steps in which the weakest that is drawn is found
const DENSE = 0.42; // of the way from one neuron to the next, the thickest line where they stand close
const REACH = 7; // pixels from a line that still belong to it

/**
 * A line from a spot to another.
 * @param {CanvasRenderingContext2D | Path2D} path
 * @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1
 */
export function traceLine(path, x0, y0, x1, y1) {
  const middle = (x0 + x1) / 2;
  path.moveTo(x0, y0);
  path.bezierCurveTo(middle, y0, middle, y1, x1, y1);
}

/** How far such a line has come to its end's height, at a part of its way across. @param {number} part 0 to 1 */
export function risen(part) {
  // x(t) of the curve is 1.5 t - 1.5 t^2 + t^3: Newton's method finds t, from a guess that is close.
  let t = part;
  for (let i = 0; i < 4; i++) t -= (((t - 1.5) * t + 1.5) * t - part) / ((3 * t - 3) * t + 1.5);
  return t * t * (3 - 2 * t);
}

/** The largest of all weights, not the biases. @param {ArrayLike<number>} weights @param {number[]} dims */
export function largestWeight(weights, dims) {
  let most = 0;
  for (let layer = 0, at = 0; layer < dims.length - 1; layer++) {
    const end = at + dims[layer] * dims[layer + 1];
    for (let k = at; k < end; k++) {
      const size = Math.abs(weights[k]);
      if (size > most && size < Infinity) most = size;
    }
    at = end + dims[layer + 1];
  }
  return most || 1;
}

/**
 * The weakest weight, in size, that is drawn between any two layers: where there are too many, the strongest are.
 * @param {ArrayLike<number>} weights
 * @param {number[]} dims
 * @returns {Float64Array}
 */
export function weakestDrawn(weights, dims) {
  const gaps = dims.length - 1;
  const weakest = new Float64Array(gaps);
  const counts = new Uint32Array(FINE);
  for (let layer = 0; layer < gaps; layer++) {
    const count = dims[layer] * dims[layer + 1];
    const share = MOST / gaps;
    if (count <= share) continue;
    const begin = firstOf(dims, layer);
    let most = 0;
    for (let k = begin; k < begin + count; k++) {
      const size = Math.abs(weights[k]);
      if (size > most && size < Infinity) most = size;
    }
    counts.fill(0);
    for (let k = begin; k < begin + count; k++) counts[Math.min(FINE - 1, (Math.abs(weights[k]) / most) * FINE) | 0] += 1;
    let left = share;
    let bin = FINE;
    while (bin > 0 && left >= counts[bin - 1]) left -= counts[--bin];
    weakest[layer] = (Math.min(bin, FINE - 1) / FINE) * most;
  }
  return weakest;
}

/** How thick the strongest may be: thinner where neurons stand close, or lines are many. @param {Layout} layout @param {number[]} dims */
export function thickest({ columns }, dims) {
  const closest = Math.min(...columns.map(({ spots }) => (spots.length > 1 ? spots[1].top - spots[0].top || spots[1].left - spots[0].left : Infinity)));
  const first = columns[0].spots.length === dims[0] ? 0 : 1; // of pictures the first lines are not drawn
  const most = Math.max(...dims.slice(first, -1).map((count, i) => count * dims[first + i + 1]), 1);
  const lines = Math.min(most, MOST / (dims.length - 1));
  return Math.max(1.2, Math.min(THICK, closest * DENSE, THICK * Math.sqrt(AIRY / Math.max(AIRY, lines))));
}

/** @param {number} share of the largest weight @param {number} thick the strongest */
export const thickness = (share, thick) => THIN + (thick - THIN) * Math.min(1, share);

/**
 * @param {CanvasRenderingContext2D} c
 * @param {Drawn} drawn
 * @param {[string, string]} colours of weights below and above zero
 */
export function paintLines(c, { layout: { columns }, dims, weights, scale, weakest, thick, picture }, colours) {
  /** @type {number[][]} x0, y0, x1, y1 in turn, by sign and thickness */
  const groups = Array.from({ length: 2 * SHADES }, () => []);
  for (let layer = picture ? 1 : 0; layer < dims.length - 1; layer++) {
    const [before, after] = [columns[layer], columns[layer + 1]];
    const begin = firstOf(dims, layer);
    for (let i = 0; i < dims[layer]; i++) {
      for (let j = 0; j < dims[layer + 1]; j++) {
        const weight = weights[begin + i * dims[layer + 1] + j];
        const size = Math.abs(weight);
        if (!(size >= weakest[layer] && size < Infinity)) continue;
        const shade = Math.min(SHADES - 1, Math.floor((size / scale) * SHADES));
        const [from, to] = [before.spots[i], after.spots[j]];
        groups[shade * 2 + Number(weight > 0)].push(from.left + before.size / 2, from.top, to.left - after.size / 2, to.top);
      }
    }
  }
  c.lineCap = 'butt';
  groups.forEach((lines, group) => {
    if (lines.length === 0) return;
    const share = (Math.floor(group / 2) + 0.5) / SHADES;
    c.beginPath();
    for (let k = 0; k < lines.length; k += 4) traceLine(c, lines[k], lines[k + 1], lines[k + 2], lines[k + 3]);
    c.globalAlpha = 0.3 + 0.6 * Math.sqrt(share);
    c.lineWidth = thickness(share, thick);
    c.strokeStyle = colours[group % 2];
    c.stroke();
  });
  c.globalAlpha = 1;
}

/**
 * The connection under a hand: the nearest, a thick one sooner than a thin one.
 * @param {Drawn} drawn
 * @param {number} left @param {number} top
 * @returns {Weight | null}
 */
export function lineAt({ layout: { columns }, dims, weights, scale, weakest, thick, picture }, left, top) {
  let least = REACH;
  /** @type {Weight | null} */
  let found = null;
  for (let layer = picture ? 1 : 0; layer < dims.length - 1; layer++) {
    const [before, after] = [columns[layer], columns[layer + 1]];
    const end = after.spots[0].left - after.size / 2;
    if (left < before.right || left > end) continue;
    const begin = firstOf(dims, layer);
    let start = NaN;
    let height = 0;
    for (let i = 0; i < dims[layer]; i++) {
      const from = before.spots[i];
      if (from.left !== start) {
        start = from.left;
        height = risen((left - start - before.size / 2) / (end - start - before.size / 2));
      }
      for (let j = 0; j < dims[layer + 1]; j++) {
        const line = from.top + (after.spots[j].top - from.top) * height;
        const weight = weights[begin + i * dims[layer + 1] + j];
        const size = Math.abs(weight);
        const gap = Math.abs(line - top) - thickness(size / scale, thick) / 2;
        if (gap < least && size >= weakest[layer]) [least, found] = [gap, { layer, from: i, to: j }];
      }
    }
  }
  return found;
}

/** The neuron under a hand. @param {Layout} layout @param {number} left @param {number} top @returns {{layer: number, neuron: number, across: number, down: number} | null} layer counts the columns; across and down: where in it, 0 to 1 */
export function neuronAt({ columns }, left, top) {
  for (let layer = 0; layer < columns.length; layer++) {
    const { size, spots } = columns[layer];
    const reach = Math.max(size, 6) / 2 + 1;
    for (let neuron = 0; neuron < spots.length; neuron++) {
      const [dx, dy] = [left - spots[neuron].left, top - spots[neuron].top];
      if (Math.abs(dx) <= reach && Math.abs(dy) <= reach) {
        const part = (/** @type {number} */ at) => Math.min(Math.max(at / size + 0.5, 0), 1 - 1e-9);
        return { layer, neuron, across: part(dx), down: part(dy) };
      }
    }
  }
  return null;
}
