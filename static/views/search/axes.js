// @ts-check
/**
 * Axes of charts of tries: where a value lies along one, from 0 to 1, and what is written beside it. Numbers of a range lie
 * evenly, or by ratios; what was listed one beside the other, in the order in which it was asked for.
 *
 * @import { Results, Try } from '../../state/search/types.js'
 */
import { powerOfTen, tick } from "../../format.js";
import { axisOf, told } from "../../state/search/tries.js";

const FAR = 30; // times the median loss: what is higher lies at the upper end
const EDGE = 0.04; // of the length, free at either end

/** @typedef {{at: number, text: string}} Tick */
/**
 * @typedef {object} Axis
 * @property {string} name
 * @property {(value: any) => number | null} place from 0 to 1; null where there is no such value
 * @property {Tick[]} ticks
 * @property {(value: any) => string} told
 */

const inner = (/** @type {number} */ share) => EDGE + (1 - 2 * EDGE) * share;

/** @param {string} name @param {any[]} values that there are, in their order @returns {Axis} */
function listed(name, values) {
  // Words of what was asked for and values of tries may be alike.
  const names = [...new Set(values.map(told))];
  const places = new Map(names.map((each, i) => [each, inner(names.length > 1 ? i / (names.length - 1) : 0.5)]));
  return {
    name,
    place: (value) => places.get(told(value)) ?? null,
    ticks: names.map((text) => ({ at: places.get(text) ?? 0, text })),
    told,
  };
}

/** @param {number} low @param {number} high @param {boolean} log @returns {Tick[]} */
function ticksBetween(low, high, log) {
  const at = (/** @type {number} */ value) => inner(log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low));
  if (!log) {
    const step = 10 ** Math.floor(Math.log10((high - low) / 2));
    const wide = [1, 2, 5, 10].map((each) => each * step).find((each) => (high - low) / each <= 5) ?? high - low;
    const first = Math.ceil(low / wide - 1e-9);
    return Array.from({ length: Math.floor(high / wide + 1e-9) - first + 1 }, (_, i) => (first + i) * wide).map((value) => ({ at: at(value), text: tick(value) }));
  }
  const powers = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const tens = Array.from({ length: Math.max(0, powers[1] - powers[0] + 1) }, (_, i) => ({ at: at(10 ** (powers[0] + i)), text: powerOfTen(powers[0] + i) }));
  return tens.length > 1 ? tens : [low, Math.sqrt(low * high), high].map((value) => ({ at: at(value), text: tick(value, 2) }));
}

/** @param {string} name @param {number[]} values @param {boolean} log @returns {Axis} */
function measured(name, values, log) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const share = (/** @type {number} */ value) => (log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low));
  return {
    name,
    place: (value) => (typeof value === "number" ? inner(share(value)) : null),
    ticks: ticksBetween(low, high, log),
    told,
  };
}

/** The ends of a range, and whether it is even by ratios; null of a list. @param {string} text */
function rangeOf(text) {
  const [, low, high, log] = /^(.+)\.\.(.+?)(:log)?$/.exec(text.trim()) ?? [];
  const ends = [Number(low), Number(high)];
  return low && ends.every(Number.isFinite) && ends[0] < ends[1] ? { ends, log: log !== undefined && ends[0] > 0 } : null;
}

/** The values of a list, as `told` has them. @param {string} text */
function listOf(text) {
  const pieces = text.split(text.includes("|") ? "|" : ",").map((each) => each.trim());
  return pieces.map((each) => (each !== "" && Number.isFinite(Number(each)) ? told(Number(each)) : told(each.split(","))));
}

/**
 * An axis for each thing that was varied: over the whole of what was asked for, so that nothing moves while tries come in.
 *
 * @param {Results} results
 * @returns {Axis[]}
 */
export function axesOf({ of, varied, tries }) {
  return varied.map((name, i) => {
    const values = tries.map(({ choices }) => choices[name]).filter((value) => value !== undefined);
    const { values: asked } = axisOf(of.search.vary[i] ?? "");
    const range = rangeOf(asked);
    if (range && values.every((value) => typeof value === "number")) return measured(name, [...range.ends, .../** @type {number[]} */ (values)], range.log);
    return listed(name, [...listOf(asked), ...values]);
  });
}

/**
 * The axis of the loss, the lowest at the bottom. A try that diverged lies at the upper end.
 *
 * @param {Results} results
 * @param {string} name
 * @returns {Axis}
 */
export function lossAxis({ tries }, name) {
  const losses = tries.map(({ loss }) => loss).filter((loss) => typeof loss === "number" && loss > 0).map(Number);
  if (losses.length === 0) return { name, place: () => 1, ticks: [], told };
  const median = losses.toSorted((a, b) => a - b)[losses.length >> 1];
  const low = Math.min(...losses);
  const high = Math.max(...losses.filter((loss) => loss <= FAR * median));
  const wide = high > low ? high : low * 2;
  return {
    name,
    place: (loss) => (typeof loss !== "number" ? 1 : Math.min(1 - EDGE, inner(Math.max(0, Math.log(loss / low) / Math.log(wide / low))))),
    ticks: ticksBetween(low, wide, true),
    told,
  };
}

/** How good each try is among all, from 0 for the best to 1; by number. @param {Try[]} tries the best first @returns {Map<number, number>} */
export const ranks = (tries) => new Map(tries.map(({ number }, i) => [number, tries.length > 1 ? i / (tries.length - 1) : 0]));

/** Whether a try passes through what is kept. @param {Try} each @param {Axis[]} axes the loss last @param {import('../../state/search/types.js').Kept} kept */
export const passes = (each, axes, kept) =>
  Object.entries(kept).every(([i, [low, high]]) => {
    const at = placeOf(each, axes, Number(i));
    return at !== null && at >= low && at <= high;
  });

/** Where a try crosses an axis. @param {Try} each @param {Axis[]} axes the loss last @param {number} i */
export const placeOf = (each, axes, i) => axes[i].place(i === axes.length - 1 ? each.loss : each.choices[axes[i].name]);
