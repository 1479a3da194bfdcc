// @ts-check
/**
 * What every setup has, whatever is raced on: entrants, and changes on the way. Every edit is pure: it returns a new
 * setup and leaves the old one alone.
 *
 * @import { Catalog, Change, Entrant, KnobChange, Point, Schedule, Setup } from './types.js'
 * @import { SettingChange } from './network/types.js'
 */

/** @param {Catalog} catalog @param {string | undefined} key */
export const optimizerOf = (catalog, key) => catalog.optimizers.find((item) => item.key === key);

/** @param {Change} change @returns {change is KnobChange} */
export const turnsKnob = (change) => "knob" in change;

/** @param {Change} change @returns {change is SettingChange} */
export const turnsSetting = (change) => "setting" in change;

/** Nothing that only repeats a default, so that equal entrants are equal as JSON. @param {Entrant} entrant @returns {Entrant} */
export function tidyEntrant(entrant) {
  /** @type {Entrant} */
  const tidied = { optimizer: entrant.optimizer, knobs: entrant.knobs ?? {} };
  if (entrant.schedule && entrant.schedule.kind !== "constant") tidied.schedule = entrant.schedule;
  if (entrant.offset && (entrant.offset[0] !== 0 || entrant.offset[1] !== 0)) tidied.offset = entrant.offset;
  if (entrant.label) tidied.label = entrant.label;
  if (entrant.color) tidied.color = entrant.color;
  if (entrant.hidden) tidied.hidden = true;
  return tidied;
}

/** What an entrant's path depends on: labels, colours and hiding are left out. @param {Entrant} entrant */
export const withoutAppearance = ({ label, color, hidden, ...entrant }) => entrant;

/** @template {Setup} S @param {S} setup @param {number} steps @returns {S} */
export const withSteps = (setup, steps) => ({
  ...setup,
  steps,
  changes: setup.changes.filter((change) => change.at < steps),
});
/** @template {Setup} S @param {S} setup @param {number} seed @returns {S} */
export const withSeed = (setup, seed) => ({ ...setup, seed });
/** @template {Setup} S @param {S} setup @param {number} noise @returns {S} */
export const withNoise = (setup, noise) => ({ ...setup, noise });

/**
 * @template {Setup} S
 * @param {S} setup
 * @param {number} index
 * @param {(entrant: Entrant) => Entrant} change
 * @returns {S}
 */
function withEntrant(setup, index, change) {
  if (!setup.entrants[index]) return setup;
  return { ...setup, entrants: setup.entrants.map((each, i) => (i === index ? tidyEntrant(change(each)) : each)) };
}

/** @template {Setup} S @param {S} setup @param {number} index @param {string} name @param {number} value */
export const withKnob = (setup, index, name, value) =>
  withEntrant(setup, index, (entrant) => ({ ...entrant, knobs: { ...entrant.knobs, [name]: value } }));
/** @template {Setup} S @param {S} setup @param {number} index @param {Schedule | null} schedule */
export const withSchedule = (setup, index, schedule) => withEntrant(setup, index, (each) => ({ ...each, schedule }));
/** @template {Setup} S @param {S} setup @param {number} index @param {Point} offset */
export const withOffset = (setup, index, offset) => withEntrant(setup, index, (each) => ({ ...each, offset }));
/** @template {Setup} S @param {S} setup @param {number} index @param {boolean} hidden */
export const hide = (setup, index, hidden) => withEntrant(setup, index, (each) => ({ ...each, hidden }));
/** @template {Setup} S @param {S} setup @param {number} index @param {string | null} color */
export const recolour = (setup, index, color) => withEntrant(setup, index, (each) => ({ ...each, color }));
/** @template {Setup} S @param {S} setup @param {number} index @param {string | null} label */
export const label = (setup, index, label) => withEntrant(setup, index, (each) => ({ ...each, label }));

