// @ts-check
/**
 * What an entrant may have for itself beside its knobs: a name, and a start a little way from the common one.
 *
 * @import { Entrant, Point } from '../../state/types.js'
 */
import { on, part, putNumber, together } from "../widgets/dom.js";

/**
 * @param {HTMLElement} element
 * @param {{label: (label: string | null) => void, offset: (offset: Point) => void}} set
 * @returns {{show: (entrant: Entrant, name: string) => void, undo: () => void}}
 */
export function ownStart(element, set) {
  const label = /** @type {HTMLInputElement} */ (part(element, "own-name"));
  const fields = ["offset-x", "offset-y"].map((name) => /** @type {HTMLInputElement} */ (part(element, name)));

  function move() {
    const [x, y] = fields.map((field) => field.valueAsNumber);
    for (const field of fields) field.setAttribute("aria-invalid", String(Number.isNaN(field.valueAsNumber)));
    if (Number.isFinite(x) && Number.isFinite(y)) set.offset([x, y]);
  }

  return {
    show({ label: own, offset = [0, 0] }, name) {
      if (label !== document.activeElement) label.value = own ?? "";
      label.placeholder = own ? "" : name;
      fields.forEach((field, i) => putNumber(field, offset[i]));
    },
    undo: together([
      on(label, "input", () => set.label(label.value.trim() || null)),
      ...fields.map((field) => on(field, "input", move)),
    ]),
  };
}
