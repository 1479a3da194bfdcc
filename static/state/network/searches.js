// @ts-check
/**
 * Searches over a network: what is tried, and the setup that races what was found.
 *
 * @import { Knob } from '../types.js'
 * @import { NetworkSetup, NetworkState } from './types.js'
 */
import { optimizerOf, turnsKnob, withKnob } from "../entrants.js";
import { withNetwork } from "./setup.js";

const WIDTHS = [1, 2, 4, 8, 16, 32];
const RATES = 9; // of a cross-validation

/** The hidden layers, all of one width: of a network without any, one. @param {NetworkSetup} setup @param {number} width @returns {number[]} */
const ofWidth = ({ hidden }, width) => (hidden.length > 0 ? hidden.map(() => width) : [width]);

/** Widths to be tried. @param {NetworkSetup} setup @returns {number[][]} */
export const widthsOf = (setup) => WIDTHS.map((width) => ofWidth(setup, width));

/** The learning rate of an entrant's optimizer, if it has one. @param {Pick<NetworkState, "setup" | "catalog">} state @param {number} entrant @returns {Knob | undefined} */
export const rateKnob = ({ setup, catalog }, entrant) =>
  optimizerOf(/** @type {any} */ (catalog), setup.get().entrants[entrant]?.optimizer)?.knobs.find(({ name }) => name === "lr");

/** Rates to be tried, along the slider. @param {Knob} knob @returns {number[]} */
export const ratesOf = ({ low, high }) =>
  Array.from({ length: RATES }, (_, i) => Number((low * (high / low) ** (i / (RATES - 1))).toPrecision(3)));

/**
 * The same training with what was found, from its first step on.
 *
 * @param {NetworkSetup} setup
 * @param {number} entrant
 * @param {{lr?: number | null, width?: number[] | null}} found
 * @returns {NetworkSetup}
 */
export function withFound(setup, entrant, { lr, width }) {
  const same = width && width.join() !== setup.hidden.join() ? withNetwork(setup, { hidden: width }) : setup;
  if (lr === undefined || lr === null) return same;
  const changes = same.changes.filter((change) => !(turnsKnob(change) && change.entrant === entrant && change.knob === "lr"));
  return withKnob({ ...same, changes }, entrant, "lr", Number(lr.toPrecision(4)));
}

/** @typedef {import('../../net/frames.js').Tensor<Int32Array | Float64Array>} Column */
/**
 * What is shown of a random search.
 * @typedef {{event: {tries: number, loss: number | null, accuracy: number | null}, arrays: {at: Column, losses: Column}}} Climb
 */

/**
 * What a random search has found so far, as its answer will be, from what it says on the way: a number of tries may be a
 * little late, for not every try is told.
 *
 * @returns {(event: {done: number, loss: number | null, accuracy: number | null}) => Climb}
 */
export function bestSoFar() {
  const [at, losses] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  return ({ done, loss, accuracy }) => {
    if (loss !== null && loss < (losses.at(-1) ?? Infinity)) {
      at.push(done);
      losses.push(loss);
    }
    const column = (/** @type {number[]} */ data) => ({ data: Float64Array.from(data), shape: [data.length] });
    return { event: { tries: done, loss, accuracy }, arrays: { at: column(at), losses: column(losses) } };
  };
}
