// @ts-check
/**
 * Says so while the connection is down, and when the next attempt comes.
 *
 * @import { State } from '../state/types.js'
 */
import { fill } from "../format.js";
import { say } from "./parts.js";

const PATIENCE = 1500; // ms; a first connection that takes no longer needs no words

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @returns {() => void} undo
 */
export function banner(element, state) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let late;
  let everOpen = false;

  const stop = state.connection.subscribe(({ state: connection, retryIn }) => {
    clearTimeout(late);
    if (connection === "open") {
      everOpen = true;
      say(element, "");
    } else if (connection === "lost") {
      const seconds = Math.ceil(retryIn);
      say(element, seconds > 0 ? fill(element.dataset.lost, { seconds }) : (element.dataset.retrying ?? ""));
    } else if (everOpen || element.textContent) {
      say(element, element.dataset.retrying ?? "");
    } else {
      late = setTimeout(() => say(element, element.dataset.connecting ?? ""), PATIENCE);
    }
  });

  return () => {
    clearTimeout(late);
    stop();
  };
}
