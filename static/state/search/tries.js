// @ts-check
/**
 * The tries of a search as they come in.
 *
 * @import { Results, Try, Wanted } from './types.js'
 */
import { tick } from "../../format.js";

/** Regressions and networks are told apart by what they learn from. @param {any} setup @returns {"network" | "regression"} */
export const kindOf = (setup) =>
  ["data", "drawn", "csv", "file"].some((name) => setup[name] !== undefined && setup[name] !== null) ? "network" : "regression";

/** A value in words: layers as they are typed. @param {any} value @returns {string} */
export function told(value) {
  if (Array.isArray(value)) return value.length > 0 ? value.join(", ") : "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? tick(value, 4) : String(value ?? "–");
}

/** What an axis varies, and how it is written. @param {string} text */
export function axisOf(text) {
  const [name, ...rest] = text.split("=");
  return { name: name.trim(), values: rest.join("=") };
}

/**
 * Nothing is known yet.
 *
 * @param {Wanted} of
 * @returns {Results}
 */
export const begun = (of) => ({ of, varied: of.search.vary.map((text) => axisOf(text).name), judge: "validation", tries: [], told: "", best: null });

/** Who comes before whom: who was trained longer, then who has the lower loss. @param {Try} a @param {Try} b */
const order = (a, b) => b.steps - a.steps || (a.loss ?? Infinity) - (b.loss ?? Infinity) || a.number - b.number;

/**
 * With more of them. One that is known already has been trained for longer, or is told again.
 *
 * @param {Results} results
 * @param {Try[]} tries
 * @returns {Results}
 */
export function withTries(results, tries) {
  const known = new Map(results.tries.map((each) => [each.number, each]));
  for (const each of tries) known.set(each.number, each);
  const all = [...known.values()];
  // Without halving steps differ where mini-batches do, and say nothing.
  return { ...results, tries: all.sort(results.of.search.halving ? order : (a, b) => order({ ...a, steps: 0 }, { ...b, steps: 0 })) };
}

/** The lowest loss so far. @param {Results} results */
export const lowest = ({ tries }) => tries.find(({ loss }) => loss !== null && loss !== undefined)?.loss ?? null;
