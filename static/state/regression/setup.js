// @ts-check
/**
 * The setup of a regression, and the edits that only it has (those of every setup: entrants.js; of its points: points.js).
 *
 * @import { Catalog, Entrant, Model, RegressionSetup } from '../types.js'
 */
import { tidyEntrant, withoutLooks } from "../entrants.js";

/** @type {Model} */
const PLAIN = { degree: 1, loss: "mse", delta: 1, l2: 0, l1: 0, jitter: 0, batch: 0, split: [100, 0, 0], patience: 0 };
const STEPS = 300;

/** Rates that show what each is like on points of the chapter's size. @type {Entrant[]} */
const ENTRANTS = [
  { optimizer: "gd", knobs: { lr: 0.05 } },
  { optimizer: "momentum", knobs: { lr: 0.01, beta: 0.9 } },
  { optimizer: "adagrad", knobs: { lr: 1 } },
  { optimizer: "adam", knobs: { lr: 0.3 } },
];

/** And for the weights of a table, which are hundreds. @type {Entrant[]} */
const TABLE_ENTRANTS = [
  { optimizer: "gd", knobs: { lr: 0.05 } },
  { optimizer: "momentum", knobs: { lr: 0.02, beta: 0.9 } },
  { optimizer: "adagrad", knobs: { lr: 20 } },
  { optimizer: "adam", knobs: { lr: 2 } },
];

/** @param {Pick<RegressionSetup, "dataset">} setup @returns {Entrant[]} entrants that suit what is fitted */
export const suggested = ({ dataset }) => (dataset === undefined ? ENTRANTS : TABLE_ENTRANTS);

/** How many weights there are, the bias among them. @param {Partial<RegressionSetup>} setup @param {Catalog} catalog */
export function dimOf({ dataset, degree = 1 }, catalog) {
  const table = catalog.tables.find(({ key }) => key === dataset);
  return (table ? table.names.length : degree) + 1;
}

/** Whether the inputs are standardised, said or not. @param {Pick<RegressionSetup, "standardise" | "degree" | "dataset">} setup */
export const standardised = ({ standardise, degree, dataset }) => standardise ?? (degree > 1 || dataset !== undefined);

/**
 * A whole setup from a part of one: what is missing comes from the point set's own model, else from a straight line.
 *
 * @param {Partial<RegressionSetup>} part
 * @param {Catalog} catalog
 * @returns {RegressionSetup}
 */
export function completed(part, catalog) {
  const { points, dataset } = part;
  const drawn = points !== undefined || dataset !== undefined;
  const set = drawn ? undefined : (catalog.pointSets.find(({ key }) => key === part.preset) ?? catalog.pointSets[0]);
  const own = { ...PLAIN, ...set?.model };
  /** @type {RegressionSetup} */
  const setup = {
    ...(points ? { points } : dataset !== undefined ? { dataset } : { preset: set?.key }),
    ...own,
    ...given(part),
    start: [],
    steps: part.steps ?? own.steps ?? STEPS,
    seed: part.seed ?? 0,
    noise: part.noise ?? 0,
    entrants: (part.entrants ?? own.entrants ?? suggested({ dataset })).map(tidyEntrant),
    changes: part.changes ?? [],
  };
  return { ...setup, start: startOf([part.start, own.start], dimOf(setup, catalog)) };
}

/** @param {Partial<RegressionSetup>} part @returns {Partial<Model>} what it says of the model */
function given(part) {
  const names = /** @type {(keyof Model)[]} */ ([...Object.keys(PLAIN), "standardise"]);
  return Object.fromEntries(names.flatMap((name) => (part[name] === undefined ? [] : [[name, part[name]]])));
}

/** The first of these that has the right length, else no weight at all. @param {(number[] | undefined)[]} starts @param {number} dim */
const startOf = (starts, dim) => starts.find((start) => start?.length === dim) ?? new Array(dim).fill(0);

/** The setup that the page opens on. @param {Catalog} catalog */
export const opening = (catalog) => completed({}, catalog);

/**
 * What the paths depend on, as text: two setups with the same text have the same paths, bit for bit.
 *
 * @param {RegressionSetup} setup
 */
export const pathKey = ({ entrants, ...rest }) => JSON.stringify({ ...rest, entrants: entrants.map(withoutLooks) });

/** @param {RegressionSetup} setup @param {number[]} start @returns {RegressionSetup} */
export const withStart = (setup, start) => ({ ...setup, start });

/**
 * Another model of the same data. Where it has other weights the race starts from the point set's own start, or from
 * none.
 *
 * @param {RegressionSetup} setup
 * @param {Partial<Model>} model
 * @param {Catalog} catalog
 * @returns {RegressionSetup}
 */
export function withModel(setup, model, catalog) {
  const next = { ...setup, ...model };
  if (model.standardise === undefined && "standardise" in model) delete next.standardise;
  const set = catalog.pointSets.find(({ key }) => key === setup.preset);
  const dim = dimOf(next, catalog);
  const start = startOf([setup.start, set?.model?.start], dim);
  // An own start of two numbers has no meaning among other weights.
  const entrants = dim === setup.start.length ? setup.entrants : setup.entrants.map(({ offset, ...rest }) => rest);
  return { ...next, start, entrants };
}

/**
 * Other data, with the model that suits them; the person's entrants stay, unless their rates are for other sizes.
 *
 * @param {RegressionSetup} setup
 * @param {{preset: string} | {dataset: string}} data
 * @param {Catalog} catalog
 */
export function withData(setup, data, catalog) {
  const { steps, seed, noise } = setup;
  const same = (setup.dataset !== undefined) === "dataset" in data;
  return completed({ ...data, steps, seed, noise, ...(same ? { entrants: setup.entrants } : {}) }, catalog);
}
