// @ts-check
/**
 * Opens the page of searches around what is on the screen.
 *
 * @import { Link } from '../../state/links.js'
 * @import { State } from '../../state/types.js'
 */
import { fill } from "../../format.js";
import { LONGEST } from "../../state/links.js";
import { on } from "../widgets/dom.js";

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Link} link of the setup on show
 * @returns {() => void} undo
 */
export function toSearch(element, state, link) {
  const { failed, long } = element.dataset;
  return on(element, "click", async (event) => {
    event.preventDefault();
    try {
      const text = await link.now();
      if (text.length > LONGEST) return state.notice.set([long ?? ""]);
      location.assign(new URL(`search#${text}`, document.baseURI));
    } catch (error) {
      state.notice.set([fill(failed, { why: /** @type {Error} */ (error).message })]);
    }
  });
}
