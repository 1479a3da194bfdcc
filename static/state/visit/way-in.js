// @ts-check
/**
 * What somebody who comes for the first time may do on a page: when a thing counts as done, and whether a guess was right.
 *
 * @typedef {"start" | "type" | "points" | "degree" | "data" | "layers"} Deed
 */

/** @param {any} a @param {any} b */
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** @param {any} setup what is walked on, and who walks */
const race = ({ surface, expression, entrants }) => [surface, expression, entrants];

/** How many points were put down or moved while it ran. @param {any} setup */
const movedPoints = ({ changes = [] }) => changes.filter((/** @type {any} */ change) => "point" in change).length;

/**
 * Whether a deed turned the one setup into the other. Another scene or link changes much at once, and is none of these.
 *
 * @type {Record<Deed, (before: any, after: any) => boolean>}
 */
export const DEEDS = {
  start: (before, after) => !same(before.start, after.start) && same(race(before), race(after)),
  type: (before, after) => after.expression !== undefined && after.expression !== before.expression,
  points: (before, after) =>
    same(before.entrants, after.entrants) &&
    ((after.points !== undefined && !same(before.points, after.points)) || movedPoints(after) > movedPoints(before)),
  degree: (before, after) => before.degree !== after.degree && same(before.points, after.points),
  data: (before, after) => before.data !== after.data || !same(before.drawn, after.drawn),
  layers: (before, after) => !same(before.hidden, after.hidden) && before.data === after.data,
};

/**
 * Whether the racer that was named came lowest.
 *
 * @param {number[]} losses of all at the end; NaN for whoever diverged
 * @param {number} guess
 * @returns {{kind: "right" | "shared" | "wrong" | "nobody", lowest: number[]}} `lowest`: who came lowest, more than one where
 *   their losses are the same number
 */
export function verdict(losses, guess) {
  const least = Math.min(...losses.filter(Number.isFinite));
  const lowest = losses.flatMap((loss, i) => (loss === least ? [i] : []));
  if (lowest.length === 0) return { kind: "nobody", lowest };
  const right = lowest.includes(guess);
  return { kind: right ? (lowest.length > 1 ? "shared" : "right") : "wrong", lowest };
}
