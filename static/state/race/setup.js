// @ts-check
/**
 * The setup of a race on a surface, and the edits that only it has (those of every setup: entrants.js).
 *
 * @import { Catalog, Point, Scene, SurfaceItem, SurfaceSetup, Window } from '../types.js'
 */
import { tidyEntrant, withoutLooks } from "../entrants.js";

/**
 * A whole setup from a part of one: what is missing comes from the surface's suggestion.
 *
 * @param {Partial<SurfaceSetup>} part
 * @param {Catalog} catalog
 * @returns {SurfaceSetup}
 */
export function completed(part, catalog) {
  const typed = part.expression !== undefined;
  const item = surfaceOf(catalog, part.surface) ?? catalog.surfaces[0];
  /** @type {SurfaceSetup} */
  const setup = {
    ...(typed ? { expression: part.expression } : { surface: item.key }),
    start: part.start ?? (typed ? [1, 1] : item.start),
    steps: part.steps ?? (typed ? 240 : item.steps),
    seed: part.seed ?? 0,
    noise: part.noise ?? 0,
    entrants: part.entrants ?? item.entrants,
    changes: part.changes ?? [],
  };
  if (part.window) setup.window = part.window;
  return tidy(setup);
}

/**
 * The setup that the page opens on: the first scene of the catalogue, else the first surface.
 *
 * @param {Catalog} catalog
 * @returns {SurfaceSetup}
 */
export const opening = (catalog) => completed(catalog.scenes[0]?.setup ?? {}, catalog);

/** @param {Catalog} catalog @param {string | undefined} key @returns {SurfaceItem | undefined} */
export const surfaceOf = (catalog, key) => catalog.surfaces.find((item) => item.key === key);

/**
 * The one normal form: nothing that only repeats a default, so that equal setups are equal as JSON.
 *
 * @param {SurfaceSetup} setup
 * @returns {SurfaceSetup}
 */
export const tidy = (setup) => ({ ...setup, entrants: setup.entrants.map(tidyEntrant) });

/**
 * What the path depends on, as text: two setups with the same text have the same path, bit for bit.
 * Labels, colours and hiding are left out, and so is the window: it only shows a part of the plane (but it is the
 * domain of a typed surface, where the server looks for minima).
 *
 * @param {SurfaceSetup} setup
 */
export function pathKey(setup) {
  const { entrants, ...rest } = setup.expression === undefined ? withWindow(setup, null) : setup;
  return JSON.stringify({ ...rest, entrants: entrants.map(withoutLooks) });
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

/** @param {Scene} scene @param {Catalog} catalog */
export const withScene = (scene, catalog) => completed(scene.setup, catalog);

