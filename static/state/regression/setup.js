// @ts-check
/**
 * The setup of a regression, and the edits that only it has (those of every setup: entrants.js; of its points: points.js).
 * What a setup has where nothing is said, the server knows: whole setups come with links and the catalogue.
 *
 * @import { Catalog, Entrant, Model, RegressionSetup } from '../types.js'
 */
import { withoutAppearance } from "../entrants.js";
import { withStopping } from "../shares.js";

/**
 * Entrants with rates that suit what is fitted.
 *
 * @param {Pick<RegressionSetup, "dataset" | "preset">} setup
 * @param {Catalog} catalog
 * @returns {Entrant[]}
 */
export const suggested = (setup, catalog) => (itemOf(setup, catalog)?.whole ?? catalog.blank).entrants;

/** The points or the table of a setup, where they have a name. @param {{preset?: string, dataset?: string}} setup @param {Catalog} catalog */
const itemOf = ({ preset, dataset }, { pointSets, tables }) =>
  [...pointSets, ...tables].find(({ key }) => key === (dataset ?? preset));

/** How many weights there are, the bias among them. @param {Partial<RegressionSetup>} setup @param {Catalog} catalog */
export function dimOf({ dataset, degree = 1 }, catalog) {
  const table = catalog.tables.find(({ key }) => key === dataset);
  return (table ? table.names.length : degree) + 1;
}

/** Whether the inputs are standardised, said or not. @param {Pick<RegressionSetup, "standardise" | "degree" | "dataset">} setup */
export const standardised = ({ standardise, degree, dataset }) => standardise ?? (degree > 1 || dataset !== undefined);

/** The first of these that has the right length, else no weight at all. @param {(number[] | undefined)[]} starts @param {number} dim */
const startOf = (starts, dim) => starts.find((start) => start?.length === dim) ?? new Array(dim).fill(0);

/**
 * What the paths depend on, as text: two setups with the same text have the same paths, bit for bit.
 *
 * @param {RegressionSetup} setup
 */
export const pathKey = ({ entrants, ...rest }) => JSON.stringify({ ...rest, entrants: entrants.map(withoutAppearance) });

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
  const next = withStopping({ ...setup, ...model });
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
  const whole = /** @type {RegressionSetup} */ ((itemOf(data, catalog) ?? catalog.pointSets[0]).whole);
  return { ...whole, steps, seed, noise, entrants: same ? setup.entrants : whole.entrants };
}
