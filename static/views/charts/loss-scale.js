// The axes of the loss curve: steps to the right; the loss upwards, on a logarithmic scale in whole decades. Where losses
// fall below zero they are taken above the best loss known; where no best is known (a saddle falls for ever), the scale
// runs through zero, logarithmic on both sides.

import { powerOfTen } from '../../format.js';

const DEEPEST = 14; // decades shown at most, below the highest
const ABOVE = 1.5; // decades above the start at most: a run that explodes leaves through the top
const BELOW = 3; // decades below zero at most, of a loss without bound
const TICK_ROOM = 26; // pixels between two labels of the loss axis

/**
 * @typedef {object} Scale
 * @property {(loss: number) => number} at height of a loss: 0 at the bottom, 1 at the top, beyond both outside; -Infinity
 *   for what a logarithm cannot show
 * @property {{at: number, text: string}[]} ticks
 * @property {boolean} shifted whether losses are taken above the best known
 */

/**
 * @param {import('../../state/types.js').Run} run
 * @param {import('./loss-lines.js').Line[]} lines losses, those shown
 * @param {number} height pixels of the plot
 * @returns {Scale}
 */
export function lossScale(run, lines, height) {
  const known = run.goal?.f_min ?? Infinity;
  const raw = extent(lines, 0);
  if (known === Infinity && raw.lowest < 0) return signedScale(raw, height);

  const shift = known < 0 || raw.lowest < 0 ? Math.min(known, raw.lowest) : 0;
  const { least, most, first } = shift === 0 ? raw : extent(lines, shift);
  const goal = run.goal ? run.goal.loss - shift : Infinity;
  const top = first > 0 ? Math.min(most, first * 10 ** ABOVE) : most;
  const high = most > 0 ? Math.ceil(Math.log10(top) + 0.02) : 1;
  const low = most > 0 ? Math.max(high - DEEPEST, Math.min(high - 2, Math.floor(Math.log10(Math.min(least, goal, top))))) : -1;
  const every = spacing(high - low, height);
  const ticks = [];
  for (let decade = Math.ceil(low / every) * every; decade <= high; decade += every) {
    ticks.push({ at: (decade - low) / (high - low), text: powerOfTen(decade) });
  }
  const at = (/** @type {number} */ loss) => (loss > shift ? (Math.log10(loss - shift) - low) / (high - low) : -Infinity);
  return { at, ticks, shifted: shift !== 0 };
}

/** @param {ReturnType<typeof extent>} raw @param {number} height */
function signedScale({ lowest, most, first }, height) {
  const unit = 10 ** (Math.floor(Math.log10(Math.max(first, 1e-12))) - 1); // linear within this, logarithmic beyond
  const bend = (/** @type {number} */ loss) => Math.asinh(loss / (2 * unit)) / Math.LN10;
  const high = Math.ceil(bend(Math.min(Math.max(most, unit), first * 10 ** ABOVE)));
  const low = -Math.min(Math.ceil(bend(-lowest)), Math.max(1, high) + BELOW);
  const every = spacing(high - low, height);
  const decade = Math.round(Math.log10(unit));
  const ticks = [];
  for (let k = Math.ceil(low / every) * every; k <= high; k += every) {
    const value = k === 0 ? 0 : Math.sign(k) * 10 ** (decade + Math.abs(k));
    const text = k === 0 ? '0' : `${k < 0 ? '−' : ''}${powerOfTen(decade + Math.abs(k))}`;
    ticks.push({ at: (bend(value) - low) / (high - low), text });
  }
  return { at: (/** @type {number} */ loss) => (bend(loss) - low) / (high - low), ticks, shifted: false };
}

/** @param {number} decades @param {number} height @returns {number} decades between two labels */
function spacing(decades, height) {
  return [1, 2, 3, 4, 5, 7].find((size) => (decades / size) * TICK_ROOM <= height) ?? 7;
}

/**
 * @param {import('./loss-lines.js').Line[]} lines @param {number} shift
 * @returns {{lowest: number, least: number, most: number, first: number}} of the losses above `shift`: the lowest; the
 *   lowest above zero; the highest; the highest at the start
 */
function extent(lines, shift) {
  let lowest = Infinity;
  let least = Infinity;
  let most = 0;
  let first = 0;
  for (const { values, count } of lines) {
    first = Math.max(first, Math.abs(values[0] - shift) || 0);
    for (let k = 0; k < count; k++) {
      const loss = values[k] - shift;
      if (loss < lowest) lowest = loss;
      if (loss > 0 && loss < least) least = loss;
      if (loss > most && loss < Infinity) most = loss;
    }
  }
  return { lowest, least, most, first };
}

/**
 * Shares of right answers, from a round one below the lowest up to all.
 * @param {import('./loss-lines.js').Line[]} lines
 * @param {number} height pixels of the plot
 * @returns {Scale}
 */
export function accuracyScale(lines, height) {
  let least = 1;
  for (const { values, count } of lines) for (let k = 0; k < count; k++) if (values[k] < least) least = values[k];
  const grain = least > 0.9 ? 0.02 : 0.1;
  const low = Math.max(0, Math.min(1 - grain, Math.floor(least / grain) * grain));
  const every = [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5].find((size) => ((1 - low) / size) * TICK_ROOM <= height) ?? 0.5;
  const ticks = [];
  for (let share = Math.ceil(low / every - 1e-9) * every; share <= 1 + 1e-9; share += every)
    ticks.push({ at: (share - low) / (1 - low), text: `${Math.round(100 * share)} %` });
  return { at: (share) => (share - low) / (1 - low), ticks, shifted: false };
}

/**
 * Round numbers for the labels of the axis to the right, from 0 on: whole ones where there are many.
 * @param {number} steps
 * @param {number} width pixels
 * @returns {number[]}
 */
export function stepTicks(steps, width) {
  const rough = steps / Math.max(2, width / 80);
  const power = 10 ** Math.floor(Math.log10(steps > 5 ? Math.max(rough, 1) : rough));
  const size = [1, 2, 5, 10].map((part) => part * power).find((part) => part >= rough) ?? 10 * power;
  const ticks = [];
  for (let i = 0; i * size <= steps * (1 + 1e-9); i++) ticks.push(i * size);
  return ticks;
}
