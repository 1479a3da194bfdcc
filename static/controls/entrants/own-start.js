// @ts-check
/**
 * What an entrant may have for itself beside its knobs: a name, and a start a little way from the common one.
 *
 * @import { Entrant, Point } from '../../state/types.js'
 */
import { on, part, together } from "../widgets/dom.js";
import { numberField } from "../widgets/number-field.js";

/**
 * @param {HTMLElement} element
 * @param {{label: (label: string | null) => void, offset: (offset: Point) => void}} set
 * @returns {{show: (entrant: Entrant, name: string) => void, undo: () => void}}
 */
export function ownStart(element, set) {
  const label = /** @type {HTMLInputElement} */ (part(element, "own-name"));
  let held = /** @type {Point} */ ([0, 0]);
  const fields = ["offset-x", "offset-y"].map((name, i) =>
    numberField(/** @type {HTMLInputElement} */ (part(element, name)), {
      set: (value) => set.offset(/** @type {Point} */ (held.with(i, value))),
    }),
  );

  return {
    show({ label: own, offset = [0, 0] }, name) {
      if (label !== document.activeElement) label.value = own ?? "";
      label.placeholder = own ? "" : name;
      held = offset;
      fields.forEach((field, i) => field.show(offset[i]));
    },
    undo: together([
      on(label, "input", () => set.label(label.value.trim() || null)),
      ...fields.map(({ undo }) => undo),
    ]),
  };
}
