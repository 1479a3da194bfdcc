// Samples over a region or beside a curve: training filled, validation a ring, test a square; the colour is the class.

/** @typedef {import('../canvas/plane.js').Plane} Plane */

/**
 * @typedef {object} Marks what is drawn, one for each sample
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y
 * @property {ArrayLike<number>} sets 0 training, 1 validation, 2 test
 * @property {(index: number) => string} colour
 */

const MANY = [150, 600]; // samples; beyond each, they are drawn smaller
const SMALLER = 0.78;

/** @param {number} count @param {number} width of the plane, pixels @returns {number} pixels */
export function sampleRadius(count, width) {
  const base = Math.min(3.6, Math.max(2.2, width / 76));
  return base * SMALLER ** MANY.filter((most) => count > most).length;
}

/**
 * @param {CanvasRenderingContext2D} c
 * @param {Plane} plane
 * @param {Marks} marks
 * @param {string} halo
 * @param {number} [radius]
 */
export function paintSamples(c, plane, { x, y, sets, colour }, halo, radius = sampleRadius(x.length, plane.box.width)) {
  const edge = Math.max(0.8, radius * 0.32);
  for (let i = 0; i < x.length; i++) {
    const left = plane.originX + x[i] * plane.perX;
    const top = plane.originY + y[i] * plane.perY;
    if (!plane.holds(left, top, radius)) continue;
    paintSample(c, left, top, sets[i] ?? 0, colour(i), halo, radius, edge);
  }
}

/**
 * @param {CanvasRenderingContext2D} c
 * @param {number} left @param {number} top
 * @param {number} set
 * @param {string} colour @param {string} halo
 * @param {number} radius @param {number} edge pixels
 */
function paintSample(c, left, top, set, colour, halo, radius, edge) {
  trace(c, left, top, set, radius + edge);
  c.fillStyle = halo;
  c.fill();
  if (set === 1) {
    const line = Math.max(1.2, radius * 0.5);
    trace(c, left, top, set, radius - line / 2);
    c.lineWidth = line;
    c.strokeStyle = colour;
    c.stroke();
  } else {
    trace(c, left, top, set, radius);
    c.fillStyle = colour;
    c.fill();
  }
}

/** @param {CanvasRenderingContext2D} c @param {number} left @param {number} top @param {number} set @param {number} radius */
function trace(c, left, top, set, radius) {
  c.beginPath();
  if (set !== 2) return c.arc(left, top, radius, 0, 2 * Math.PI);
  const half = radius * 0.9; // about the same area
  c.rect(left - half, top - half, 2 * half, 2 * half);
}
