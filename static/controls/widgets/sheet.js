// @ts-check
/**
 * A sheet is a popover with a list in it: it hangs below its button, its search field has the focus, and the arrow
 * keys walk through the buttons of the list.
 */
import { on, together } from "./dom.js";

const MARGIN = 12; // px between a sheet and the window's edge
const LEAST = 420; // px of height that a sheet should have room for

/**
 * @param {HTMLElement} button that opens the sheet
 * @param {HTMLElement} sheet
 * @param {{opened?: () => void}} [heard] `opened` is called right before the sheet shows
 * @returns {() => void} undo
 */
export function sheet(button, sheet, { opened } = {}) {
  function place() {
    const { left, bottom } = button.getBoundingClientRect();
    const width = parseFloat(getComputedStyle(sheet).getPropertyValue("--sheet-width")) || 0;
    const top = Math.max(MARGIN, Math.min(bottom + 6, innerHeight - LEAST));
    sheet.style.setProperty("--sheet-left", `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`);
    sheet.style.setProperty("--sheet-top", `${top}px`);
  }

  const buttons = () =>
    [...sheet.querySelectorAll("button")].filter((each) => !each.disabled && each.offsetParent !== null);

  /** @param {KeyboardEvent} event */
  function walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const listed = buttons().filter((each) => !each.closest(".sheet-head"));
    const at = listed.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    (listed[at + step] ?? (step < 0 ? search : listed[listed.length - 1]))?.focus();
  }

  const search = /** @type {HTMLInputElement | null} */ (sheet.querySelector("input[type=search]"));
  const fine = matchMedia("(pointer: fine)").matches;
  // The browser gives the focus while it opens the sheet, so that not one key is lost. On a phone the keyboard would
  // cover what one came to see.
  if (search && fine) search.autofocus = true;

  return together([
    on(sheet, "beforetoggle", (/** @type {ToggleEvent} */ event) => {
      if (event.newState !== "open") return;
      place();
      opened?.();
    }),
    on(sheet, "toggle", (/** @type {ToggleEvent} */ event) => {
      if (event.newState !== "open") return;
      const pressed = /** @type {HTMLElement | null} */ (sheet.querySelector('[aria-pressed="true"]'));
      pressed?.scrollIntoView({ block: "nearest" });
      if (!search && fine) (pressed ?? buttons()[0])?.focus();
    }),
    on(sheet, "keydown", walk),
  ]);
}

/**
 * Shows the entries whose words contain everything that was typed, and the groups that still have an entry.
 *
 * @param {string} typed
 * @param {{element: HTMLElement, words: string}[]} entries
 * @param {Iterable<HTMLElement>} groups
 * @returns {number} of entries shown
 */
export function filterEntries(typed, entries, groups) {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const { element, words } of entries) {
    element.hidden = !wanted.every((word) => words.toLowerCase().includes(word));
    if (!element.hidden) shown += 1;
  }
  for (const group of groups) group.hidden = !group.querySelector("button:not([hidden])");
  return shown;
}
