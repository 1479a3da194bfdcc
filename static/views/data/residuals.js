// Residuals: from each training point a whisker to the curve, and on request the square over it.

/** @typedef {import('../canvas/plane.js').Plane} Plane */

/** @typedef {{x: number, y: number, end: number, rising: boolean}} Residual pixels: the point, and the height of the curve there */

const FAR = 1e5; // pixels: whoever is farther away is drawn as if there
const NEAR = 2; // pixels over which a curve is taken for straight

/**
 * @param {Plane} plane
 * @param {{points: [number, number][], sets: number[]}} data
 * @param {import('./curve.js').Curve} curve
 * @param {ArrayLike<number>} weights
 * @returns {Residual[]}
 */
export function residuals(plane, { points, sets }, curve, weights) {
  /** @type {Residual[]} */
  const found = [];
  for (let i = 0; i < points.length; i++) {
    const height = plane.toPixel(0, curve.at(weights, points[i][0]))[1];
    if ((sets[i] ?? 0) !== 0 || Number.isNaN(height)) continue;
    const [x, y] = plane.toPixel(...points[i]);
    const rising = curve.at(weights, points[i][0] + NEAR / plane.perX) > curve.at(weights, points[i][0] - NEAR / plane.perX);
    found.push({ x, y, end: Math.min(Math.max(height, -FAR), FAR), rising });
  }
  return found;
}

/** @param {CanvasRenderingContext2D} c @param {Residual[]} found @param {string} colour */
export function paintWhiskers(c, found, colour) {
  c.beginPath();
  for (const { x, y, end } of found) {
    c.moveTo(x, y);
    c.lineTo(x, end);
  }
  c.lineWidth = 1.3;
  c.strokeStyle = colour;
  c.stroke();
}

/**
 * Squares as tall and as wide as the residual is long, on the side where the curve does not cut through them.
 * @param {CanvasRenderingContext2D} c
 * @param {Residual[]} found
 * @param {string} colour
 */
export function paintSquares(c, found, colour) {
  c.beginPath();
  for (const { x, y, end, rising } of found) {
    const side = Math.abs(end - y);
    const right = end > y !== rising; // the point lies above a rising curve: the free side is the left one
    c.rect(right ? x : x - side, Math.min(y, end), side, side);
  }
  c.save();
  c.fillStyle = c.strokeStyle = colour;
  c.lineWidth = 1;
  c.globalAlpha = 0.1;
  c.fill('nonzero');
  c.globalAlpha = 0.45;
  c.stroke();
  c.restore();
}
