// @ts-check
/**
 * Says so while the connection is down, and when the next attempt comes; and while the server has no place for us.
 *
 * @import { State } from '../../state/types.js'
 */
import { fill, timeLeft } from "../../format.js";
import { on, part, say, together } from "../widgets/dom.js";

const PATIENCE = 1500; // ms; a connection that takes no longer needs no words

/**
 * @param {HTMLElement} element with the parts "words", and "wait": a button that ends the wait for a training's place, or
 *   begins it again
 * @param {State} state
 * @returns {() => void} undo
 */
export function banner(element, state) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let late;
  let everOpen = false;
  const words = part(element, "words");
  const wait = part(element, "wait");

  function show() {
    const { state: connection, retryIn } = state.connection.get();
    const queue = state.queue.get();
    clearTimeout(late);
    if (connection === "open") {
      everOpen = true;
      say(words, queue ? wordsOf(queue) : "");
    } else if (connection === "lost") {
      const seconds = Math.ceil(retryIn);
      say(words, seconds > 0 ? fill(element.dataset.lost, { seconds }) : (element.dataset.retrying ?? ""));
    } else if (words.textContent) {
      say(words, element.dataset.retrying ?? "");
    } else {
      // The first connection, or one to another server, to which ours has sent us: no words unless it takes long.
      const text = (everOpen ? element.dataset.retrying : element.dataset.connecting) ?? "";
      late = setTimeout(() => say(words, text), PATIENCE);
    }
    wait.hidden = connection !== "open" || queue?.what !== "training";
    say(wait, (state.patient.get() ? element.dataset.leave : element.dataset.join) ?? "");
  }

  /** @param {NonNullable<ReturnType<State["queue"]["get"]>>} queue */
  function wordsOf({ what, places, ahead, seconds }) {
    const { dataset } = element;
    if (what === "training" && !state.patient.get()) return dataset.given ?? "";
    const of = what === "training" ? dataset.trainings : dataset.searches;
    const about = seconds === null ? "" : ` ${timeLeft(dataset.about, Math.max(1, seconds))}`;
    return fill(ahead > 0 ? dataset.queue : dataset.next, { of: of ?? "", places, ahead }) + about;
  }

  const turn = () => state.patient.update((patient) => !patient);

  const undo = together([state.connection.subscribe(show), state.queue.subscribe(show), state.patient.subscribe(show), on(wait, "click", turn)]);

  return () => {
    clearTimeout(late);
    undo();
  };
}
