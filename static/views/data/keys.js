// The data plane under the keys. Arrow keys move the active point, or a cursor where there is none; Page Up and Page
// Down walk from point to point; Enter puts a point down at the cursor. To a screen reader the plane is a list of points.

import { fill, number } from '../../format.js';
import { pointWords } from './hints.js';
import { onChange } from '../canvas/frame-loop.js';
import { roundToPixel } from '../canvas/handle.js';

const NUDGE = 0.005; // of the window, for one press of an arrow key
const COARSE = 10; // with Shift
const FINE = 0.1; // with Alt

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @typedef {[number, number]} Point */

/**
 * @param {HTMLElement} element data-point, data-sets and data-cursor are the words; its hand holds two options
 * @param {HTMLElement} announcement reads aloud
 * @param {import('../../state/types.js').RegressionState} state
 * @param {import('./data-plane.js').Scene} scene
 * @param {{add: (point: Point) => void, move: (moves: [number, Point][]) => void, remove: (indices: number[]) => void,
 *   begin: () => void, end: () => void}} edit
 * @returns {() => void} undo
 */
export function pointKeys(element, announcement, state, { plane, hand, active, cursor }, edit) {
  const controller = new AbortController();
  const { signal } = controller;
  const { selected } = state;
  const options = /** @type {HTMLElement[]} */ ([...hand.querySelectorAll('[role="option"]')]);
  let pressed = false; // an arrow key is held down: all its movements are one

  const points = () => state.data.get().points;
  /** The other option each time: a reader tells of a change of options, not of one in an option. */
  function tell() {
    const index = active.get();
    const [shown, spare] = options[0].hidden ? [options[1], options[0]] : options;
    if (index === null || !points()[index]) {
      for (const option of options) option.hidden = true;
      hand.removeAttribute('aria-activedescendant');
      return;
    }
    const text = pointWords(element, state.data.get(), index);
    const picked = String(selected.get().has(index));
    if (!shown.hidden && shown.textContent === text && shown.ariaSelected === picked) return;
    spare.textContent = text;
    spare.ariaSelected = picked;
    spare.ariaSetSize = String(points().length);
    spare.ariaPosInSet = String(index + 1);
    spare.hidden = false;
    shown.hidden = true;
    hand.setAttribute('aria-activedescendant', spare.id);
  }

  /** @param {number} step from point to point, by x */
  function walk(step) {
    const order = points().map((_, i) => i).sort((a, b) => points()[a][0] - points()[b][0] || a - b);
    if (order.length === 0) return;
    const now = active.get();
    const place = now === null ? (step > 0 ? -1 : order.length) : order.indexOf(now);
    active.set(order[Math.max(0, Math.min(place + step, order.length - 1))]);
  }

  /** Where the cursor is: at first in the middle. @returns {Point} */
  function place() {
    const [[x0, x1], [y0, y1]] = plane.get()?.window ?? [[0, 0], [0, 0]];
    return cursor.get() ?? [(x0 + x1) / 2, (y0 + y1) / 2];
  }

  /** @param {KeyboardEvent} event @param {[number, number]} direction */
  function arrow(event, [right, down]) {
    const shown = plane.get();
    if (!shown) return;
    const size = NUDGE * (event.shiftKey ? COARSE : event.altKey ? FINE : 1);
    const [dx, dy] = [right * size * shown.box.width, down * size * shown.box.height];
    const moved = (/** @type {Point} */ point) => {
      const [left, top] = shown.toPixel(...point);
      const [x, y] = roundToPixel(shown, left + dx, top + dy);
      return /** @type {Point} */ ([dx ? x : point[0], dy ? y : point[1]]);
    };
    const targets = targetsOf(active.get(), selected.get());
    if (targets.length === 0) {
      const [x, y] = moved(place());
      cursor.set([x, y]);
      announcement.textContent = fill(element.dataset.cursor, { x: number(x, 3), y: number(y, 3) });
      return;
    }
    if (!pressed) edit.begin();
    pressed = true;
    edit.move(targets.map((index) => [index, moved(points()[index])]));
  }

  function release() {
    if (pressed) edit.end();
    pressed = false;
  }

  function enter() {
    const shown = plane.get();
    const index = active.get();
    if (!shown) return;
    if (index !== null) {
      cursor.set(points()[index]);
      return active.set(null);
    }
    edit.add(roundToPixel(shown, ...shown.toPixel(...place())));
  }

  function toggle() {
    const index = active.get();
    if (index === null) return;
    const next = new Set(selected.get());
    if (!next.delete(index)) next.add(index);
    selected.set(next);
  }

  function escape() {
    if (active.get() !== null) enter();
    selected.set(new Set());
  }

  const remove = () => edit.remove(targetsOf(active.get(), selected.get()));

  /** @type {Record<string, () => void>} */
  const keys = {
    PageDown: () => walk(1),
    PageUp: () => walk(-1),
    Home: () => walk(-Infinity),
    End: () => walk(Infinity),
    Enter: enter,
    ' ': toggle,
    Escape: escape,
    Delete: remove,
    Backspace: remove,
  };
  hand.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== 'a') return;
      selected.set(new Set(points().keys()));
    } else if (ARROWS[event.key]) arrow(event, ARROWS[event.key]);
    else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal });
  hand.addEventListener('keyup', (event) => ARROWS[event.key] && release(), { signal });
  hand.addEventListener('blur', release, { signal });

  const undo = onChange([active, selected, state.data], tell);
  return () => {
    undo();
    controller.abort();
  };
}

/**
 * What an edit acts on: all selected points, unless the active one is not among them.
 * @param {number | null} active
 * @param {Set<number>} selected
 * @returns {number[]}
 */
const targetsOf = (active, selected) => (active === null || selected.has(active) ? [...selected] : [active]);
