// @ts-check
/**
 * How a text is written, as it looks and as somebody says: what parts columns and decimals, whether the first row has
 * names and the first column counts, what the target holds, what becomes of rows that lack a value, and the encoding of
 * a file. One click changes each.
 *
 * @import { Kept, Look } from '../../net/files.js'
 * @import { TableReading } from '../../net/messages.js'
 */
import { on, part, say } from "../widgets/dom.js";
import { takenAs } from "./kinds.js";

const NAMES = /** @type {const} */ (["separator", "decimal", "header", "index", "holds", "missing"]);
const SWITCHES = ["header", "index"];
const OTHER_COLUMNS = ["separator", "header", "index"]; // what is said of columns is of no use where they have other names

/**
 * @param {HTMLElement} popover
 * @param {(reading: TableReading) => void} changed
 * @param {(encoding: string) => void} encodedAs
 * @returns {{show: (look: Look, reading: TableReading) => void, encoded: (kept: Kept | null) => void}}
 */
export function guesses(popover, changed, encodedAs) {
  const encoding = /** @type {HTMLSelectElement} */ (part(popover, "encoding"));
  const bars = NAMES.flatMap((name) => {
    const bar = popover.querySelector(`[data-part="${name}"]`);
    return bar ? [{ name, bar, buttons: [...bar.querySelectorAll("button")] }] : []; // a line's target holds values
  });
  let look = /** @type {Look | null} */ (null);
  let reading = /** @type {TableReading} */ ({});

  /** The reading after a click on a button. @param {typeof NAMES[number]} name @param {string} value @returns {TableReading} */
  function choice(name, value) {
    if (name === "holds") return takenAs(reading, look?.target ?? look?.columns.at(-1)?.name ?? "", value === "word" ? "word" : "number");
    const { target, inputs, words, numbers, ...rest } = reading;
    return { ...(OTHER_COLUMNS.includes(name) ? rest : reading), [name]: SWITCHES.includes(name) ? value === "yes" : value };
  }

  for (const { name, buttons } of bars)
    for (const button of buttons) on(button, "click", () => changed(choice(name, button.dataset.value ?? "")));
  on(encoding, "change", () => encodedAs(encoding.value));

  return {
    show(next, told) {
      [look, reading] = [next, told];
      const said = {
        separator: next.separator,
        decimal: next.decimal,
        header: next.header ? "yes" : "no",
        index: next.index ? "yes" : "no",
        holds: next.kind === null ? null : next.kind === "classes" ? "word" : "number",
        missing: told.missing ?? "refuse",
      };
      for (const { name, bar, buttons } of bars) {
        for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === said[name]));
        const group = /** @type {HTMLElement} */ (bar.parentElement);
        if (name === "index") group.hidden = !next.index && told.index === undefined; // most have none
        if (name === "holds") group.hidden = next.kind === null;
      }
    },
    /** What a file is written in; of a text that was pasted nobody asks. */
    encoded(kept) {
      part(popover, "encoding-guess").hidden = kept === null;
      if (!kept) return;
      const label = part(popover, "encoding-label");
      say(label, (kept.encoding_guessed ? label.dataset.guessed : label.dataset.known) ?? "");
      const key = kept.encoding.replaceAll("_", "-");
      const known = [...encoding.options].some(({ value }) => value === key);
      encoding.options[0].textContent = known ? "" : kept.encoding;
      encoding.options[0].hidden = known;
      encoding.value = known ? key : "";
    },
  };
}
