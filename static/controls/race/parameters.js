// @ts-check
/**
 * The letters of a typed formula, each with its slider, the slider's ends, and a field for any number.
 *
 * @import { Knob, SurfaceActions, SurfaceState } from '../../state/types.js'
 */
import { fill } from "../../format.js";
import { on, part, putNumber, stamp, together } from "../widgets/dom.js";
import { knob } from "../widgets/knob.js";
import { numbers, rest } from "../widgets/number-field.js";

/**
 * @param {HTMLElement} element with the template of a line; its data-sentence and data-end are words with {letter} in them
 * @param {SurfaceState} state
 * @param {SurfaceActions} actions
 * @returns {() => void} undo
 */
export function parameters(element, state, actions) {
  const list = part(element, "list");
  /** @type {Map<string, {show: () => void, undo: () => void, element: HTMLElement}>} */
  const lines = new Map();

  /** The letter as it is set, and what the server says of it. @param {string} name */
  function known(name) {
    const told = state.ground.get().parameters?.find((each) => each.name === name);
    const own = state.setup.get().parameters?.find((each) => each.name === name);
    return { symbol: told?.symbol ?? name, value: own?.value ?? 1, range: own?.range ?? told?.range ?? [-5, 5] };
  }

  /** @param {string} name */
  function line(name) {
    const made = stamp(element, "line-template");
    const { symbol } = known(name);
    const [low, high] = ["low", "high"].map((end) => /** @type {HTMLInputElement} */ (part(made, end)));
    /** @type {Knob} */
    const declared = {
      name, label: symbol, symbol, default: 1, low: 0, high: 1, log: false, integer: false,
      sentence: fill(element.dataset.sentence, { letter: symbol }),
    };
    const slider = knob(part(made, "knob"), declared, {
      set: (value) => actions.setParameter(name, value),
      owner: () => element.getAttribute("aria-label") ?? "",
    });
    [low, high].forEach((field, i) => {
      const word = fill(element.dataset.end, { letter: symbol }).split("|")[i];
      field.setAttribute("aria-label", word);
      field.title = word;
    });

    function show() {
      const { value, range } = known(name);
      [declared.low, declared.high] = range;
      slider.show(value);
      for (const [i, field] of [low, high].entries()) if (field !== document.activeElement) putNumber(field, range[i]);
    }
    const ends = () => /** @type {[number, number]} */ ([low.valueAsNumber, high.valueAsNumber]);
    const undo = together([
      slider.undo,
      ...[low, high].flatMap((field) => [
        numbers(field, () => actions.setParameterRange(name, ends()), () => ends()[0] < ends()[1]),
        on(field, "blur", () => rest(field, show)),
      ]),
      () => made.remove(),
    ]);
    return { show, undo, element: made };
  }

  function show() {
    const names = (state.setup.get().parameters ?? []).map(({ name }) => name);
    const keys = names.map((name) => `${name} ${known(name).symbol}`); // a sign that is told later makes another line
    for (const [key, { undo }] of lines) {
      if (keys.includes(key)) continue;
      undo();
      lines.delete(key);
    }
    for (const [i, key] of keys.entries()) {
      const made = lines.get(key) ?? line(names[i]);
      lines.set(key, made);
      if (list.children[i] !== made.element) list.insertBefore(made.element, list.children[i] ?? null);
      made.show();
    }
    element.hidden = names.length === 0;
  }

  return together([
    state.setup.subscribe(show),
    state.ground.subscribe(show),
    () => lines.forEach(({ undo }) => undo()),
  ]);
}
