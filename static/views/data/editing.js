// What hand and keys do to the points. The window stays still while they are held; what they did meanwhile is undone
// as one.

import { fill, number } from '../../format.js';
import { watchHand } from './pointing.js';
import { pointKeys } from './keys.js';
import { pointAt, FINGER, REACH } from './points.js';
import { replaced } from './window.js';
import { roundToPixel } from '../canvas/handle.js';
import { caught } from './lasso.js';

/** @typedef {[number, number]} Point */

/**
 * @param {HTMLElement} element data-added, data-removed and data-selected are the words
 * @param {import('../../state/types.js').RegressionState} state
 * @param {import('../../state/types.js').RegressionActions} actions
 * @param {import('./data-plane.js').Scene} scene
 * @param {(points: Point[], held: boolean) => void} follow moves the window when it must
 * @returns {() => void} undo
 */
export function dataEditing(element, state, actions, scene, follow) {
  const { plane, hand, active, loop } = scene;
  const { selected } = state;
  const announcement = /** @type {HTMLElement} */ (element.querySelector('[data-part="said"]'));
  const points = () => state.data.get().points;
  let held = false;
  let before = points();
  /** @type {{from: [number, Point][], first: Point}} pixels where the dragged points lay */
  let grabbed = { from: [], first: [0, 0] };
  /** @type {Set<number>} what was selected before the loop */
  let selectedBefore = new Set();

  const edit = {
    add(/** @type {Point} */ point) {
      actions.addPoint(point);
      const [x, y] = point.map((value) => number(value, 3));
      announcement.textContent = fill(element.dataset.added, { x, y });
    },
    move: actions.movePoints,
    remove(/** @type {number[]} */ gone) {
      if (gone.length === 0) return;
      active.set(null);
      selected.set(new Set());
      actions.removePoints(gone);
      announcement.textContent = fill(element.dataset.removed, { count: gone.length });
    },
    begin() {
      held = true;
      actions.beginEdit();
    },
    end() {
      held = false;
      actions.endEdit();
      follow(points(), held);
    },
  };

  const undoHand = watchHand(hand, {
    pointAt(left, top, touch) {
      const shown = plane.get();
      return shown && pointAt(shown, points(), left, top, touch ? FINGER : REACH);
    },
    loops: () => state.view.get().lasso ?? false,
    tapGround(left, top) {
      const shown = plane.get();
      if (!shown || !shown.holds(left, top)) return;
      active.set(null);
      const several = selected.get().size > 1;
      selected.set(new Set());
      if (!several) edit.add(roundToPixel(shown, left, top));
    },
    tapPoint(point, shift) {
      const next = new Set(shift ? selected.get() : []);
      if (shift && selected.get().has(point)) next.delete(point);
      else next.add(point);
      active.set(next.has(point) ? point : null);
      selected.set(next);
    },
    tapTwice: (point) => edit.remove([point]),
    grab(point) {
      const shown = plane.get();
      if (!shown) return;
      const pixel = (/** @type {number} */ index) => shown.toPixel(...points()[index]);
      const all = selected.get().has(point) ? [...selected.get()] : [point];
      grabbed = { from: all.map((index) => [index, pixel(index)]), first: pixel(point) };
      active.set(point);
      edit.begin();
    },
    drag(dx, dy) {
      const shown = plane.get();
      if (!shown) return;
      const { left, top, width, height } = shown.box;
      const [x, y] = grabbed.first; // it stays inside the box, the others keep their distance to it
      const right = Math.min(Math.max(x + dx, left), left + width) - x;
      const down = Math.min(Math.max(y + dy, top), top + height) - y;
      actions.movePoints(grabbed.from.map(([index, [atX, atY]]) => [index, roundToPixel(shown, atX + right, atY + down)]));
    },
    drop: edit.end,
    loop(left, top, adds) {
      const shown = plane.get();
      if (!shown) return;
      if (loop.get().length === 0) selectedBefore = adds ? selected.get() : new Set();
      loop.set([...loop.get(), [left, top]]);
      const next = new Set([...selectedBefore, ...caught(loop.get(), shown, points())]);
      if (next.size !== selected.get().size || ![...next].every((index) => selected.get().has(index))) selected.set(next);
    },
    looped() {
      loop.set([]);
      active.set(null);
      announcement.textContent = fill(element.dataset.selected, { count: selected.get().size });
    },
  });

  const undos = [
    undoHand,
    pointKeys(element, announcement, state, scene, edit),
    // A number names another point when some are gone, or when all are others.
    state.data.subscribe(() => {
      if (points() === before) return;
      if (!held && (points().length < before.length || replaced(before, points()))) {
        selected.set(new Set());
        active.set(null);
      }
      before = points();
      follow(before, held);
    }),
  ];
  return () => undos.forEach((undo) => undo());
}
