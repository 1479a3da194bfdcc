// Which part of the data plane is shown: all points with room around them. It stays where it is as long as they are in
// it, so that a drawing hand finds the ground where it was, and moves on gently when they are not, or are others.

import { writable } from '../../state/store.js';

/** @typedef {import('../canvas/plane.js').Window} Window */
/** @typedef {[number, number][]} Points */

const ROOM = [0.2, 0.4]; // beside and above the points, as a part of their range: lines need height
const EDGE = 0.02; // of the window: a point closer to its edge than this asks for more room
const EASE = 320; // milliseconds
const MOST = 2e307; // beyond this, the width of a range is no number

/** @type {Window} */
const EMPTY = [[0, 10], [0, 10]];

/** @param {Points} points @param {0 | 1} which @returns {[number, number]} the least and the greatest, or what no number could be beyond */
function extent(points, which) {
  let low = Infinity;
  let high = -Infinity;
  for (const point of points) {
    low = Math.min(low, point[which]);
    high = Math.max(high, point[which]);
  }
  return [Math.max(low, -MOST), Math.min(high, MOST)];
}

/** @param {Points} points @returns {Window} */
export function fittedWindow(points) {
  if (points.length === 0) return EMPTY;
  const range = (/** @type {0 | 1} */ which) => {
    const [low, high] = extent(points, which);
    const span = high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high)) ? high - low : Math.abs(low) || 1;
    const room = ROOM[which] * span + (span - (high - low)) / 2;
    return /** @type {[number, number]} */ ([low - room, high + room]);
  };
  return [range(0), range(1)];
}

/** Whether a window still shows all points. @param {Window} window @param {Points} points */
function serves(window, points) {
  if (points.length === 0) return true;
  return window.every(([from, to], which) => {
    const [low, high] = extent(points, /** @type {0 | 1} */ (which));
    const edge = EDGE * (to - from);
    return low >= from + edge && high <= to - edge;
  });
}

/** Other points altogether: fewer than half of them were there before. @param {Points} before @param {Points} after */
export function replaced(before, after) {
  const most = Math.max(before.length, after.length);
  if (most < 2 || before === after) return false;
  const known = new Set(before.map(String));
  return 2 * after.filter((point) => known.has(String(point))).length < most;
}

/**
 * The window as it is shown, easing to where it should be.
 * @param {Points} points at first
 */
export function dataWindow(points) {
  const shown = writable(fittedWindow(points));
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  let last = points;
  let target = shown.get();
  let frame = 0;

  /** @param {Window} goal */
  function ease(goal) {
    target = goal;
    cancelAnimationFrame(frame);
    if (calm.matches) return shown.set(goal);
    const from = shown.get();
    const begun = performance.now();
    const tick = () => {
      const part = Math.min(1, (performance.now() - begun) / EASE);
      const gone = 1 - (1 - part) ** 3;
      const between = (/** @type {number} */ a, /** @type {number} */ b) => a + (b - a) * gone;
      if (part === 1) return shown.set(goal);
      shown.set(/** @type {Window} */ (from.map((range, i) => range.map((end, j) => between(end, goal[i][j])))));
      frame = requestAnimationFrame(tick);
    };
    tick();
  }

  return {
    shown,
    /**
     * @param {Points} points
     * @param {boolean} held under the hand: the window must not move
     */
    follow(points, held) {
      const other = !held && replaced(last, points);
      last = points;
      if (!held && (other || !serves(target, points))) ease(fittedWindow(points));
    },
    stop: () => cancelAnimationFrame(frame),
  };
}
