// @ts-check
/**
 * What a page opens with: what its link says, or else its opening race.
 *
 * @import { State } from '../state/types.js'
 */
import { first, fragment, openedLink } from "../net/opened-link.js";
import { $ } from "./lab.js";

/** What is shown, what is wrong with its link, and what is to be said of it. @typedef {{setup: any, faults: string[], notes: string[]}} Begun */

/** @param {import('../net/opened-link.js').OpenedLink} link @param {any} instead @returns {Begun} */
const shown = ({ setup, faults, notes, away }, instead) =>
  away ? { setup: instead, faults: [$("link-faults").dataset.away ?? ""], notes } : { setup: setup ?? instead, faults, notes };

/** What this page was opened with: a link, or else what it opens with. @param {{opening: any}} catalog @returns {Promise<Begun>} */
export const begunWith = async (catalog) =>
  first ? shown(await first, catalog.opening) : { setup: catalog.opening, faults: [], notes: [] };

/** What the address opens by now. @param {{opening: any}} catalog @returns {Promise<Begun>} */
export async function opened(catalog) {
  const link = fragment();
  if (link === "") return { setup: catalog.opening, faults: [], notes: [] };
  const found = await openedLink(link);
  return shown(found, found.away ? null : catalog.opening);
}

/**
 * Opens the page's link, if it was for want of a file that it could not be.
 *
 * @param {Pick<State, "faults">} state
 * @param {{opening: any}} catalog
 * @param {(setup: any) => void} load
 */
export const reopening = ({ faults }, catalog, load) => async (/** @type {string} */ file) => {
  if (faults.get().length === 0 || !fragment().includes(file)) return false;
  const found = await opened(catalog);
  if (found.faults.length > 0) return false;
  load(found.setup);
  faults.set([]);
  return true;
};
