// @ts-check
/**
 * A slider that stops at chosen values, so that an arrow key is one step, and beside it a field for any number or the
 * chosen value in words. The template (partials/widgets/notches.html) names it and says what it does.
 */
/** @import { Range } from "./number-field.js" */
import { tick } from "../../format.js";
import { on, part, say, together } from "./dom.js";
import { numberField, WIDEST } from "./number-field.js";

/**
 * @param {HTMLElement} element the line, with the parts "slider" and "value"
 * @param {{values: () => number[], set: (value: number) => void, range?: Range, words?: (value: number) => string}} use
 *   `values`: the stops, lowest first; `range`: what may be typed
 * @returns {{show: (value: number, idle?: boolean) => void, undo: () => void}} `idle`: it has nothing to act on, and the
 *   part "idle" says why
 */
export function notches(element, { values, set, range = WIDEST, words = (value) => tick(value, 4) }) {
  const slider = /** @type {HTMLInputElement} */ (part(element, "slider"));
  const shown = part(element, "value");
  const field = shown instanceof HTMLInputElement ? shown : null;
  const typed = field && numberField(field, { set, range: () => range, name: () => element.getAttribute("aria-label") ?? "", step: (from, steps) => nextStop(values(), from, steps) });

  /** @param {number} next @param {boolean} [idle] */
  function show(next, idle = false) {
    if (slider.disabled !== idle) rest(idle);
    const stops = values();
    const [most, place, said] = [String(stops.length - 1), String(nearest(stops, next)), words(next)];
    if (slider.max !== most) slider.max = most;
    if (slider.value !== place) slider.value = place;
    if (slider.getAttribute("aria-valuetext") !== said) slider.setAttribute("aria-valuetext", said);
    if (typed) typed.show(next);
    else say(shown, words(next));
  }

  /** @param {boolean} idle */
  function rest(idle) {
    const why = part(element, "idle");
    why.hidden = !idle;
    slider.disabled = idle;
    if (field) field.disabled = idle;
    element.classList.toggle("is-idle", idle);
    if (idle) element.setAttribute("aria-describedby", why.id);
    else element.removeAttribute("aria-describedby");
  }

  return {
    show,
    undo: together([
      on(slider, "input", () => set(values()[slider.valueAsNumber])),
      ...(typed ? [typed.undo] : []),
    ]),
  };
}

/** The stop so many stops on, of those that lie on that side. @param {number[]} stops @param {number} from @param {number} steps */
function nextStop(stops, from, steps) {
  const ahead = steps > 0 ? stops.filter((stop) => stop > from) : stops.filter((stop) => stop < from).reverse();
  return ahead[Math.min(Math.abs(steps), ahead.length) - 1] ?? from;
}

/** @param {number[]} stops @param {number} value @returns {number} index of the nearest */
function nearest(stops, value) {
  return stops.reduce((best, stop, i) => (Math.abs(stop - value) < Math.abs(stops[best] - value) ? i : best), 0);
}

/** Stops 1, 2, 5 in every decade. @param {number} from exponent of ten @param {number} to @returns {number[]} */
export const decades = (from, to) =>
  Array.from({ length: to - from + 1 }, (_, i) => [1, 2, 5].map((digit) => Number(`${digit}e${from + i}`))).flat();

/** @param {number} from @param {number} to @param {number} [step] */
export const evenly = (from, to, step = 1) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step);
