// Curves in the data plane: one for each entrant at the playhead's step, the exact answer, and where all began.

import { traceTrail } from '../canvas/trail-path.js';
import { seenEntrants, shownStep } from '../canvas/trail-scene.js';

/** @typedef {import('../canvas/plane.js').Plane} Plane */
/** @typedef {import('./curve.js').Curve} Curve */

const WIDTH = 2.3;
const CHOSEN = 3.2;

/**
 * Every entrant seen with its weights at the step shown, the chosen one last.
 * @param {import('../../state/types.js').RegressionState} state
 * @param {Curve} curve
 * @returns {{index: number, colour: string, weights: Float64Array}[]}
 */
export function shownWeights(state, { dim }) {
  const run = state.run.get();
  const step = shownStep(state);
  if (step < 0 || run.dim !== dim) return [];
  return seenEntrants(state).flatMap(({ index, colour }) => {
    const weights = run.weights[index]?.subarray(step * dim, (step + 1) * dim);
    return weights?.every(Number.isFinite) ? [{ index, colour, weights }] : [];
  });
}

/**
 * @param {CanvasRenderingContext2D} c
 * @param {Plane} plane
 * @param {Curve} curve
 * @param {ReturnType<typeof shownWeights>} shown
 * @param {number} chosen
 * @param {string} halo
 */
export function paintCurves(c, plane, curve, shown, chosen, halo) {
  c.lineJoin = 'round';
  for (const { index, colour, weights } of shown) {
    const width = index === chosen ? CHOSEN : WIDTH;
    trace(c, plane, curve, weights);
    c.globalAlpha = 0.8;
    c.lineWidth = width + 2.6;
    c.strokeStyle = halo;
    c.stroke();
    c.globalAlpha = 1;
    c.lineWidth = width;
    c.strokeStyle = colour;
    c.stroke();
  }
}

/**
 * A thin line: the exact answer, or the start, or the straight line beside a curve.
 * @param {CanvasRenderingContext2D} c
 * @param {Plane} plane
 * @param {Curve} curve
 * @param {ArrayLike<number>} weights
 * @param {string} colour
 * @param {number[]} dashes
 * @param {number} [width]
 */
export function paintThin(c, plane, curve, weights, colour, dashes, width = 1.5) {
  trace(c, plane, curve, weights);
  c.save();
  c.setLineDash(dashes);
  c.lineCap = 'round';
  c.lineWidth = width;
  c.strokeStyle = colour;
  c.stroke();
  c.restore();
}

function trace(
  /** @type {CanvasRenderingContext2D} */ c,
  /** @type {Plane} */ plane,
  /** @type {Curve} */ curve,
  /** @type {ArrayLike<number>} */ weights,
) {
  const pixels = curve.trace(weights, plane);
  c.beginPath();
  traceTrail(c, pixels, 0, pixels.length / 2 - 1, plane.box);
}
