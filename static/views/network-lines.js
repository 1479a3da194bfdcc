// The connections of a network: how thick says how large the weight is, the colour its sign. They run level out of a
// neuron and level into the next, so that at every place across there is one height for each.

import { firstOf } from '../state/network-weights.js';

/** @typedef {import('./network-layout.js').Layout} Layout */
/** @typedef {import('../state/network-types.js').Weight} Weight */

const SHADES = 9; // of thickness
const THIN = 0.5;
const THICK = 5.2;
const MOST = 1400; // lines at once: of more the strongest are drawn
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

/** @param {number} share of the largest weight */
export const thickness = (share) => THIN + (THICK - THIN) * Math.min(1, share);

/**
 * @param {CanvasRenderingContext2D} c
 * @param {Layout} layout
 * @param {number[]} dims
 * @param {ArrayLike<number>} weights
 * @param {[string, string]} colours of weights below and above zero
 * @param {number} scale the largest weight
 * @param {number} [first] layer whose connections are drawn one by one; those of pictures are not
 */
export function paintLines(c, { columns }, dims, weights, colours, scale, first = 0) {
  /** @type {number[][]} x0, y0, x1, y1 in turn, by sign and thickness */
  const groups = Array.from({ length: 2 * SHADES }, () => []);
  for (let layer = first; layer < dims.length - 1; layer++) {
    const [before, after] = [columns[layer], columns[layer + 1]];
    const begin = firstOf(dims, layer);
    for (let i = 0; i < dims[layer]; i++) {
      for (let j = 0; j < dims[layer + 1]; j++) {
        const weight = weights[begin + i * dims[layer + 1] + j];
        const shade = Math.min(SHADES - 1, Math.floor((Math.abs(weight) / scale) * SHADES));
        if (!(shade >= 0)) continue; // no number
        const [from, to] = [before.spots[i], after.spots[j]];
        groups[shade * 2 + Number(weight > 0)].push(from.left + before.size / 2, from.top, to.left - after.size / 2, to.top);
      }
    }
  }
  let left = MOST;
  let lowest = SHADES;
  while (lowest > 0 && left > 0) {
    lowest -= 1;
    left -= (groups[2 * lowest].length + groups[2 * lowest + 1].length) / 4;
  }
  c.lineCap = 'butt';
  for (let group = 2 * lowest; group < groups.length; group++) {
    const lines = groups[group];
    if (lines.length === 0) continue;
    const share = (Math.floor(group / 2) + 0.5) / SHADES;
    c.beginPath();
    for (let k = 0; k < lines.length; k += 4) traceLine(c, lines[k], lines[k + 1], lines[k + 2], lines[k + 3]);
    c.globalAlpha = 0.3 + 0.6 * Math.sqrt(share);
    c.lineWidth = thickness(share);
    c.strokeStyle = colours[group % 2];
    c.stroke();
  }
  c.globalAlpha = 1;
}

/**
 * The connection under a hand: the nearest, a thick one sooner than a thin one.
 * @param {Layout} layout
 * @param {number[]} dims
 * @param {ArrayLike<number>} weights
 * @param {number} scale
 * @param {number} left @param {number} top
 * @param {number} [first]
 * @returns {Weight | null}
 */
export function lineAt({ columns }, dims, weights, scale, left, top, first = 0) {
  let least = REACH;
  /** @type {Weight | null} */
  let found = null;
  for (let layer = first; layer < dims.length - 1; layer++) {
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
        const gap = Math.abs(line - top) - thickness(Math.abs(weight) / scale) / 2;
        if (gap < least) [least, found] = [gap, { layer, from: i, to: j }];
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
