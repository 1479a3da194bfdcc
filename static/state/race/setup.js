// @ts-check
/**
 * The setup of a race on a surface, and the edits that only it has (those of every setup: entrants.js). What a setup has
 * where nothing is said, the server knows (descent_lab/links/defaults.py): whole setups come with links and the catalogue.
 *
 * @import { Catalog, Point, SurfaceItem, SurfaceSetup, Window } from '../types.js'
 */
import { withoutAppearance } from "../entrants.js";

/** @param {Catalog} catalog @param {string | undefined} key @returns {SurfaceItem | undefined} */
export const surfaceOf = (catalog, key) => catalog.surfaces.find((item) => item.key === key);

/**
 * What the path depends on, as text: two setups with the same text have the same path, bit for bit.
 * Labels, colours and hiding are left out, and so is the window: it only shows a part of the plane (but it is the
 * domain of a typed surface, where the server looks for minima).
 *
 * @param {SurfaceSetup} setup
 */
export function pathKey(setup) {
  const { entrants, ...rest } = setup.expression === undefined ? withWindow(setup, null) : setup;
  return JSON.stringify({ ...rest, entrants: entrants.map(withoutAppearance) });
}

/** @param {SurfaceSetup} setup @param {Point} start @returns {SurfaceSetup} */
export const withStart = (setup, start) => ({ ...setup, start });

/**
 * The part of the plane on show; null goes back to the surface's own.
 *
 * @param {SurfaceSetup} setup
 * @param {Window | null} window
 * @returns {SurfaceSetup}
 */
export function withWindow(setup, window) {
  if (window) return { ...setup, window };
  const { window: _, ...rest } = setup;
  return rest;
}

/**
 * Another surface, with its suggested start, steps and rates. The person's entrants stay: the first of a kind
 * takes the knobs suggested there (or the defaults), a second of the same kind keeps what was set by hand.
 *
 * @param {SurfaceSetup} setup
 * @param {SurfaceItem} item
 * @returns {SurfaceSetup}
 */
export function withSurface(setup, item) {
  /** @type {Set<string>} */
  const seen = new Set();
  const entrants = setup.entrants.map((entrant) => {
    if (seen.has(entrant.optimizer)) return entrant;
    seen.add(entrant.optimizer);
    const suggested = item.entrants.find((other) => other.optimizer === entrant.optimizer);
    return { ...entrant, knobs: { ...suggested?.knobs } };
  });
  const { expression: _, window: __, ...rest } = setup;
  return { ...rest, surface: item.key, start: item.start, steps: item.steps, entrants, changes: [] };
}

/**
 * A typed surface. Coming from a catalogued one it takes the suggested start; while a formula is being
 * typed, the start and the window stay where the person has them.
 *
 * @param {SurfaceSetup} setup
 * @param {string} expression
 * @param {{start: Point}} suggestion
 * @returns {SurfaceSetup}
 */
export function withExpression(setup, expression, suggestion) {
  const { surface, ...rest } = setup;
  if (surface === undefined) return { ...rest, expression, changes: [] };
  return { ...withWindow(rest, null), expression, start: suggestion.start, changes: [] };
}
