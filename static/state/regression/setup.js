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

/** Whether a person has brought a table, as text or as a file. @param {Partial<RegressionSetup>} setup */
export const hasOwnTable = ({ table, table_file }) => table !== undefined || table_file !== undefined;

/** One's own table as the sheet where data come in has it. @param {RegressionSetup} setup */
export const ownTable = ({ table, table_file, reading, split, seed }) => ({ csv: table, file: table_file, reading, split, seed });

/** Whether the data are a table, of the catalogue or one's own: nothing is drawn in it. @param {Partial<RegressionSetup>} setup */
export const isTable = (setup) => setup.dataset !== undefined || hasOwnTable(setup);

/** How many weights there are, the bias among them; what one's own table comes to only the server knows, and its start says. @param {RegressionSetup} setup @param {Catalog} catalog */
export function dimOf(setup, catalog) {
  if (hasOwnTable(setup)) return setup.start.length;
  const table = catalog.tables.find(({ key }) => key === setup.dataset);
  return (table ? table.names.length : setup.degree) + 1;
}

/** Whether the inputs are standardised, said or not. @param {RegressionSetup} setup */
export const standardised = (setup) => setup.standardise ?? (setup.degree > 1 || isTable(setup));

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
  const same = !hasOwnTable(setup) && isTable(setup) === "dataset" in data;
  const whole = /** @type {RegressionSetup} */ ((itemOf(data, catalog) ?? catalog.pointSets[0]).whole);
  return { ...whole, steps, seed, noise, entrants: same ? setup.entrants : whole.entrants };
}

/**
 * A table of one's own, with the model and the rates that suit it.
 *
 * @param {RegressionSetup} setup
 * @param {RegressionSetup} table
 * @returns {RegressionSetup}
 */
export function withTable(setup, table) {
  const { steps, seed, noise, split, patience } = setup;
  return { ...table, steps, seed, noise, split, patience };
}

/**
 * Points of one's own, under the model that is there; but where its rates are of no use for points of their size, those
 * that are, and standardised inputs.
 *
 * @param {RegressionSetup} setup with these points
 * @param {RegressionSetup} own what the server made of the text
 * @returns {RegressionSetup}
 */
export function withOwnPoints(setup, { standardise, start, entrants }) {
  if (standardise === undefined) return setup;
  return { ...setup, standardise, entrants, start: startOf([start], setup.degree + 1) };
}
