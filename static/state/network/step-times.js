// @ts-check
/**
 * How long a step of each racer takes on its own, asked of the server once a training when somebody wants to see it.
 *
 * @import { About, NetworkState } from './types.js'
 */
import { overtaken } from "./training-view.js";

/**
 * @param {NetworkState} state
 * @param {About} about
 * @param {(error: any) => void} failed
 */
export function stepTimes({ curve, run, paces }, about, failed) {
  let asked = -1;

  async function follow() {
    const { id, have } = run.get();
    if (curve.get().by !== "time" || have < 0 || id === asked) return;
    asked = id;
    const answer = await about("pace", { step: 0 }).catch((error) => (overtaken(error) ? null : failed(error)));
    if (answer && run.get().id === id) paces.set(answer.event.seconds);
    else if (asked === id && run.get().id !== id) follow();
  }

  curve.subscribe(follow);
  run.subscribe(follow);
}
