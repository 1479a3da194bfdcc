// Contour lines straight from a grid, cell by cell: for pictures that change with every movement of the hand.

/** @typedef {import('./plane.js').Plane} Plane */

/**
 * Add lines of equally spaced levels to the context's current path. Each cell is looked at once, for all levels.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: ArrayLike<number>, y: ArrayLike<number>}} grid
 * @param {ArrayLike<number>} heights row by row, one row per y
 * @param {number[]} levels the lowest first
 * @param {Plane} plane
 */
export function traceLevels(context, { x, y }, heights, levels, plane) {
  const columns = x.length;
  const first = levels[0];
  const step = levels.length > 1 ? levels[1] - first : 1;
  const across = (/** @type {number} */ value) => plane.originX + value * plane.perX;
  const down = (/** @type {number} */ value) => plane.originY + value * plane.perY;
  for (let j = 0; j + 1 < y.length; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const at = j * columns + i;
      const [a, b, c, d] = [heights[at], heights[at + 1], heights[at + columns + 1], heights[at + columns]];
      const [low, high] = [Math.min(a, b, c, d), Math.max(a, b, c, d)];
      if (!(high >= first && high - low < Infinity)) continue; // nor NaN
      const from = Math.max(0, Math.floor((low - first) / step));
      for (let n = from; n < levels.length && levels[n] <= high; n++) {
        const level = levels[n];
        const above = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
        const sides = SIDES[above];
        for (let k = 0; k < sides.length; k++) {
          const side = sides[k];
          const left = side === 0 ? between(x[i], x[i + 1], a, b, level) : side === 2 ? between(x[i], x[i + 1], d, c, level) : x[side === 1 ? i + 1 : i];
          const top = side === 1 ? between(y[j], y[j + 1], b, c, level) : side === 3 ? between(y[j], y[j + 1], a, d, level) : y[side === 2 ? j + 1 : j];
          if (k % 2 === 0) context.moveTo(across(left), down(top));
          else context.lineTo(across(left), down(top));
        }
      }
    }
  }
}

/** Where a level lies between two corners. @param {number} from @param {number} to @param {number} low @param {number} high @param {number} level */
const between = (from, to, low, high, level) => from + ((level - low) / (high - low)) * (to - from);

/** Which sides of a cell (bottom, right, top, left) a line joins, by the corners above it (bit 0 bottom left, then round). */
const SIDES = [[], [3, 0], [0, 1], [3, 1], [1, 2], [3, 0, 1, 2], [0, 2], [3, 2], [2, 3], [2, 0], [0, 1, 2, 3], [2, 1], [1, 3], [1, 0], [0, 3], []];
