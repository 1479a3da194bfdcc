// @ts-check
/**
 * Copies the address of what is on the screen now, changes included. What is too long for a link is said to be, and so is
 * that the server, which writes links, cannot be reached.
 *
 * @import { Link } from '../../state/links.js'
 * @import { State } from '../../state/types.js'
 */
import { LONGEST } from "../../state/links.js";
import { on } from "../widgets/dom.js";

const PATIENCE = 4000; // ms that the server may take

/**
 * @param {HTMLElement} element the button
 * @param {State} state
 * @param {Link} link
 * @returns {() => void} undo
 */
export function copyLink(element, state, link) {
  const { copied, failed, long, away } = element.dataset;

  /** @returns {Promise<string | undefined>} what came of it, in words */
  async function copying() {
    const known = link.known();
    if (known === null && state.connection.get().state !== "open") return away;
    const text = known ?? within(link.now(), PATIENCE);
    if ((await putDown(text)) === false) return failed;
    return addressOf(await text).length > LONGEST ? long : copied;
  }

  return on(element, "click", async () => {
    const said = await copying().catch((/** @type {{code?: string, message: string}} */ { code, message }) => (code ? message : away));
    state.notice.set([said ?? ""]);
  });
}

/** @param {string} fragment */
const addressOf = (fragment) => `${location.href.replace(/#.*/, "")}#${fragment}`;

/** @template T @param {Promise<T>} promise @param {number} time ms @returns {Promise<T>} */
const within = (promise, time) =>
  Promise.race([promise, new Promise((_, reject) => setTimeout(() => reject(new Error("late")), time))]);

/**
 * Puts an address into the clipboard, unless it is too long for one. One that is still to come is promised to the
 * clipboard at once: some browsers let nobody write who has not begun at the click.
 *
 * @param {string | Promise<string>} fragment
 * @returns {Promise<boolean>} whether it is there, or need not be; fails where the fragment does
 */
async function putDown(fragment) {
  if (typeof fragment !== "string" && "ClipboardItem" in window && navigator.clipboard) {
    const coming = fragment.then((text) => new Blob([fits(text)], { type: "text/plain" }));
    coming.catch(() => {}); // said below
    const done = await navigator.clipboard.write([new ClipboardItem({ "text/plain": coming })]).then(() => true, () => false);
    if (done) return true;
  }
  const text = addressOf(await fragment);
  return text.length > LONGEST || copy(text);
}

/** The address, or nothing if it is too long. @param {string} fragment */
function fits(fragment) {
  const text = addressOf(fragment);
  if (text.length > LONGEST) throw new Error("long");
  return text;
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
