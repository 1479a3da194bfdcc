// The picture of the data plane: axes, curves, whiskers and points, on one canvas that is painted anew whenever
// something has changed.

import { PLAIN_LINE } from './curve.js';
import { paintAxes } from './axes.js';
import { paintCurves, paintThin, shownWeights } from './lines.js';
import { paintPoints, pointLook } from './points.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { paintLasso } from './lasso.js';
import { addLayer, clipTo } from '../canvas/layer.js';
import { readPalette } from '../canvas/palette.js';
import { paintSquares, paintWhiskers, residuals } from './residuals.js';

const EXACT = [6, 5]; // dashes
const START = [0.1, 5]; // dots
const TRIED = [9, 4, 2, 4]; // dashes and dots
const QUIET = 1; // pixels wide: the straight line beside a curve
const ARM = 9; // pixels of the cursor's cross

/**
 * @param {HTMLElement} element data-axis-x and data-axis-y name the axes
 * @param {import('../../state/types.js').RegressionState} state
 * @param {import('./data-plane.js').Scene} scene
 * @returns {() => void} undo
 */
export function dataPicture(element, state, { plane, curve, hand, active, cursor, loop }) {
  const layer = addLayer(element, 'data');
  element.prepend(layer.canvas); // below what takes pointers
  let palette = readPalette(element);
  let look = pointLook(element, palette);

  function paint() {
    const shown = plane.get();
    if (!shown) return;
    const { context: c } = layer;
    layer.fit(element.clientWidth, element.clientHeight);
    layer.clear();
    const { axisX = 'x', axisY = 'y' } = element.dataset;
    paintAxes(c, shown, [axisX, axisY], palette);
    c.save();
    clipTo(c, shown.box);
    const model = curve();
    if (model) paintModel(c, shown, model);
    const keyed = hand.matches(':focus-visible');
    paintPoints(c, shown, state.data.get(), state.selected.get(), active.get(), keyed, look);
    const place = active.get() === null ? cursor.get() : null;
    if (place && keyed) paintCursor(c, shown.toPixel(...place));
    paintLasso(c, loop.get(), palette.accent);
    c.restore();
  }

  function paintModel(
    /** @type {CanvasRenderingContext2D} */ c,
    /** @type {import('../canvas/plane.js').Plane} */ shown,
    /** @type {import('./curve.js').Curve} */ model,
  ) {
    const lines = shownWeights(state, model);
    const chosen = lines.find(({ index }) => index === state.chosen.get());
    if (chosen) {
      const lengths = residuals(shown, state.data.get(), model, chosen.weights);
      if (state.view.get().squares) paintSquares(c, lengths, chosen.colour);
      paintWhiskers(c, lengths, palette.muted);
    }
    const line = finite(state.fit.get()?.straight?.weights);
    if (line) paintThin(c, shown, PLAIN_LINE, line, palette.muted, [], QUIET);
    const exact = finite(state.fit.get()?.exact?.weights);
    if (exact) paintThin(c, shown, model, exact, palette.muted, EXACT);
    const best = state.tried.get()?.best;
    if (best?.length === model.dim) paintThin(c, shown, model, best, palette.muted, TRIED);
    paintCurves(c, shown, model, lines, state.chosen.get(), palette.card);
    const { start } = state.setup.get();
    if (model.through && start.length === model.dim) paintThin(c, shown, model, start, palette.ink, START);
  }

  function paintCursor(/** @type {CanvasRenderingContext2D} */ c, /** @type {[number, number]} */ [x, y]) {
    c.beginPath();
    c.moveTo(x - ARM, y);
    c.lineTo(x + ARM, y);
    c.moveTo(x, y - ARM);
    c.lineTo(x, y + ARM);
    c.lineWidth = 2;
    c.strokeStyle = palette.accent;
    c.stroke();
  }

  const frame = painter(paint);
  const { data, fit, tried, run, playhead, setup, view, chosen, colours, selected } = state;
  const undos = [
    state.theme.subscribe(() => requestAnimationFrame(() => {
      palette = readPalette(element);
      look = pointLook(element, palette);
      frame.dirty();
    })),
    onChange([plane, data, fit, tried, run, playhead, setup, view, chosen, colours, selected, active, cursor, loop], frame.dirty),
  ];
  for (const kind of ['focus', 'blur']) hand.addEventListener(kind, frame.dirty);

  return () => {
    for (const undo of undos) undo();
    for (const kind of ['focus', 'blur']) hand.removeEventListener(kind, frame.dirty);
    frame.stop();
    layer.canvas.remove();
  };
}

/** Weights that can be drawn: all of them finite. @param {(number | null)[] | undefined} weights */
const finite = (weights) => (weights?.every(Number.isFinite) ? /** @type {number[]} */ (weights) : null);
