// @ts-check
/**
 * What every entrant is called: its label, else its optimizer's name, numbered from the second of a kind on.
 *
 * @import { Catalog, Setup } from './types.js'
 */

/**
 * @param {Setup} setup
 * @param {Catalog} catalog
 * @returns {string[]}
 */
export function entrantNames(setup, catalog) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return setup.entrants.map(({ optimizer, label }) => {
    const name = label || catalog.optimizers.find((item) => item.key === optimizer)?.name || optimizer;
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count > 1 ? `${name} ${count}` : name;
  });
}
