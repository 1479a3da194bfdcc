// @ts-check
/**
 * Samples of one's own, drawn or pasted, in place of those of a set; and how to go back from them.
 *
 * @import { Act } from './history.js'
 * @import { Drawn, NetworkCatalog, NetworkSetup, Sampled } from './network-types.js'
 */
import { lossOf } from "./network-setup.js";

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

/** The same network on points of one's own. @param {NetworkSetup} setup @param {Drawn[]} drawn @param {NetworkCatalog} catalog */
export const withDrawn = (setup, drawn, catalog) => ({ ...otherThanData(setup), drawn, loss: lossOf({}, catalog) });

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
const origin = ({ data, drawn, csv }) => JSON.stringify([data, drawn, csv]);

/** @param {NetworkSetup} setup */
function otherThanData({ data, drawn, csv, samples, spread, loss, ...rest }) {
  return rest;
}

/** @param {NetworkSetup} setup @param {NetworkSetup} of @returns {NetworkSetup} */
function withDataOf(setup, { data, drawn, csv, samples, spread, loss }) {
  const known = Object.entries({ data, drawn, csv, samples, spread }).filter(([, value]) => value !== undefined);
  return { ...otherThanData(setup), ...Object.fromEntries(known), loss };
}
