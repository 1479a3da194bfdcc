// @ts-check
/**
 * Copies the address of this race, changes included. What is too long for a link is said to be.
 *
 * @import { Actions, State } from '../../state/types.js'
 */
import { LONGEST } from "../../state/address.js";
import { on } from "../widgets/dom.js";

/**
 * @param {HTMLElement} element the button
 * @param {State} state
 * @param {Actions} actions
 * @returns {() => void} undo
 */
export function copyLink(element, state, actions) {
  return on(element, "click", async () => {
    const { copied, failed, long } = element.dataset;
    const link = actions.link();
    const said = link.length > LONGEST ? long : (await copy(link)) ? copied : failed;
    state.notice.set([said ?? ""]);
  });
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether it is in the clipboard
 */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/**
 * The older way, for pages that are not served over https and have no clipboard of their own.
 *
 * @param {string} text
 */
function copyBySelection(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  focused?.focus();
  return copied;
}
