// The points of the data plane: a shape and a colour for each set, a ring for the selected ones.

const RADIUS = 5.5;
const SMALL = 4; // where they crowd
const CROWD = 150;
const HALO = 2;
export const REACH = 12; // pixels around a point that belong to it
export const FINGER = 22; // under a finger

/** @typedef {import('../canvas/plane.js').Plane} Plane */

/**
 * @typedef {object} PointLook
 * @property {[string, string, string]} colours of training, validation and test points
 * @property {string} halo
 * @property {string} accent
 */

/**
 * @param {HTMLElement} element
 * @param {import('../canvas/palette.js').Palette} palette
 * @returns {PointLook}
 */
export function pointLook(element, palette) {
  const style = getComputedStyle(element);
  const token = (/** @type {string} */ name) => style.getPropertyValue(name).trim() || palette.muted;
  return { colours: [palette.ink, token('--class-a'), token('--class-b')], halo: palette.card, accent: palette.accent };
}

/**
 * @param {CanvasRenderingContext2D} c
 * @param {Plane} plane
 * @param {{points: [number, number][], sets: number[]}} data
 * @param {Set<number>} selected
 * @param {number | null} active under the arrow keys
 * @param {boolean} keyed whether keys were pressed last
 * @param {PointLook} look
 */
export function paintPoints(c, plane, { points, sets }, selected, active, keyed, look) {
  const radius = points.length > CROWD ? SMALL : RADIUS;
  for (let i = 0; i < points.length; i++) {
    const x = plane.originX + points[i][0] * plane.perX;
    const y = plane.originY + points[i][1] * plane.perY;
    if (!plane.holds(x, y, radius)) continue;
    if (selected.has(i) || i === active) ring(c, x, y, radius + 4, look.accent, 2);
    if (i === active && keyed) ring(c, x, y, radius + 8, look.accent, 2);
    mark(c, x, y, sets[i] ?? 0, radius, look);
  }
}

/** Training: a dot. Validation: a hollow ring. Test: a diamond. */
function mark(
  /** @type {CanvasRenderingContext2D} */ c,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ set,
  /** @type {number} */ radius,
  /** @type {PointLook} */ { colours, halo },
) {
  shape(c, x, y, set, radius + HALO);
  c.fillStyle = halo;
  c.fill();
  if (set === 1) ring(c, x, y, radius - 1, colours[1], 2.4);
  else {
    shape(c, x, y, set, radius);
    c.fillStyle = colours[set];
    c.fill();
  }
}

function shape(
  /** @type {CanvasRenderingContext2D} */ c,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ set,
  /** @type {number} */ radius,
) {
  c.beginPath();
  if (set !== 2) return c.arc(x, y, radius, 0, 2 * Math.PI);
  const reach = radius * 1.2;
  c.moveTo(x, y - reach);
  c.lineTo(x + reach, y);
  c.lineTo(x, y + reach);
  c.lineTo(x - reach, y);
  c.closePath();
}

function ring(
  /** @type {CanvasRenderingContext2D} */ c,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ radius,
  /** @type {string} */ colour,
  /** @type {number} */ width,
) {
  c.beginPath();
  c.arc(x, y, radius, 0, 2 * Math.PI);
  c.strokeStyle = colour;
  c.lineWidth = width;
  c.stroke();
}

/**
 * @param {Plane} plane
 * @param {[number, number][]} points
 * @param {number} left @param {number} top
 * @param {number} reach pixels
 * @returns {number | null} the nearest point within reach
 */
export function pointAt(plane, points, left, top, reach) {
  let nearest = null;
  let least = reach;
  for (let i = points.length - 1; i >= 0; i--) {
    const gap = Math.hypot(plane.originX + points[i][0] * plane.perX - left, plane.originY + points[i][1] * plane.perY - top);
    if (gap < least) [nearest, least] = [i, gap];
  }
  return nearest;
}
