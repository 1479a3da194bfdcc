// @ts-check
/**
 * The error of one model on the points, where the server need not be asked: the mean over the training set, without
 * penalties.
 *
 * @import { Fit, Point, RegressionSetup } from './types.js'
 */

/** @type {Record<string, (error: number, delta: number) => number>} */
const LOSSES = {
  mse: (error) => error * error,
  mae: Math.abs,
  huber: (error, delta) => (Math.abs(error) <= delta ? (error * error) / 2 : delta * (Math.abs(error) - delta / 2)),
};

/**
 * @param {ArrayLike<number>} weights
 * @param {Fit} fit
 * @param {Point[]} points
 * @param {number[]} sets
 * @param {Pick<RegressionSetup, "loss" | "delta">} setup
 * @returns {number} NaN where it cannot be known here
 */
export function lossAt(weights, { rows }, points, sets, { loss, delta }) {
  const of = LOSSES[loss];
  if (!of || rows.length !== points.length) return NaN;
  let [sum, count] = [0, 0];
  points.forEach(([, y], k) => {
    if (sets[k] !== 0) return;
    let prediction = 0;
    for (let i = 0; i < weights.length; i++) prediction += rows[k][i] * weights[i];
    sum += of(prediction - y, delta);
    count += 1;
  });
  return sum / count;
}
