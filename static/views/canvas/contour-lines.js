// Contour lines straight from a grid, cell by cell: for pictures that change with every movement of the hand.

/** @typedef {import('./plane.js').Plane} Plane */

/**
 * Add the line of one level to the context's current path.
 * @param {CanvasRenderingContext2D} context
 * @param {{x: ArrayLike<number>, y: ArrayLike<number>}} grid
 * @param {ArrayLike<number>} heights row by row, one row per y
 * @param {number} level
 * @param {Plane} plane
 */
export function traceLevel(context, { x, y }, heights, level, plane) {
  const columns = x.length;
  for (let j = 0; j + 1 < y.length; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const at = j * columns + i;
      const corners = [heights[at], heights[at + 1], heights[at + columns + 1], heights[at + columns]];
      const above = (corners[0] >= level ? 1 : 0) | (corners[1] >= level ? 2 : 0) | (corners[2] >= level ? 4 : 0) | (corners[3] >= level ? 8 : 0);
      if (above === 0 || above === 15 || !Number.isFinite(corners[0] + corners[1] + corners[2] + corners[3])) continue;
      const places = [
        [x[i] + ((level - corners[0]) / (corners[1] - corners[0])) * (x[i + 1] - x[i]), y[j]],
        [x[i + 1], y[j] + ((level - corners[1]) / (corners[2] - corners[1])) * (y[j + 1] - y[j])],
        [x[i] + ((level - corners[3]) / (corners[2] - corners[3])) * (x[i + 1] - x[i]), y[j + 1]],
        [x[i], y[j] + ((level - corners[0]) / (corners[3] - corners[0])) * (y[j + 1] - y[j])],
      ];
      const sides = SIDES[above];
      for (let k = 0; k < sides.length; k += 2) {
        const [fromX, fromY] = places[sides[k]];
        const [toX, toY] = places[sides[k + 1]];
        context.moveTo(plane.originX + fromX * plane.perX, plane.originY + fromY * plane.perY);
        context.lineTo(plane.originX + toX * plane.perX, plane.originY + toY * plane.perY);
      }
    }
  }
}

/** Which sides of a cell (bottom, right, top, left) a line joins, by the corners above it (bit 0 bottom left, then round). */
const SIDES = [[], [3, 0], [0, 1], [3, 1], [1, 2], [3, 0, 1, 2], [0, 2], [3, 2], [2, 3], [2, 0], [0, 1, 2, 3], [2, 1], [1, 3], [1, 0], [0, 3], []];
