// @ts-check
/**
 * The setup of a race and its edits. Every edit is pure: it returns a new setup and leaves the old one alone.
 *
 * @import { Catalog, Change, Entrant, Point, Schedule, Scene, Setup, SurfaceItem, Window } from './types.js'
 */

/**
 * A whole setup from a part of one: what is missing comes from the surface's suggestion.
 *
 * @param {Partial<Setup>} part
 * @param {Catalog} catalog
 * @returns {Setup}
 */
export function completed(part, catalog) {
  const typed = part.expression !== undefined;
  const item = surfaceOf(catalog, part.surface) ?? catalog.surfaces[0];
  /** @type {Setup} */
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
 * @returns {Setup}
 */
export const opening = (catalog) => completed(catalog.scenes[0]?.setup ?? {}, catalog);

/** @param {Catalog} catalog @param {string | undefined} key @returns {SurfaceItem | undefined} */
export const surfaceOf = (catalog, key) => catalog.surfaces.find((item) => item.key === key);

/** @param {Catalog} catalog @param {string} key */
export const optimizerOf = (catalog, key) => catalog.optimizers.find((item) => item.key === key);

/**
 * The one normal form: nothing that only repeats a default, so that equal setups are equal as JSON.
 *
 * @param {Setup} setup
 * @returns {Setup}
 */
export const tidy = (setup) => ({ ...setup, entrants: setup.entrants.map(tidyEntrant) });

/** @param {Entrant} entrant @returns {Entrant} */
function tidyEntrant(entrant) {
  /** @type {Entrant} */
  const tidied = { optimizer: entrant.optimizer, knobs: entrant.knobs ?? {} };
  if (entrant.schedule && entrant.schedule.kind !== "constant") tidied.schedule = entrant.schedule;
  if (entrant.offset && (entrant.offset[0] !== 0 || entrant.offset[1] !== 0)) tidied.offset = entrant.offset;
  if (entrant.label) tidied.label = entrant.label;
  if (entrant.color) tidied.color = entrant.color;
  if (entrant.hidden) tidied.hidden = true;
  return tidied;
}

/**
 * What the path depends on, as text: two setups with the same text have the same path, bit for bit.
 * Labels, colours and hiding are left out, and so is the window: it only shows a part of the plane (but it is the
 * domain of a typed surface, where the server looks for minima).
 *
 * @param {Setup} setup
 */
export function pathKey(setup) {
  const { entrants, ...rest } = setup.expression === undefined ? withWindow(setup, null) : setup;
  const racing = entrants.map(({ label, color, hidden, ...entrant }) => entrant);
  return JSON.stringify({ ...rest, entrants: racing });
}

/** @param {Setup} setup @param {Point} start @returns {Setup} */
export const withStart = (setup, start) => ({ ...setup, start });
/** @param {Setup} setup @param {number} steps @returns {Setup} */
export const withSteps = (setup, steps) => ({
  ...setup,
  steps,
  changes: setup.changes.filter((change) => change.at < steps),
});
/** @param {Setup} setup @param {number} seed @returns {Setup} */
export const withSeed = (setup, seed) => ({ ...setup, seed });
/** @param {Setup} setup @param {number} noise @returns {Setup} */
export const withNoise = (setup, noise) => ({ ...setup, noise });

/**
 * The part of the plane on show; null goes back to the surface's own.
 *
 * @param {Setup} setup
 * @param {Window | null} window
 * @returns {Setup}
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
 * @param {Setup} setup
 * @param {SurfaceItem} item
 * @returns {Setup}
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
 * @param {Setup} setup
 * @param {string} expression
 * @param {{start: Point}} suggestion
 * @returns {Setup}
 */
export function withExpression(setup, expression, suggestion) {
  const { surface, ...rest } = setup;
  if (surface === undefined) return { ...rest, expression, changes: [] };
  return { ...withWindow(rest, null), expression, start: suggestion.start, changes: [] };
}

/** @param {Scene} scene @param {Catalog} catalog */
export const withScene = (scene, catalog) => completed(scene.setup, catalog);

/**
 * @param {Setup} setup
 * @param {number} index
 * @param {(entrant: Entrant) => Entrant} change
 * @returns {Setup}
 */
function withEntrant(setup, index, change) {
  if (!setup.entrants[index]) return setup;
  return { ...setup, entrants: setup.entrants.map((each, i) => (i === index ? tidyEntrant(change(each)) : each)) };
}

/** @param {Setup} setup @param {number} index @param {string} name @param {number} value */
export const withKnob = (setup, index, name, value) =>
  withEntrant(setup, index, (entrant) => ({ ...entrant, knobs: { ...entrant.knobs, [name]: value } }));
/** @param {Setup} setup @param {number} index @param {Schedule | null} schedule */
export const withSchedule = (setup, index, schedule) => withEntrant(setup, index, (each) => ({ ...each, schedule }));
/** @param {Setup} setup @param {number} index @param {Point} offset */
export const withOffset = (setup, index, offset) => withEntrant(setup, index, (each) => ({ ...each, offset }));
/** @param {Setup} setup @param {number} index @param {boolean} hidden */
export const hide = (setup, index, hidden) => withEntrant(setup, index, (each) => ({ ...each, hidden }));
/** @param {Setup} setup @param {number} index @param {string | null} color */
export const recolour = (setup, index, color) => withEntrant(setup, index, (each) => ({ ...each, color }));
/** @param {Setup} setup @param {number} index @param {string | null} label */
export const label = (setup, index, label) => withEntrant(setup, index, (each) => ({ ...each, label }));

/**
 * One more entrant, with the knobs suggested for this surface where there are any. No more than the limit.
 *
 * @param {Setup} setup
 * @param {string} optimizer
 * @param {Catalog} catalog
 * @returns {Setup}
 */
export function addEntrant(setup, optimizer, catalog) {
  if (setup.entrants.length >= catalog.limits.entrants || !optimizerOf(catalog, optimizer)) return setup;
  const suggested = surfaceOf(catalog, setup.surface)?.entrants.find((each) => each.optimizer === optimizer);
  return { ...setup, entrants: [...setup.entrants, tidyEntrant({ optimizer, knobs: { ...suggested?.knobs } })] };
}

/**
 * A copy right below its original, with the original's changes, drawn in a colour of its own.
 *
 * @param {Setup} setup
 * @param {number} index
 * @param {Catalog} catalog
 * @returns {Setup}
 */
export function duplicateEntrant(setup, index, catalog) {
  const original = setup.entrants[index];
  if (!original || setup.entrants.length >= catalog.limits.entrants) return setup;
  const entrants = setup.entrants.toSpliced(index + 1, 0, tidyEntrant({ ...original, color: null, hidden: false }));
  const changes = setup.changes.flatMap((change) => {
    if (change.entrant > index) return [{ ...change, entrant: change.entrant + 1 }];
    return change.entrant === index ? [change, { ...change, entrant: index + 1 }] : [change];
  });
  return { ...setup, entrants, changes };
}

/**
 * Without one entrant and its changes; a race keeps at least one entrant.
 *
 * @param {Setup} setup
 * @param {number} index
 * @returns {Setup}
 */
export function removeEntrant(setup, index) {
  if (setup.entrants.length < 2 || !setup.entrants[index]) return setup;
  const changes = setup.changes
    .filter((change) => change.entrant !== index)
    .map((change) => (change.entrant > index ? { ...change, entrant: change.entrant - 1 } : change));
  return { ...setup, entrants: setup.entrants.toSpliced(index, 1), changes };
}

/** @param {Setup} setup @param {number} from @param {number} to @returns {Setup} */
export function moveEntrant(setup, from, to) {
  if (!setup.entrants[from] || !setup.entrants[to]) return setup;
  const order = setup.entrants.map((_, i) => i).toSpliced(from, 1).toSpliced(to, 0, from);
  return {
    ...setup,
    entrants: order.map((i) => setup.entrants[i]),
    changes: setup.changes.map((change) => ({ ...change, entrant: order.indexOf(change.entrant) })),
  };
}

/**
 * From step `at` on, that knob has that value. A second change of the same knob at the same step replaces the first.
 *
 * @param {Setup} setup
 * @param {Change} change
 * @returns {Setup}
 */
export function withChange(setup, change) {
  const others = setup.changes.filter(
    (each) => each.at !== change.at || each.entrant !== change.entrant || each.knob !== change.knob,
  );
  return { ...setup, changes: [...others, change].sort((a, b) => a.at - b.at) };
}

/** @param {Setup} setup @param {number} index @returns {Setup} */
export const removeChange = (setup, index) => ({ ...setup, changes: setup.changes.toSpliced(index, 1) });

/**
 * The value that a knob of an entrant has at a step: the last change up to there, else its own, else the default.
 *
 * @param {Setup} setup
 * @param {number} index
 * @param {string} name
 * @param {number} step
 * @param {Catalog} catalog
 */
export function knobAt(setup, index, name, step, catalog) {
  const change = setup.changes.findLast((each) => each.entrant === index && each.knob === name && each.at <= step);
  if (change) return change.value;
  const entrant = setup.entrants[index];
  return entrant?.knobs?.[name] ?? optimizerOf(catalog, entrant?.optimizer)?.knobs.find((k) => k.name === name)?.default;
}
