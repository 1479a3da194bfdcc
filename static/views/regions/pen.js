// A pen on the plane: a click puts down a sample of the class that was picked, a stroke a row of them, a click on a
// sample takes it away. By keys: arrows move a cursor, Enter puts down, Delete takes away. Without a pen the picture is
// for looking, and a click picks the entrant.

import { roundToPixel } from '../canvas/handle.js';

const APART = 14; // pixels between two samples of a stroke
const STILL = 4; // pixels that a click may move
const NUDGE = 0.01; // of the plane, for one press of an arrow key
const COARSE = 8; // with Shift

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @typedef {object} Pen
 * @property {() => import('../canvas/plane.js').Plane | null} plane null: there is nothing to draw on
 * @property {() => number | null} pen class that is drawn; null while nothing is
 * @property {(left: number, top: number) => number | null} sampleAt row of the sample there
 * @property {(point: [number, number]) => void} add
 * @property {(row: number) => void} erase
 * @property {() => void} begin a stroke
 * @property {() => void} end it
 * @property {() => void} pick the entrant
 * @property {import('../../state/types.js').Writable<[number, number] | null>} cursor of the keys, pixels
 */

/**
 * @param {HTMLElement} picture
 * @param {Pen} tell
 * @returns {() => void} undo
 */
export function penHand(picture, { plane, pen, sampleAt, add, erase, begin, end, pick, cursor }) {
  const controller = new AbortController();
  const { signal } = controller;
  /** @type {{id: number, left: number, top: number, at: [number, number], row: number | null, strokes: boolean} | null} */
  let down = null;

  /** @param {MouseEvent} event @returns {[number, number]} */
  function local({ clientX, clientY }) {
    const box = picture.getBoundingClientRect();
    return [clientX - box.left - picture.clientLeft, clientY - box.top - picture.clientTop];
  }

  /** @param {number} left @param {number} top */
  function put(left, top) {
    const shown = plane();
    if (shown?.holds(left, top)) add(roundToPixel(shown, left, top));
  }

  function lift() {
    if (down) end();
    down = null;
  }

  picture.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !event.isPrimary || pen() === null || !plane()) return;
    lift();
    const [left, top] = local(event);
    down = { id: event.pointerId, left, top, at: [left, top], row: sampleAt(left, top), strokes: false };
    picture.setPointerCapture(event.pointerId);
    cursor.set(null);
    begin();
    if (down.row === null) put(left, top);
  }, { signal });

  picture.addEventListener('pointermove', (event) => {
    if (!down || event.pointerId !== down.id) return;
    const [left, top] = local(event);
    if (Math.hypot(left - down.left, top - down.top) > STILL) down.strokes = true;
    if (down.row !== null || Math.hypot(left - down.at[0], top - down.at[1]) < APART) return;
    down.at = [left, top];
    put(left, top);
  }, { signal });

  picture.addEventListener('pointerup', (event) => {
    if (!down || event.pointerId !== down.id) return;
    if (down.row !== null && !down.strokes) erase(down.row);
    lift();
  }, { signal });
  picture.addEventListener('pointercancel', lift, { signal });
  picture.addEventListener('click', () => void (pen() === null && pick()), { signal });

  picture.addEventListener('keydown', (event) => {
    const shown = plane();
    if (pen() === null || !shown || event.ctrlKey || event.metaKey || event.altKey) return;
    const { left, top, width, height } = shown.box;
    const [x, y] = cursor.get() ?? [left + width / 2, top + height / 2];
    const arrow = ARROWS[event.key];
    if (arrow) {
      const size = NUDGE * (event.shiftKey ? COARSE : 1);
      const clamp = (/** @type {number} */ at, /** @type {number} */ from, /** @type {number} */ span) => Math.min(Math.max(at, from), from + span);
      cursor.set([clamp(x + arrow[0] * size * width, left, width), clamp(y + arrow[1] * size * height, top, height)]);
    } else if (event.key === 'Enter' || event.key === ' ') put(x, y);
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      const row = sampleAt(x, y);
      if (row === null) return;
      erase(row);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal });
  picture.addEventListener('blur', () => cursor.set(null), { signal });

  return () => {
    controller.abort();
    lift();
  };
}
