// @ts-check
/**
 * The sheet behind "+ Add": the catalogue's optimizers by group, each with its sentence, found by typing.
 *
 * @import { State } from '../../state/types.js'
 */
import { on, part, say, stamp, together } from "../widgets/dom.js";
import { sheet, filterEntries } from "../widgets/sheet.js";

/**
 * @param {HTMLElement} panel
 * @param {State} state
 * @param {{add: (optimizer: string) => void}} use
 * @returns {() => void} undo
 */
export function addOptimizer(panel, state, { add }) {
  const button = part(panel, "add");
  const popover = part(panel, "sheet");
  const search = /** @type {HTMLInputElement} */ (part(panel, "search"));
  const place = part(panel, "catalogue");
  /** @type {Map<string, HTMLElement>} */
  const groups = new Map();
  /** @type {{element: HTMLButtonElement, words: string}[]} */
  const entries = [];

  for (const { key, name, group, sentence, offered } of state.catalog.optimizers) {
    if (offered === false) continue;
    if (!groups.has(group)) {
      const section = stamp(panel, "option-group-template");
      say(part(section, "title"), group);
      groups.set(group, section);
      place.append(section);
    }
    const option = /** @type {HTMLButtonElement} */ (stamp(panel, "option-template"));
    say(part(option, "name"), name);
    say(part(option, "sentence"), sentence);
    part(option, "dot").style.setProperty("--colour", `var(--opt-${key})`);
    option.addEventListener("click", () => {
      popover.hidePopover();
      add(key);
    });
    part(/** @type {HTMLElement} */ (groups.get(group)), "options").append(option);
    entries.push({ element: option, words: `${name} ${key} ${group}` });
  }

  function filter() {
    const shown = filterEntries(search.value, entries, groups.values());
    part(panel, "empty").hidden = shown > 0;
  }

  function opened() {
    const full = state.setup.get().entrants.length >= state.catalog.limits.entrants;
    for (const { element } of entries) element.disabled = full;
    part(panel, "full").hidden = !full;
    search.value = "";
    filter();
  }

  return together([
    sheet(button, popover, { opened }),
    on(search, "input", filter),
    on(search, "keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // the key must not press what has the focus next
      entries.find(({ element }) => !element.hidden && !element.disabled)?.element.click();
    }),
    () => place.replaceChildren(),
  ]);
}
