// The line of the start, to be taken hold of at its left and its right third. The one that is held goes where the hand
// goes, and the line with it, turning about the other.

import { fill, number } from '../../format.js';
import { onChange } from '../canvas/frame-loop.js';
import { roundToPixel } from '../canvas/handle.js';

const PLACES = [1 / 3, 2 / 3]; // of the window's width, or of the part of it where the line is to be seen
const GAP = 0.03; // of the window's width, between the two at least: a line is never upright
const NUDGE = 0.005; // of the window, for one press of an arrow key
const COARSE = 10; // with Shift
const FINE = 0.1; // with Alt
const EDGE = 6; // pixels inside the box where an end beyond it waits to be fetched back
const RAW = 'pointerrawupdate';
const PAUSE = 7; // milliseconds between two raw movements that are taken up

/** @typedef {[number, number]} Point */

/** @type {Record<string, number>} */
const ARROWS = { ArrowUp: -1, ArrowDown: 1 };

/**
 * @param {HTMLElement} element its data-handles are the names of the two, and what is said of them
 * @param {import('../../state/types.js').RegressionState} state
 * @param {import('../../state/types.js').RegressionActions} actions
 * @param {import('./data-plane.js').Scene} scene
 * @returns {() => void} undo
 */
export function lineHandles(element, state, actions, { plane, curve: curveNow }) {
  const names = (element.dataset.handles ?? '').split(',');
  const handles = PLACES.map(() => document.createElement('button'));

  /** While one is held, the other stays where it was. @type {{which: number, x: number, other: Point} | null} */
  let held = null;

  /** Both handles, points of the plane. @returns {[Point, Point] | null} */
  function ends() {
    const shown = plane.get();
    const curve = curveNow();
    const { start } = state.setup.get();
    if (!shown || !curve?.through || start.length !== 2) return null;
    const on = (/** @type {number} */ x) => /** @type {Point} */ ([x, curve.at(start, x)]);
    if (held) return held.which === 0 ? [on(held.x), held.other] : [held.other, on(held.x)];
    const [from, to] = seenPart(shown.window, on);
    return [on(from + PLACES[0] * (to - from)), on(from + PLACES[1] * (to - from))];
  }

  function place() {
    const shown = plane.get();
    const both = ends();
    handles.forEach((handle, i) => {
      handle.hidden = !both || !shown;
      if (!both || !shown) return;
      const [left, top] = shown.toPixel(...both[i]);
      const { box } = shown;
      const atY = Math.min(Math.max(top, box.top + EDGE), box.top + box.height - EDGE);
      handle.style.transform = `translate(${left}px, ${atY}px)`;
      handle.classList.toggle('is-outside', !shown.holds(left, top, 1));
      handle.setAttribute('aria-label', fill(element.dataset.handle, { name: names[i] ?? '', y: number(both[i][1], 3) }));
    });
  }

  /** One end goes to a pixel, the other stays. @param {number} which @param {number} left @param {number} top */
  function turn(which, left, top) {
    const shown = plane.get();
    const both = ends();
    const curve = curveNow();
    if (!shown || !both || !curve?.through) return;
    const to = roundToPixel(shown, left, top);
    const gap = GAP * (shown.window[0][1] - shown.window[0][0]);
    const other = both[1 - which];
    to[0] = which === 0 ? Math.min(to[0], other[0] - gap) : Math.max(to[0], other[0] + gap);
    if (to[0] === both[which][0] && to[1] === both[which][1]) return;
    if (held) held.x = to[0];
    actions.moveStart(curve.through(other, to));
  }

  handles.forEach((handle, which) => {
    handle.type = 'button';
    handle.className = 'line-handle';
    element.append(handle);
    let grip = [0, 0]; // how far the end was from the pointer when taken
    let sooner = 0; // when the last movement was taken up
    const locate = (/** @type {PointerEvent} */ event) => {
      const frame = element.getBoundingClientRect();
      return [event.clientX - frame.left, event.clientY - frame.top];
    };

    handle.addEventListener('pointerdown', (event) => {
      const shown = plane.get();
      const both = ends();
      if (event.button !== 0 || !shown || !both) return;
      event.stopPropagation();
      handle.setPointerCapture(event.pointerId);
      handle.classList.add('is-held');
      const [left, top] = shown.toPixel(...both[which]);
      const [x, y] = locate(event);
      grip = Math.hypot(left - x, top - y) < 40 ? [left - x, top - y] : [0, 0];
      held = { which, x: both[which][0], other: both[1 - which] };
    });
    const drag = (/** @type {PointerEvent} */ event) => {
      const shown = plane.get();
      if (!shown || !handle.hasPointerCapture(event.pointerId)) return;
      if (event.type === RAW && event.timeStamp - sooner < PAUSE) return;
      sooner = event.timeStamp;
      const { left, top, width, height } = shown.box;
      const [x, y] = locate(event);
      turn(which, Math.min(Math.max(x + grip[0], left), left + width), Math.min(Math.max(y + grip[1], top), top + height));
    };
    handle.addEventListener(RAW, (event) => drag(/** @type {PointerEvent} */ (event)));
    handle.addEventListener('pointermove', drag);
    handle.addEventListener('lostpointercapture', () => {
      held = null;
      handle.classList.remove('is-held');
      place();
    });
    handle.addEventListener('keydown', (event) => {
      const direction = ARROWS[event.key];
      const shown = plane.get();
      const both = ends();
      if (!direction || !shown || !both || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const size = NUDGE * (event.shiftKey ? COARSE : event.altKey ? FINE : 1);
      const [left, top] = shown.toPixel(...both[which]);
      turn(which, left, top + direction * size * shown.box.height);
    });
  });

  const undo = onChange([plane, state.setup, state.fit], place);
  return () => {
    undo();
    for (const handle of handles) handle.remove();
  };
}

/**
 * The part of the window's width where the line is to be seen; all of it when it is nowhere, or at both thirds.
 * @param {import('../canvas/plane.js').Window} window @param {(x: number) => Point} on the point of the line at x
 * @returns {[number, number]}
 */
function seenPart([[x0, x1], [y0, y1]], on) {
  const inside = (/** @type {number} */ place) => {
    const y = on(x0 + place * (x1 - x0))[1];
    return y >= y0 && y <= y1;
  };
  const [left, right] = [on(x0)[1], on(x1)[1]];
  const crosses = (/** @type {number} */ y) => Math.min(Math.max((y - left) / (right - left), 0), 1);
  if (PLACES.every(inside) || left === right) return [x0, x1];
  const [a, b] = [crosses(y0), crosses(y1)].sort((p, q) => p - q);
  return b > a ? [x0 + a * (x1 - x0), x0 + b * (x1 - x0)] : [x0, x1];
}
