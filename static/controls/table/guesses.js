// @ts-check
/**
 * How a text is written, as it looks and as somebody says: what parts columns and decimals, whether the first row has
 * names, what becomes of rows that lack a value, and the encoding of a file. One click changes each.
 *
 * @import { Kept, Look } from '../../net/files.js'
 * @import { TableReading } from '../../net/messages.js'
 */
import { on, part } from "../widgets/dom.js";

const NAMES = /** @type {const} */ (["separator", "decimal", "header", "missing"]);

/**
 * @param {HTMLElement} popover
 * @param {(choice: TableReading | {encoding: string}) => void} changed
 * @returns {{show: (look: Look, reading: TableReading) => void, encoded: (kept: Kept | null) => void}}
 */
export function guesses(popover, changed) {
  const encoding = /** @type {HTMLSelectElement} */ (part(popover, "encoding"));
  const bars = NAMES.map((name) => ({
    name,
    buttons: /** @type {HTMLButtonElement[]} */ ([...part(popover, name).querySelectorAll("button")]),
  }));

  for (const { name, buttons } of bars)
    for (const button of buttons)
      on(button, "click", () => changed(/** @type {TableReading} */ ({ [name]: name === "header" ? button.dataset.value === "yes" : button.dataset.value })));
  on(encoding, "change", () => changed({ encoding: encoding.value }));

  return {
    show({ separator, decimal, header }, { missing }) {
      const now = { separator, decimal, header: header ? "yes" : "no", missing: missing ?? "refuse" };
      for (const { name, buttons } of bars)
        for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === now[name]));
    },
    /** What a file is written in; of a text that was pasted nobody asks. */
    encoded(kept) {
      part(popover, "encoding-guess").hidden = kept === null;
      if (!kept) return;
      const key = kept.encoding.replaceAll("_", "-");
      const known = [...encoding.options].some(({ value }) => value === key);
      encoding.options[0].textContent = known ? "" : kept.encoding;
      encoding.options[0].hidden = known;
      encoding.value = known ? key : "";
    },
  };
}
