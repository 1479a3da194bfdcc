// @ts-check
/**
 * Cross-validation of a network: over what, how many folds, and the winner to be raced.
 *
 * @import { NetworkValidateRequest } from '../../net/messages.js'
 * @import { Heard } from './search-run.js'
 */
import { writable } from "../../state/store.js";
import { evenly, notches } from "../widgets/notches.js";
import { overSwitch } from "./cancel.js";
import { on, part, together } from "../widgets/dom.js";
import { searchRun } from "./search-run.js";

const FOLDS = evenly(2, 10);

/** @typedef {NonNullable<NetworkValidateRequest["over"]>} Over */

/**
 * @template A
 * @param {HTMLElement} element
 * @param {{validate: (folds: number, over: Over, ...heard: Heard) => Promise<A>,
 *   told: (event: any) => string, found: (answer: A) => void, take: () => void}} use
 * @returns {() => void} undo
 */
export function folds(element, { validate, told, found, take }) {
  const over = writable(/** @type {Over} */ ("lr"));
  const count = writable(5);
  const slider = notches(part(element, "folds"), { values: () => FOLDS, set: count.set });
  return together([
    overSwitch(element, over),
    count.subscribe((now) => slider.show(now)),
    searchRun(element, (...heard) => validate(count.get(), over.get(), ...heard), { told, found }),
    on(part(element, "take"), "click", take),
    slider.undo,
  ]);
}
