// @ts-check
/**
 * The plane in which weights are shown, as the server lays it: a point (a, b) is origin + a u + b v, with u and v at right
 * angles and of length 1.
 *
 * @import { Fit, Point, Run, Slice } from '../types.js'
 */

const CLOSE = 1e-3; // of a start's size: so far beside the plane it still counts as on it

/** @param {ArrayLike<number>} a @param {ArrayLike<number>} b */
function product(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** The point of the plane nearest to weights. @param {Slice} plane @param {number[]} weights @returns {Point} */
export function inPlane({ origin, u, v }, weights) {
  const away = weights.map((weight, i) => weight - origin[i]);
  return [product(away, u), product(away, v)];
}

/** Weights moved to another point of the plane; how far they lie beside it stays. @param {Slice} plane @param {number[]} weights @param {Point} to */
export function movedTo(plane, weights, to) {
  const [a, b] = inPlane(plane, weights);
  return weights.map((weight, i) => Number((weight + (to[0] - a) * plane.u[i] + (to[1] - b) * plane.v[i]).toPrecision(6)));
}

/** Whether these weights lie on the plane. @param {Slice} plane @param {number[]} weights */
export function liesOn(plane, weights) {
  const [a, b] = inPlane(plane, weights);
  const away = weights.map((weight, i) => weight - plane.origin[i] - a * plane.u[i] - b * plane.v[i]);
  return Math.hypot(...away) <= CLOSE * Math.max(1e-9, Math.hypot(...weights));
}

/**
 * The run as it is seen in the plane on show: the server's own until that plane is known.
 *
 * @param {Run} run
 * @param {Fit | null} fit
 * @returns {Run}
 */
export function seenIn(run, fit) {
  if (!fit || run.dim === 2 || fit.dim !== run.dim) return run;
  const { origin, u, v } = fit.plane;
  const { dim, have } = run;
  const [fromU, fromV] = [product(origin, u), product(origin, v)];
  const points = run.weights.map((weights) => {
    const seen = new Float64Array(2 * (run.steps + 1));
    for (let k = 0; k <= have; k++) {
      const now = weights.subarray(dim * k, dim * (k + 1));
      seen[2 * k] = product(now, u) - fromU;
      seen[2 * k + 1] = product(now, v) - fromV;
    }
    return seen;
  });
  return { ...run, points };
}
