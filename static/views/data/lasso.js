// A loop drawn by hand around points.

/** @typedef {[number, number][]} Loop pixels */

/**
 * Whether a pixel lies inside the closed loop (even-odd rule).
 * @param {Loop} loop @param {number} x @param {number} y
 */
export function encloses(loop, x, y) {
  let inside = false;
  for (let i = 0, j = loop.length - 1; i < loop.length; j = i++) {
    const [ax, ay] = loop[i];
    const [bx, by] = loop[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/**
 * @param {Loop} loop
 * @param {import('../canvas/plane.js').Plane} plane
 * @param {[number, number][]} points
 * @returns {number[]} the points inside
 */
export const caught = (loop, plane, points) =>
  points.flatMap((point, i) => (encloses(loop, ...plane.toPixel(...point)) ? [i] : []));

/** @param {CanvasRenderingContext2D} c @param {Loop} loop @param {string} colour */
export function paintLasso(c, loop, colour) {
  if (loop.length < 2) return;
  c.save();
  c.beginPath();
  for (const [x, y] of loop) c.lineTo(x, y);
  c.fillStyle = c.strokeStyle = colour;
  c.globalAlpha = 0.1;
  c.fill();
  c.globalAlpha = 1;
  c.setLineDash([5, 4]);
  c.lineWidth = 1.5;
  c.stroke();
  c.restore();
}
