// @ts-check
/**
 * The learning-rate schedule of one entrant: which, and its own knobs.
 *
 * @import { Schedule, ScheduleItem, Knob } from '../../state/types.js'
 */
import { knob } from "../widgets/knob.js";
import { on, part, stamp, together } from "../widgets/dom.js";

/**
 * @param {HTMLElement} element
 * @param {HTMLElement} panel the element that holds the knob template
 * @param {ScheduleItem[]} items
 * @param {{set: (schedule: Schedule | null) => void, owner: () => string}} use
 * @returns {{show: (schedule: Schedule | null) => void, undo: () => void}}
 */
export function schedule(element, panel, items, { set, owner }) {
  const select = /** @type {HTMLSelectElement} */ (part(element, "schedule-kind"));
  const place = part(element, "schedule-knobs");
  const listed = items.some(({ key }) => key === "constant")
    ? items
    : [{ key: "constant", name: select.dataset.constant ?? "", sentence: "", knobs: [] }, ...items];
  /** @type {{declared: Knob, control: ReturnType<typeof knob>}[]} */
  let knobs = [];
  let built = "constant";
  /** @type {Schedule | null} */
  let shown = null;

  select.append(...listed.map(({ key, name }) => new Option(name, key)));

  /** @param {string} kind */
  function build(kind) {
    for (const { control } of knobs) control.undo();
    const item = listed.find(({ key }) => key === kind);
    place.replaceChildren();
    knobs = (item?.knobs ?? []).map((declared) => {
      const line = stamp(panel, "knob-template");
      place.append(line);
      const change = (/** @type {number} */ value) => set({ ...shown, kind, [declared.name]: value });
      return { declared, control: knob(line, declared, { set: change, owner }) };
    });
    select.title = item?.sentence ?? "";
    built = kind;
  }

  return {
    show(next) {
      shown = next;
      const kind = next?.kind ?? "constant";
      if (kind !== built) build(kind);
      if (select.value !== kind) select.value = kind;
      for (const { declared, control } of knobs) control.show(Number(next?.[declared.name] ?? declared.default));
    },
    undo: together([
      on(select, "change", () => set(select.value === "constant" ? null : { kind: select.value })),
      () => knobs.forEach(({ control }) => control.undo()),
    ]),
  };
}
