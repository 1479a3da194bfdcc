// The curve of a model in the data plane: its inputs along x, as the server laid them out, times the weights.

/** @typedef {import('../canvas/plane.js').Plane} Plane */

/**
 * @typedef {object} Curve
 * @property {number} dim weights it takes
 * @property {(weights: ArrayLike<number>, x: number) => number} at its height; NaN beyond where the curve is known
 * @property {(weights: ArrayLike<number>, plane: Plane) => Float64Array} trace x and y in turn, pixels
 * @property {((from: [number, number], to: [number, number]) => [number, number]) | null} through the weights of the
 *   line through two points; null when the model is no straight line
 */

/**
 * @param {import('../../state/types.js').Fit} fit
 * @returns {Curve | null} null for data that no plane can show
 */
export function curveOf({ dim, x, basis }) {
  if (!x || !basis || x.length < 2) return null;
  return dim === 2 ? straight(x, basis) : bent(dim, x, basis);
}

/** The line of a slope and an intercept, whatever the columns of the model are. */
export const PLAIN_LINE = straight(Float64Array.of(0, 1), [Float64Array.of(0, 1), Float64Array.of(1, 1)]);

/** A straight line goes on for ever: two of its points are enough. */
function straight(/** @type {Float64Array} */ x, /** @type {Float64Array[]} */ basis) {
  const last = x.length - 1;
  const perX = (basis[last][0] - basis[0][0]) / (x[last] - x[0]);
  const input = (/** @type {number} */ at) => basis[0][0] + (at - x[0]) * perX; // standardised, or x itself
  const at = (/** @type {ArrayLike<number>} */ weights, /** @type {number} */ where) => weights[0] * input(where) + weights[1];
  /** @type {Curve} */
  const curve = {
    dim: 2,
    at,
    trace(weights, plane) {
      const [from, to] = plane.window[0];
      return Float64Array.of(...plane.toPixel(from, at(weights, from)), ...plane.toPixel(to, at(weights, to)));
    },
    through([x0, y0], [x1, y1]) {
      // Six digits are more than a hand means; the intercept takes up what the rounding of the slope leaves.
      const slope = Number(((y1 - y0) / (input(x1) - input(x0))).toPrecision(6));
      return [slope, Number((y1 - slope * input(x1)).toPrecision(8))];
    },
  };
  return curve;
}

/** Any other model is known at the server's x only; between them it is drawn straight. */
function bent(/** @type {number} */ dim, /** @type {Float64Array} */ x, /** @type {Float64Array[]} */ basis) {
  const pixels = new Float64Array(2 * x.length);
  const height = (/** @type {ArrayLike<number>} */ weights, /** @type {number} */ k) => {
    let sum = 0;
    for (let i = 0; i < dim; i++) sum += basis[k][i] * weights[i];
    return sum;
  };
  /** @type {Curve} */
  const curve = {
    dim,
    at(weights, where) {
      const place = ((where - x[0]) / (x[x.length - 1] - x[0])) * (x.length - 1);
      const k = Math.min(Math.floor(place), x.length - 2);
      if (!(k >= 0 && place <= x.length - 1)) return NaN;
      return height(weights, k) + (place - k) * (height(weights, k + 1) - height(weights, k));
    },
    trace(weights, plane) {
      for (let k = 0; k < x.length; k++) {
        pixels[2 * k] = plane.originX + x[k] * plane.perX;
        pixels[2 * k + 1] = plane.originY + height(weights, k) * plane.perY;
      }
      return pixels;
    },
    through: null,
  };
  return curve;
}
