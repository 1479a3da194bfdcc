// @ts-check
/**
 * The hand on the lines of tries: what it points at is named, what it clicks is chosen, a drag along an axis keeps the tries
 * that pass there; arrow keys go from better to worse.
 *
 * @import { SearchState, Try } from '../../state/search/types.js'
 * @import { Axis } from './axes.js'
 */
import { passes } from "./axes.js";

const NEAR = 14; // px from a line that is still meant
const GRIP = 22; // px beside an axis that belong to it
const SHORT = 4; // px: a drag that is no longer is a click

/**
 * @param {HTMLElement} plot
 * @param {SearchState} state
 * @param {{drawn: () => {tries: Try[], axes: Axis[], box: {top: number, height: number}}, x: (axis: number) => number,
 *   corners: (each: Try) => [number, number][]}} lines as they are drawn: `x` of an axis, and the corners of a try's line
 * @returns {() => void} undo
 */
export function handOn(plot, state, { drawn, x, corners }) {
  /** The try whose line is nearest. @param {PointerEvent} event */
  function near({ clientX, clientY }) {
    const { left, top } = plot.getBoundingClientRect();
    const [px, py] = [clientX - left, clientY - top];
    let [best, found] = [NEAR, /** @type {number | null} */ (null)];
    const { tries, axes } = drawn();
    for (const each of tries) {
      if (!passes(each, axes, state.kept.get())) continue;
      const line = corners(each);
      for (let i = 1; i < line.length; i++) {
        const [[x0, y0], [x1, y1]] = [line[i - 1], line[i]];
        if (px < x0 - GRIP || px > x1 + GRIP) continue;
        const share = Math.max(0, Math.min(1, (px - x0) / (x1 - x0)));
        const gap = Math.abs(y0 + share * (y1 - y0) - py);
        if (gap < best) [best, found] = [gap, each.number];
      }
    }
    return found;
  }

  /** The axis under the hand. @param {PointerEvent} event */
  function axisAt({ clientX }) {
    const px = clientX - plot.getBoundingClientRect().left;
    const i = drawn().axes.findIndex((_, k) => Math.abs(x(k) - px) <= GRIP);
    return i < 0 ? null : i;
  }

  /** How far up the axes the hand is. @param {PointerEvent} event */
  function share({ clientY }) {
    const { box } = drawn();
    return Math.max(0, Math.min(1, 1 - (clientY - plot.getBoundingClientRect().top - box.top) / box.height));
  }

  /** @type {{axis: number, from: number, top: number, moved: boolean} | null} */
  let drag = null;

  /** @param {PointerEvent} event */
  function down(event) {
    const axis = axisAt(event);
    drag = axis === null ? null : { axis, from: share(event), top: event.clientY, moved: false };
    if (drag) plot.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (!drag) return state.pointed.set(near(event));
    if (!drag.moved && Math.abs(event.clientY - drag.top) < SHORT) return;
    drag.moved = true;
    const ends = [drag.from, share(event)].sort((a, b) => a - b);
    state.kept.update((kept) => ({ ...kept, [/** @type {any} */ (drag).axis]: /** @type {[number, number]} */ (ends) }));
  }

  /** @param {PointerEvent} event */
  function up(event) {
    const was = drag;
    drag = null;
    if (was?.moved) return;
    const one = near(event);
    if (was && state.kept.get()[was.axis] && one === null) return state.kept.update(({ [was.axis]: _, ...rest }) => rest);
    if (one !== null) state.chosen.set(one);
  }

  /** @param {KeyboardEvent} event */
  function walk(event) {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    const { tries, axes } = drawn();
    const shown = tries.filter((each) => passes(each, axes, state.kept.get()));
    if (step === undefined || shown.length === 0) return;
    event.preventDefault();
    const at = shown.findIndex(({ number }) => number === state.chosen.get());
    state.chosen.set(shown[Math.max(0, Math.min(shown.length - 1, at + step))].number);
  }

  const controller = new AbortController();
  const { signal } = controller;
  plot.addEventListener("pointerdown", down, { signal });
  plot.addEventListener("pointermove", move, { signal });
  plot.addEventListener("pointerup", up, { signal });
  plot.addEventListener("pointercancel", () => (drag = null), { signal });
  plot.addEventListener("pointerleave", () => state.pointed.set(null), { signal });
  plot.addEventListener("keydown", walk, { signal });
  return () => controller.abort();
}
