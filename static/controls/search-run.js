// @ts-check
/**
 * A search that somebody starts: its button, how far it has come, and what the server says where it refuses.
 *
 * @import { Answer } from '../net/socket.js'
 */
import { on, part, say } from "./parts.js";

/**
 * @param {HTMLElement} element with the parts "run" and "progress"
 * @param {(progress: (event: any) => void) => Promise<Answer>} search
 * @param {{told: (event: any) => string, found: (answer: Answer) => void}} what `told`: a word from the midst of the work
 * @returns {() => void} undo
 */
export function searchRun(element, search, { told, found }) {
  const run = /** @type {HTMLButtonElement} */ (part(element, "run"));
  const progress = part(element, "progress");

  /** @param {any} event */
  function hear(event) {
    run.dataset.progress = "";
    run.style.setProperty("--done", `${Math.round((100 * event.done) / event.total)}%`);
    say(progress, told(event));
  }

  return on(run, "click", async () => {
    run.disabled = true;
    progress.classList.remove("is-refused");
    say(progress, "");
    try {
      found(await search(hear));
      say(progress, "");
    } catch (error) {
      progress.classList.add("is-refused");
      say(progress, error instanceof Error ? error.message : "");
    }
    run.disabled = false;
    delete run.dataset.progress;
  });
}