/**
 * One more entrant, with the knobs suggested for it where there are any. No more than the limit.
 *
 * @template {Setup} S
 * @param {S} setup
 * @param {string} optimizer
 * @param {Catalog} catalog
 * @param {Entrant[]} [suggested] entrants with knobs that suit what is raced on
 * @returns {S}
 */
export function addEntrant(setup, optimizer, catalog, suggested = []) {
  if (setup.entrants.length >= catalog.limits.entrants || !optimizerOf(catalog, optimizer)) return setup;
  const knobs = suggested.find((each) => each.optimizer === optimizer)?.knobs;
  return { ...setup, entrants: [...setup.entrants, tidyEntrant({ optimizer, knobs: { ...knobs } })] };
}

/**
 * A copy right below its original, with the original's changes, drawn in a colour of its own.
 *
 * @template {Setup} S
 * @param {S} setup
 * @param {number} index
 * @param {Catalog} catalog
 * @returns {S}
 */
export function duplicateEntrant(setup, index, catalog) {
  const original = setup.entrants[index];
  if (!original || setup.entrants.length >= catalog.limits.entrants) return setup;
  const entrants = setup.entrants.toSpliced(index + 1, 0, tidyEntrant({ ...original, color: null, hidden: false }));
  const changes = setup.changes.flatMap((change) => {
    if (!turnsKnob(change) || change.entrant < index) return [change];
    if (change.entrant > index) return [{ ...change, entrant: change.entrant + 1 }];
    return [change, { ...change, entrant: index + 1 }];
  });
  return { ...setup, entrants, changes };
}

/**
 * Without one entrant and its changes; a race keeps at least one entrant.
 *
 * @template {Setup} S
 * @param {S} setup
 * @param {number} index
 * @returns {S}
 */
export function removeEntrant(setup, index) {
  if (setup.entrants.length < 2 || !setup.entrants[index]) return setup;
  const changes = setup.changes.flatMap((change) => {
    if (!turnsKnob(change) || change.entrant < index) return [change];
    return change.entrant === index ? [] : [{ ...change, entrant: change.entrant - 1 }];
  });
  return { ...setup, entrants: setup.entrants.toSpliced(index, 1), changes };
}

/** @template {Setup} S @param {S} setup @param {number} from @param {number} to @returns {S} */
export function moveEntrant(setup, from, to) {
  if (!setup.entrants[from] || !setup.entrants[to]) return setup;
  const order = setup.entrants.map((_, i) => i).toSpliced(from, 1).toSpliced(to, 0, from);
  return {
    ...setup,
    entrants: order.map((i) => setup.entrants[i]),
    changes: setup.changes.map((change) =>
      turnsKnob(change) ? { ...change, entrant: order.indexOf(change.entrant) } : change,
    ),
  };
}

/** What a change touches, as text: a second one of the same place replaces the first. @param {Change} change */
export function placeOf(change) {
  if (turnsKnob(change)) return `${change.at}:${change.entrant}:${change.knob}`;
  return `${change.at}:${turnsSetting(change) ? change.setting : change.point}`;
}

/**
 * From step `at` on, that knob, or that setting, has that value.
 *
 * @template {Setup} S
 * @param {S} setup
 * @param {KnobChange | SettingChange} change
 * @returns {S}
 */
export function withChange(setup, change) {
  const others = setup.changes.filter((each) => placeOf(each) !== placeOf(change));
  return { ...setup, changes: [...others, change].sort((a, b) => a.at - b.at) };
}

/** @template {Setup} S @param {S} setup @param {number} index @returns {S} */
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
  const knobs = setup.changes.filter(turnsKnob);
  const change = knobs.findLast((each) => each.entrant === index && each.knob === name && each.at <= step);
  if (change) return change.value;
  const entrant = setup.entrants[index];
  return entrant?.knobs?.[name] ?? optimizerOf(catalog, entrant?.optimizer)?.knobs.find((k) => k.name === name)?.default;
}
