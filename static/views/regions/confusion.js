// A confusion matrix on a canvas: a row for each class as it is, a column for each as it is taken for. Rows add up to
// one, so the diagonal is green where all are right, and elsewhere it is red.

import { rgbOf } from '../samples/class-colours.js';

/** @typedef {import('../canvas/plane.js').Box} Box */
/** @typedef {import('../canvas/palette.js').Palette} Palette */

const ROOMY = 30; // pixels of a cell in which a number can be read
const SMALL = 11; // pixels, letters
const GAP = 1;
const LONGEST = 44; // pixels of a name at the left
const LETTER = 11; // pixels of a column without room for its name

/**
 * @typedef {object} Matrix
 * @property {ArrayLike<number>} counts [class, taken for], from `from` on
 * @property {number} from
 * @property {string[]} names of the classes
 */

/** Where the cells lie within a picture. @param {CanvasRenderingContext2D} c @param {string[]} names @param {number} width @param {number} height @param {Palette} palette @returns {Box} */
export function matrixBox(c, names, width, height, palette) {
  c.font = `${SMALL}px ${palette.font}`;
  const left = Math.min(LONGEST, Math.max(...told(c, names).map((name) => c.measureText(name).width))) + 8;
  return { left, top: 4, width: width - left - 4, height: height - 4 - (SMALL + 7) };
}

/**
 * @param {CanvasRenderingContext2D} c
 * @param {Matrix} matrix
 * @param {Box} box
 * @param {{right: string, wrong: string}} colours
 * @param {Palette} palette
 */
export function paintMatrix(c, { counts, from, names: whole }, { left, top, width, height }, { right, wrong }, palette) {
  c.font = `${SMALL}px ${palette.font}`;
  const names = told(c, whole);
  const n = names.length;
  const [wide, high] = [width / n, height / n];
  const [card, good, bad] = [palette.card, right, wrong].map(rgbOf);
  c.textBaseline = 'middle';
  for (let row = 0; row < n; row++) {
    const total = sumOf(counts, from + row * n, n) || 1;
    for (let column = 0; column < n; column++) {
      const count = counts[from + row * n + column];
      const share = count / total;
      const part = row === column ? 0.85 * share : Math.sqrt(share) * 0.9; // few mistakes are to be seen too
      const colour = card.map((value, i) => Math.round(value + ((row === column ? good : bad)[i] - value) * part));
      c.fillStyle = `rgb(${colour.join(' ')})`;
      c.fillRect(left + column * wide, top + row * high, wide - GAP, high - GAP);
      if (wide < ROOMY || count === 0) continue;
      c.fillStyle = dark(colour) ? '#ffffff' : '#1f2a2e';
      c.textAlign = 'center';
      c.fillText(String(count), left + (column + 0.5) * wide, top + (row + 0.5) * high);
    }
    c.fillStyle = palette.muted;
    c.textAlign = 'right';
    c.fillText(fitted(c, names[row], LONGEST), left - 5, top + (row + 0.5) * high);
    c.textAlign = 'center';
    c.fillText(fitted(c, names[row], Math.max(LETTER, wide - 4)), left + (row + 0.5) * wide, top + height + SMALL / 2 + 4);
  }
}

/** Which cell lies under a hand. @param {number} n classes @param {Box} box @param {number} x @param {number} y @returns {{row: number, column: number} | null} */
export function cellAt(n, { left, top, width, height }, x, y) {
  const [row, column] = [Math.floor(((y - top) / height) * n), Math.floor(((x - left) / width) * n)];
  return row >= 0 && row < n && column >= 0 && column < n ? { row, column } : null;
}

/** @param {ArrayLike<number>} counts @param {number} from @param {number} n */
export function sumOf(counts, from, n) {
  let sum = 0;
  for (let k = from; k < from + n; k++) sum += counts[k];
  return sum;
}

/** @param {number[]} colour */
const dark = ([red, green, blue]) => 0.299 * red + 0.587 * green + 0.114 * blue < 128;

/** Names that have no room go without what they begin with in common: "cultivar 1" is told from "cultivar 2" by its end. @param {CanvasRenderingContext2D} c @param {string[]} names */
function told(c, names) {
  if (names.every((name) => c.measureText(name).width <= LONGEST)) return names;
  let same = 0;
  while (names.every((name) => name.length > same + 1 && name[same] === names[0][same])) same += 1;
  return names.map((name) => name.slice(same));
}

/** @param {CanvasRenderingContext2D} c @param {string} name @param {number} width */
function fitted(c, name, width) {
  let text = name;
  while (text.length > 1 && c.measureText(text).width > width) text = text.length > 2 ? `${text.slice(0, -2)}…` : text[0];
  return text;
}
