// @ts-check
/**
 * One knob: its name, a slider over the suggested range, and a field that takes any number.
 *
 * @import { Knob } from '../../state/types.js'
 */
import { fill, tick } from "../../format.js";
import { on, part, putNumber, say, together } from "./dom.js";

const NUDGE = 0.01; // of the slider's length, for the arrow keys in the number field

/**
 * Where a value lies on the slider, 0..1; values outside the suggested range lie at its ends.
 *
 * @param {Knob} knob
 * @param {number} value
 */
export function placeOf({ low, high, log }, value) {
  const place = log && low > 0 ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return Math.max(0, Math.min(1, Number.isFinite(place) ? place : 0));
}

/**
 * The value at a place of the slider, rounded to what a hand can mean: three digits, or a thousandth of the range.
 *
 * @param {Knob} knob
 * @param {number} place 0..1
 */
export function valueAt({ low, high, log, integer }, place) {
  if (place <= 0) return low;
  if (place >= 1) return high;
  const value = log && low > 0 ? low * (high / low) ** place : low + (high - low) * place;
  if (integer) return Math.round(value);
  if (log && low > 0) return Number(value.toPrecision(3));
  const grain = 10 ** Math.floor(Math.log10((high - low) / 500));
  return Number((Math.round(value / grain) * grain).toPrecision(6));
}

/**
 * @param {HTMLElement} element stamped from the knob template
 * @param {Knob} declared
 * @param {{set: (value: number) => void, owner: () => string}} use `owner` names whose knob it is, for screen readers
 * @returns {{show: (value: number) => void, paint: (gradient: string | null, words: string) => void,
 *   undo: () => void}}
 */
export function knob(element, declared, { set, owner }) {
  const label = part(element, "label");
  const slider = /** @type {HTMLInputElement} */ (part(element, "slider"));
  const field = /** @type {HTMLInputElement} */ (part(element, "number"));
  const painted = part(element, "paint");
  const description = part(element, "description");
  const reset = fill(element.dataset.reset, { default: tick(declared.default, 6) });
  let value = declared.default;
  let held = false; // the slider is in the hand: it must not be moved from outside

  const name = declared.symbol ? `${declared.symbol} ${declared.label}` : declared.label;
  say(label, shortLabel(declared));
  label.title = `${name}: ${declared.sentence} ${reset}`;
  description.id = `knob-${++count}`;
  describe("");
  for (const input of [slider, field]) input.setAttribute("aria-describedby", description.id);

  /** @param {string} words about the painted track */
  function describe(words) {
    say(description, [declared.sentence, words].filter(Boolean).join(" "));
    slider.title = words || declared.sentence;
    slider.setAttribute("aria-label", `${name}, ${owner()}`);
    field.setAttribute("aria-label", `${name}, ${owner()}, number`);
  }

  /** @param {number} next */
  function show(next) {
    value = next;
    if (!held) slider.value = placeOf(declared, next).toFixed(5);
    slider.setAttribute("aria-valuetext", tick(next, 4));
    putNumber(field, next);
    field.removeAttribute("aria-invalid");
  }

  function typed() {
    const next = field.valueAsNumber;
    field.toggleAttribute("aria-invalid", !Number.isFinite(next));
    if (!Number.isFinite(next)) return field.setAttribute("aria-invalid", "true");
    set(next);
  }

  /** @param {KeyboardEvent} event */
  function nudge(event) {
    const step = { ArrowUp: NUDGE, ArrowDown: -NUDGE, PageUp: 10 * NUDGE, PageDown: -10 * NUDGE }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = valueAt(declared, placeOf(declared, value) + step);
    set(declared.integer && next === value ? value + Math.sign(step) : next);
  }

  const undo = together([
    on(slider, "input", () => set(valueAt(declared, slider.valueAsNumber))),
    on(slider, "pointerdown", () => void (held = true)),
    on(slider, "pointerup", () => void (held = false)),
    on(slider, "pointercancel", () => void (held = false)),
    on(slider, "blur", () => void (held = false)),
    on(field, "input", typed),
    on(field, "blur", () => show(value)),
    on(field, "keydown", nudge),
    on(label, "dblclick", () => set(declared.default)),
  ]);

  return {
    show,
    paint(gradient, words) {
      painted.hidden = gradient === null;
      if (gradient !== null && painted.style.background !== gradient) painted.style.background = gradient;
      describe(words);
    },
    undo,
  };
}

let count = 0;

/**
 * "learning rate" stays as it is; a symbol stands before a short label: "β₁ memory".
 *
 * @param {Knob} knob
 */
function shortLabel({ symbol, label, name }) {
  return name === "lr" || !symbol || symbol === label ? label : `${symbol} ${label}`;
}
