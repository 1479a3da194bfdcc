// @ts-check
/**
 * A short notice over the page: a link was copied. It goes by itself, later when there is more to read, and stays while
 * it is under the pointer.
 *
 * @import { Actions, State } from '../../state/types.js'
 */
import { on, say, together } from "../widgets/dom.js";

const BASE = 3000; // ms
const PER_LETTER = 60; // ms

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Actions} actions
 * @returns {() => void} undo
 */
export function toast(element, state, actions) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function wait() {
    clearTimeout(timer);
    const length = element.textContent?.length ?? 0;
    if (length > 0) timer = setTimeout(actions.dismissNotice, BASE + PER_LETTER * length);
  }

  return together([
    state.notice.subscribe((sentences) => {
      say(element, sentences.join(" "));
      wait();
    }),
    on(element, "pointerenter", () => clearTimeout(timer)),
    on(element, "pointerleave", wait),
    on(element, "click", () => actions.dismissNotice()),
    () => clearTimeout(timer),
  ]);
}
