// @ts-check
/**
 * A word that the glossary explains, where a script writes it; templates have it from partials/widgets/term.html.
 */
import { say } from "./dom.js";

/**
 * The words of an element, as a term of the glossary where there is one.
 *
 * @param {HTMLElement} element
 * @param {string | undefined} key of the term
 * @param {string} words
 */
export function sayTerm(element, key, words) {
  if (!key) return say(element, words);
  let button = /** @type {HTMLButtonElement | null} */ (element.querySelector(".term"));
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "term";
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-expanded", "false");
    element.replaceChildren(button);
  }
  button.dataset.term = key;
  say(button, words);
}

/** A key of another catalogue as one of the glossary. @param {string} key */
export const termOf = (key) => key.replaceAll("_", "-");
