// @ts-check
/**
 * How many random networks are tried, and the button that tries them.
 *
 * @import { Answer } from '../../net/socket.js'
 * @import { Heard } from './search-run.js'
 */
import { fill, number } from "../../format.js";
import { writable } from "../../state/store.js";
import { notches } from "../widgets/notches.js";
import { part, together } from "../widgets/dom.js";
import { searchRun } from "./search-run.js";

const TRIES = [100, 1_000, 10_000, 100_000];

/**
 * @param {HTMLElement} element
 * @param {(tries: number, ...heard: Heard) => Promise<Answer<"needle">>} search
 * @param {(answer: Answer<"needle">) => void} found
 * @param {number} most tries
 * @returns {() => void} undo
 */
export function randomSearch(element, search, found, most) {
  const tries = writable(1_000);
  const words = (/** @type {number} */ count) => count.toLocaleString("en");
  const slider = notches(part(element, "tries"), { values: () => TRIES.filter((each) => each <= most), set: tries.set, words });
  return together([
    tries.subscribe((count) => slider.show(count)),
    searchRun(element, (...heard) => search(tries.get(), ...heard), {
      told: ({ done, total, loss }) => fill(element.dataset.progress, { done: words(done), total: words(total), loss: number(loss, 3) }),
      found,
    }),
    slider.undo,
  ]);
}
