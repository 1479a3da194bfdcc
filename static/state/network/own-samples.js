// @ts-check
/**
 * Samples of one's own, drawn or pasted, in place of those of a set; and how to go back from them.
 *
 * @import { Window } from '../types.js'
 * @import { Act } from '../history.js'
 * @import { Drawn, NetworkCatalog, NetworkSetup, Sampled } from './types.js'
 */
import { setOf } from "./setup.js";

const EMPTY = 2.1; // how far an empty plane reaches from its middle, as in app/engine/datasets/toys.py
const DIGITS = 4; // of the coordinates of points that become one's own, so that a link stays short

/**
 * The samples as points of one's own: those that are, or those on show.
 *
 * @param {NetworkSetup} setup
 * @param {Sampled | null} samples
 * @returns {Drawn[]}
 */
export function ownPoints({ drawn }, samples) {
  if (drawn) return drawn;
  if (!samples || samples.kind !== "classes" || samples.dims[0] !== 2) return [];
  const round = (/** @type {number} */ value) => Number(value.toPrecision(DIGITS));
  return Array.from(samples.targets, (target, i) => [round(samples.inputs[2 * i]), round(samples.inputs[2 * i + 1]), target]);
}

/** Whether samples are still being drawn: there is nothing to tell apart before there are two classes. @param {NetworkSetup} setup */
export const waits = ({ drawn }) => drawn !== undefined && new Set(drawn.map(([, , which]) => which)).size < 2;

/**
 * What is drawn before the server can make anything of it.
 *
 * @param {NetworkSetup} setup
 * @param {string} of
 * @returns {Sampled}
 */
export function drawnSoFar({ drawn = [], hidden }, of) {
  const far = Math.max(EMPTY, ...drawn.flatMap(([x, y]) => [Math.abs(x), Math.abs(y)]));
  const classes = ["A", "B", "C"].slice(0, Math.max(2, ...drawn.map(([, , which]) => which + 1)));
  const count = drawn.length;
  return {
    count, kind: "classes", classes, names: ["x", "y"], note: null, scales: null, value_scales: null, shape: null, of, epoch: 1, weights: 0,
    window: /** @type {Window} */ ([[-far, far], [-far, far]]),
    dims: [2, ...hidden, classes.length > 2 ? classes.length : 1],
    inputs: Float32Array.from(drawn.flatMap(([x, y]) => [x, y])),
    targets: Float32Array.from(drawn, ([, , which]) => which),
    sets: new Int32Array(count),
    rows: Int32Array.from(drawn, (_, i) => i),
  };
}

/**
 * A plane without samples. What has learned from a plane begins there as it is; what has not gives way to what the page
 * opens with, whose rates suit a plane.
 *
 * @param {NetworkSetup} setup
 * @param {NetworkCatalog} catalog
 */
export function emptied(setup, catalog) {
  const set = setOf(setup, catalog);
  const plane = setup.drawn !== undefined || (set?.kind === "classes" && set.inputs === 2);
  return withDrawn(plane ? setup : catalog.opening, [], catalog);
}

/** The same network on points of one's own. @param {NetworkSetup} setup @param {Drawn[]} drawn @param {NetworkCatalog} catalog */
export const withDrawn = (setup, drawn, catalog) => ({ ...otherThanData(setup), drawn, loss: catalog.blank.loss });

/**
 * What has been done to the data, for undo and redo. Where nothing but the data became others, only they go back and
 * forth: network, entrants and knobs stay as they are by then. Where a whole setup came with them (a set that was
 * chosen, a table that was pasted), all of the one before comes back, as it was when it was left.
 *
 * @param {NetworkSetup} before
 * @param {NetworkSetup} after
 * @returns {Act<NetworkSetup> | null}
 */
export function dataActed(before, after) {
  if (origin(before) === origin(after)) return null;
  const rest = (/** @type {NetworkSetup} */ setup) => JSON.stringify(otherThanData(setup));
  if (rest(before) === rest(after)) return { back: (now) => withDataOf(now, before), forth: (now) => withDataOf(now, after) };
  let [earlier, later] = [before, after];
  return {
    back: (now) => ((later = now), earlier),
    forth: (now) => ((earlier = now), later),
  };
}

/** Which data these are, as text; not how many of them, nor how noisy. @param {NetworkSetup} setup */
const origin = ({ data, drawn, csv, file, reading }) => JSON.stringify([data, drawn, csv, file, reading]);

/** @param {NetworkSetup} setup */
function otherThanData({ data, drawn, csv, file, reading, samples, spread, loss, ...rest }) {
  return rest;
}

/** @param {NetworkSetup} setup @param {NetworkSetup} of @returns {NetworkSetup} */
function withDataOf(setup, { data, drawn, csv, file, reading, samples, spread, loss }) {
  const known = Object.entries({ data, drawn, csv, file, reading, samples, spread }).filter(([, value]) => value !== undefined);
  return { ...otherThanData(setup), ...Object.fromEntries(known), loss };
}
