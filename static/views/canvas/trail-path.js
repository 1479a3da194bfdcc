// From many points in pixels to a short path: what lies outside the box is cut off (never pushed in), what a screen
// cannot show is left out, and a point that is not finite breaks the line.

/** @typedef {import('./plane.js').Box} Box */

const NEAR = 0.5; // points closer than this to the last one drawn are left out
const MARGIN = 8; // lines are cut this far outside the box, so that their ends stay hidden
const SLOTS = 1 << 15; // size of the table of segments already drawn
const CROWDED = 1500; // from this many points on, a segment drawn before is not drawn again

const seen = new Float64Array(SLOTS);

/**
 * Add a trail to the context's current path.
 * @param {CanvasRenderingContext2D} context
 * @param {Float64Array} pixels x and y in turn
 * @param {number} first index of the first point
 * @param {number} last index of the last point
 * @param {Box} box
 */
export function traceTrail(context, pixels, first, last, box) {
  const left = box.left - MARGIN;
  const right = box.left + box.width + MARGIN;
  const top = box.top - MARGIN;
  const bottom = box.top + box.height + MARGIN;
  const crowded = last - first > CROWDED;
  if (crowded) seen.fill(-1);

  let fromX = NaN; // the last point taken, inside or out
  let fromY = NaN;
  let drawing = false; // whether the pen is at that point
  for (let k = first; k <= last; k++) {
    const x = pixels[2 * k];
    const y = pixels[2 * k + 1];
    if (!(x - x === 0 && y - y === 0)) {
      fromX = fromY = NaN;
      drawing = false;
      continue;
    }
    if (fromX !== fromX) {
      fromX = x;
      fromY = y;
      continue;
    }
    const dx = x - fromX;
    const dy = y - fromY;
    if (dx < NEAR && dx > -NEAR && dy < NEAR && dy > -NEAR && k < last) continue;

    const inside = x >= left && x <= right && y >= top && y <= bottom;
    const wasInside = fromX >= left && fromX <= right && fromY >= top && fromY <= bottom;
    if (inside && wasInside) {
      if (crowded && drawnBefore(fromX - left, fromY - top, x - left, y - top)) {
        drawing = false;
      } else {
        if (!drawing) context.moveTo(fromX, fromY);
        context.lineTo(x, y);
        drawing = true;
      }
    } else {
      drawing = traceCut(context, fromX, fromY, dx, dy, left, right, top, bottom, drawing) && inside;
    }
    fromX = x;
    fromY = y;
  }
}

/** The part of a segment inside the rectangle (Liang and Barsky); true when there is one. */
function traceCut(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ dx,
  /** @type {number} */ dy,
  /** @type {number} */ left,
  /** @type {number} */ right,
  /** @type {number} */ top,
  /** @type {number} */ bottom,
  /** @type {boolean} */ drawing,
) {
  let enter = 0;
  let leave = 1;
  for (const [step, room] of [[-dx, x - left], [dx, right - x], [-dy, y - top], [dy, bottom - y]]) {
    if (step === 0) {
      if (room < 0) return false;
    } else if (step < 0) enter = Math.max(enter, room / step);
    else leave = Math.min(leave, room / step);
  }
  if (!(enter <= leave)) return false;
  if (!drawing || enter > 0) context.moveTo(x + enter * dx, y + enter * dy);
  context.lineTo(x + leave * dx, y + leave * dy);
  return true;
}

/**
 * Whether this segment, to the pixel, is in the table; it is from now on. Trails that bounce to and fro for thousands of
 * steps cover the same pixels again and again.
 * @param {number} ax @param {number} ay @param {number} bx @param {number} by all at least 0
 */
function drawnBefore(ax, ay, bx, by) {
  const key = (((ax | 0) * 4096 + (ay | 0)) * 4096 + (bx | 0)) * 4096 + (by | 0);
  let slot = (Math.imul((ax | 0) * 73 + (bx | 0), 0x9e3779b1) ^ Math.imul((ay | 0) * 151 + (by | 0), 0x85ebca6b)) >>> 17;
  for (let tries = 0; tries < 8; tries++) {
    if (seen[slot] === key) return true;
    if (seen[slot] === -1) {
      seen[slot] = key;
      return false;
    }
    slot = (slot + 1) & (SLOTS - 1);
  }
  seen[slot] = key; // a full corner of the table: forget an older segment
  return false;
}
