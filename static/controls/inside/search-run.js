// @ts-check
/**
 * A search that somebody starts: its buttons, how far it has come, and what the server says where it refuses.
 *
 * @import { Ask, Refusal } from '../../net/socket.js'
 */
import { fill, timeLeft } from "../../format.js";
import { on, part, say, together } from "../widgets/dom.js";

/**
 * The last two of a question: who hears of its progress, and what ends it.
 * @typedef {Parameters<Ask> extends [any, ...infer Rest] ? Rest : never} Heard
 */

const ENDED = ["cancelled", "replaced"]; // nothing is wrong: somebody wanted it so

/**
 * While it goes on its button keeps the focus, and does nothing.
 *
 * @template A
 * @param {HTMLElement} element with the parts "run", "cancel" and "progress", and words for what was cancelled
 * @param {(...heard: Heard) => Promise<A>} search
 * @param {{told: (event: any) => string, found: (answer: A) => void}} what `told`: a word from the midst of the work
 * @returns {() => void} undo
 */
export function searchRun(element, search, { told, found }) {
  const words = element.dataset;
  const run = part(element, "run");
  const cancel = part(element, "cancel");
  const progress = part(element, "progress");
  /** @type {AbortController | null} */
  let going = null;
  let far = ""; // how far it has come, in words

  /** @param {any} event */
  function hear(event) {
    run.dataset.progress = "";
    run.style.setProperty("--done", `${Math.round((100 * event.done) / event.total)}%`);
    far = told(event);
    if (going) say(progress, [far, timeLeft(words.left, event.seconds)].join(" ").trim());
  }

  function begin() {
    run.setAttribute("aria-disabled", "true");
    cancel.hidden = false;
    progress.classList.remove("is-refused");
    far = "";
    say(progress, words.begun ?? "");
  }

  function end() {
    const focused = document.activeElement === cancel;
    run.removeAttribute("aria-disabled");
    delete run.dataset.progress;
    cancel.hidden = true;
    if (focused) run.focus({ preventScroll: true });
  }

  /** @param {unknown} error */
  function refused(error) {
    const { message, code } = /** @type {Refusal} */ (error);
    const ended = ENDED.includes(code);
    progress.classList.toggle("is-refused", !ended);
    if (!ended) return say(progress, message ?? "");
    const why = code === "cancelled" ? words.cancelled : words.replaced;
    say(progress, far ? `${why} ${fill(words.far, { far })}` : (why ?? ""));
  }

  return together([
    on(run, "click", async () => {
      if (going) return;
      going = new AbortController();
      begin();
      try {
        found(await search(hear, going.signal));
        say(progress, "");
      } catch (error) {
        refused(error);
      }
      going = null;
      end();
    }),
    on(cancel, "click", () => going?.abort()),
  ]);
}
