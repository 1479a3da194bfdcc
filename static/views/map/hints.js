// What the map says about a pixel: the mark that lies there, or else the coordinates and the loss.

import { fill, number } from '../../format.js';
import { valueAt } from './relief.js';

const REACH = 9; // pixels around a mark that belong to it

/**
 * @param {HTMLElement} element the map; data-minimum, data-saddle and data-axis-loss are the words
 * @param {import('../../state/types.js').State} state
 * @param {import('../canvas/plane.js').Plane | null} plane
 * @param {number} left
 * @param {number} top
 * @returns {string | null}
 */
export function describeAt(element, state, plane, left, top) {
  const map = state.map.get();
  if (!plane || !map || !plane.holds(left, top)) return null;
  const { minimum = '', saddle = '', axisLoss = '' } = element.dataset;
  const [nameX, nameY] = state.ground.get().axes;
  const [x, y] = plane.toPoint(left, top);
  const near = (/** @type {{point: number[]}} */ { point }) => {
    const [markX, markY] = plane.toPixel(point[0], point[1]);
    return Math.hypot(markX - left, markY - top) < REACH;
  };
  const mark = map.minima.find(near) ?? map.saddles.find(near);
  if (mark) {
    const word = map.minima.includes(mark) ? minimum : saddle;
    return fill('{word} · {x}, {y} · {loss} {value}', {
      word,
      x: number(mark.point[0], 4),
      y: number(mark.point[1], 4),
      loss: axisLoss,
      value: number(mark.value, 4),
    });
  }
  const loss = valueAt(map, map.loss, x, y);
  const place = `${nameX} ${number(x, 3)} · ${nameY} ${number(y, 3)}`;
  return Number.isFinite(loss) ? `${place} · ${axisLoss} ${number(loss, 3)}` : place;
}
