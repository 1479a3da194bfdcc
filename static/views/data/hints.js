// What the data plane says about a pixel: the point that lies there, or else the coordinates.

import { fill, number } from '../../format.js';
import { pointAt, REACH } from './points.js';

/** @typedef {import('../../state/types.js').Data} Data */

/**
 * A point in words, for eyes and for ears.
 * @param {HTMLElement} element the data plane; data-point and data-sets are the words
 * @param {Data} data
 * @param {number} index
 */
export function pointWords({ dataset }, { points, sets }, index) {
  const [x, y] = points[index];
  const set = (dataset.sets ?? '').split(',')[sets[index] ?? 0] ?? '';
  return fill(dataset.point, { index: index + 1, count: points.length, x: number(x, 3), y: number(y, 3), set });
}

/**
 * @param {HTMLElement} element data-place is the words for empty ground
 * @param {{data: import('../../state/types.js').Readable<Data>}} state
 * @param {import('../canvas/plane.js').Plane | null} plane
 * @param {number} left
 * @param {number} top
 * @returns {string | null}
 */
export function describePoint(element, { data }, plane, left, top) {
  if (!plane || !plane.holds(left, top)) return null;
  const index = pointAt(plane, data.get().points, left, top, REACH);
  if (index !== null) return pointWords(element, data.get(), index);
  const [x, y] = plane.toPoint(left, top);
  return fill(element.dataset.place, { x: number(x, 3), y: number(y, 3) });
}
