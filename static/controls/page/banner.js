// @ts-check
/**
 * Says so while the connection is down, and when the next attempt comes; and while the server has no place for us.
 *
 * @import { State } from '../../state/types.js'
 */
import { fill, timeLeft } from "../../format.js";
import { say, together } from "../widgets/dom.js";

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

  function show() {
    const { state: connection, retryIn } = state.connection.get();
    const queue = state.queue.get();
    clearTimeout(late);
    if (connection === "open") {
      everOpen = true;
      say(element, queue ? wordsOf(queue) : "");
    } else if (connection === "lost") {
      const seconds = Math.ceil(retryIn);
      say(element, seconds > 0 ? fill(element.dataset.lost, { seconds }) : (element.dataset.retrying ?? ""));
    } else if (everOpen || element.textContent) {
      say(element, element.dataset.retrying ?? "");
    } else {
      late = setTimeout(() => say(element, element.dataset.connecting ?? ""), PATIENCE);
    }
  }

  /** @param {NonNullable<ReturnType<State["queue"]["get"]>>} queue */
  function wordsOf({ what, places, ahead, seconds }) {
    const { dataset } = element;
    const of = what === "training" ? dataset.trainings : dataset.searches;
    const about = seconds === null ? "" : ` ${timeLeft(dataset.about, Math.max(1, seconds))}`;
    return fill(ahead > 0 ? dataset.queue : dataset.next, { of: of ?? "", places, ahead }) + about;
  }

  const undo = together([state.connection.subscribe(show), state.queue.subscribe(show)]);

  return () => {
    clearTimeout(late);
    undo();
  };
}
