// @ts-check
/**
 * The lines of an update rule, one below the other: each a formula, and the numbers put in.
 */
import { markup } from "./markup.js";
import { part, stamp } from "./dom.js";

const SMALLEST = 0.7; // of the usual size, for a formula that is too long

/**
 * @param {HTMLElement} element with a place for them, and a template of one
 * @returns {(rule: {formula: string, numbers: string | null}[]) => void} writes them, where they are others
 */
export function ruleLines(element) {
  const lines = part(element, "lines");
  let written = "";

  /** Long formulas are written smaller rather than cut off; what is still too long scrolls. */
  function fit() {
    const room = lines.clientWidth;
    const long = [...lines.querySelectorAll(".explain-formula, .explain-numbers")].map((each) => [each, each.scrollWidth]);
    for (const [each, width] of /** @type {[HTMLElement, number][]} */ (long))
      if (width > room) each.style.setProperty("--fit", String(Math.max(SMALLEST, (0.98 * room) / width)));
  }

  return function write(rule) {
    const key = JSON.stringify(rule);
    if (key === written) return;
    written = key;
    lines.replaceChildren(
      ...rule.map(({ formula, numbers }) => {
        const line = stamp(element, "line-template");
        part(line, "formula").append(markup(formula));
        part(line, "numbers").append(markup(numbers));
        line.classList.toggle("is-quantity", !/[=←]/.test(part(line, "formula").textContent ?? "")); // a name and its value
        return line;
      }),
    );
    fit();
  };
}
