// The start of the race, as something to take hold of: by mouse, finger or arrow keys.

import { number } from '../../format.js';
import { onChange } from './frame-loop.js';

/** @typedef {import('./plane.js').Plane} Plane */

const NUDGE = 0.005; // of the window, for one press of an arrow key
const COARSE = 10; // with Shift
const FINE = 0.1; // with Alt
const RAW = 'pointerrawupdate';
const PAUSE = 7; // milliseconds between two raw movements that are taken up: a mouse may tell a thousand a second
const EDGE = 4; // pixels inside the box where a start beyond it waits to be fetched back

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/**
 * @param {HTMLElement} element the map; its data-drag and data-start are the words
 * @param {import('../../state/types.js').State} state
 * @param {import('../../state/types.js').Actions} actions
 * @param {import('../../state/types.js').Readable<Plane | null>} plane
 * @returns {() => void} undo
 */
export function startHandle(element, state, actions, plane) {
  const handle = document.createElement('button');
  handle.type = 'button';
  handle.className = 'start-handle';
  const hint = document.createElement('span');
  hint.className = 'start-hint';
  hint.textContent = element.dataset.drag ?? '';
  hint.setAttribute('aria-hidden', 'true');
  handle.append(hint);
  element.append(handle);

  const place = () => {
    const shown = plane.get();
    handle.hidden = !shown;
    if (!shown) return;
    const [x, y] = state.start.get();
    const [left, top] = shown.toPixel(x, y);
    const { box } = shown;
    const atX = Math.min(Math.max(left, box.left + EDGE), box.left + box.width - EDGE);
    const atY = Math.min(Math.max(top, box.top + EDGE), box.top + box.height - EDGE);
    handle.style.transform = `translate(${atX}px, ${atY}px)`;
    handle.classList.toggle('is-outside', !shown.holds(left, top, 1));
    handle.classList.toggle('is-right', atX > box.left + box.width - 110);
    const [nameX, nameY] = state.ground.get().axes;
    handle.setAttribute('aria-label', `${element.dataset.start ?? ''}: ${nameX} ${number(x, 3)}, ${nameY} ${number(y, 3)}`);
  };
  const undo = onChange([plane, state.start, state.ground], place);

  /** How far the point was from the pointer when taken, so that it does not jump. */
  let grip = [0, 0];
  const locate = (/** @type {PointerEvent} */ event) => {
    const frame = element.getBoundingClientRect();
    return [event.clientX - frame.left, event.clientY - frame.top];
  };
  const used = () => handle.classList.add('is-used');

  handle.addEventListener('pointerdown', (event) => {
    const shown = plane.get();
    if (event.button !== 0 || !shown) return;
    event.stopPropagation();
    handle.setPointerCapture(event.pointerId);
    handle.classList.add('is-held');
    const [left, top] = shown.toPixel(...state.start.get());
    const [x, y] = locate(event);
    const reach = Math.hypot(left - x, top - y);
    grip = reach < 40 ? [left - x, top - y] : [0, 0];
  });
  let sooner = 0; // when the hand's last movement was taken up, in milliseconds
  const drag = (/** @type {PointerEvent} */ event) => {
    const shown = plane.get();
    if (!shown || !handle.hasPointerCapture(event.pointerId)) return;
    event.stopPropagation();
    if (event.type === RAW && event.timeStamp - sooner < PAUSE) return;
    sooner = event.timeStamp;
    const [x, y] = locate(event);
    const { box } = shown;
    const left = Math.min(Math.max(x + grip[0], box.left), box.left + box.width);
    const top = Math.min(Math.max(y + grip[1], box.top), box.top + box.height);
    used();
    const [startX, startY] = roundToPixel(shown, left, top);
    const [x0, y0] = state.start.get();
    if (startX !== x0 || startY !== y0) actions.moveStart([startX, startY]);
  };
  // A raw movement comes as the hand makes it, a plain one waits for the next frame: half a frame is saved where the
  // browser tells raw ones, and the last position is never lost.
  handle.addEventListener(RAW, (event) => drag(/** @type {PointerEvent} */ (event)));
  handle.addEventListener('pointermove', drag);
  const release = () => handle.classList.remove('is-held');
  handle.addEventListener('lostpointercapture', release);

  handle.addEventListener('keydown', (event) => {
    const direction = ARROWS[event.key];
    const shown = plane.get();
    if (!direction || !shown || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    used();
    const size = NUDGE * (event.shiftKey ? COARSE : event.altKey ? FINE : 1);
    const [x, y] = state.start.get();
    const [[x0, x1], [y0, y1]] = shown.window;
    actions.moveStart([tidy(x + direction[0] * size * (x1 - x0), x1 - x0), tidy(y + direction[1] * size * (y1 - y0), y1 - y0)]);
  });

  return () => {
    undo();
    handle.remove();
  };
}

/**
 * The point under a pixel, without digits that no hand could have meant: links stay short.
 * @param {Plane} plane @param {number} left @param {number} top
 * @returns {[number, number]}
 */
export function roundToPixel(plane, left, top) {
  const [x, y] = plane.toPoint(left, top);
  const [[x0, x1], [y0, y1]] = plane.window;
  return [tidy(x, x1 - x0), tidy(y, y1 - y0)];
}

/** @param {number} value @param {number} span of the window @returns {number} rounded to some 1/10,000 of the span */
function tidy(value, span) {
  const digits = Math.min(15, Math.max(0, 4 - Math.floor(Math.log10(span))));
  return Number(value.toFixed(digits));
}
