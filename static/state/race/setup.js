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
 * Labels, colours, hiding and the ends of sliders are left out, and so is the window: it only shows a part of the plane (but it is the
 * domain of a typed surface, where the server looks for minima).
 *
 * @param {SurfaceSetup} setup
 */
export function pathKey(setup) {
  const { entrants, parameters, ...rest } = setup.expression === undefined ? withWindow(setup, null) : setup;
  const letters = parameters?.map(({ name, value }) => [name, value]);
  return JSON.stringify({ ...rest, letters, entrants: entrants.map(withoutAppearance) });
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
  const { expression: _, parameters: __, window: ___, ...rest } = setup;
  return { ...rest, surface: item.key, start: item.start, steps: item.steps, entrants, changes: [] };
}

/**
 * A typed surface. Coming from a catalogued one it takes the suggested start; while a formula is being
 * typed, the start, the window and the numbers of its letters stay where the person has them.
 *
 * @param {SurfaceSetup} setup
 * @param {string} expression
 * @param {{start: Point, parameters: {name: string, value: number}[]}} told
 * @returns {SurfaceSetup}
 */
export function withExpression(setup, expression, told) {
  const { surface, parameters, ...rest } = setup;
  const letters = told.parameters.map(({ name, value }) => parameters?.find((old) => old.name === name) ?? { name, value });
  const typed = { ...rest, expression, ...(letters.length > 0 && { parameters: letters }), changes: [] };
  return surface === undefined ? typed : { ...withWindow(typed, null), start: told.start };
}

/**
 * A letter of the formula that stands for another number, or whose slider has other ends.
 *
 * @param {SurfaceSetup} setup
 * @param {string} name
 * @param {{value?: number, range?: [number, number]}} change
 * @returns {SurfaceSetup}
 */
export const withParameter = (setup, name, change) => ({
  ...setup,
  parameters: setup.parameters?.map((each) => (each.name === name ? { ...each, ...change } : each)),
});
