// @ts-check
/**
 * A slider that stops at chosen values, so that an arrow key is one step, and beside it a field for any number or the
 * chosen value in words. The template (partials/widgets/notches.html) names it and says what it does.
 */
/** @import { Wrong } from "./number-field.js" */
import { tick } from "../../format.js";
import { on, part, putNumber, say, together } from "./dom.js";

/**
 * @param {HTMLElement} element the line, with the parts "slider" and "value"
 * @param {{values: () => number[], set: (value: number) => void, fits?: (value: number) => boolean,
 *   words?: (value: number) => string, expected?: string, wrong?: Wrong}} use `values`: the stops, lowest first; `fits`:
 *   what may be typed, which is what was `expected`, and `wrong` says so where it does not fit
 * @returns {{show: (value: number, idle?: boolean) => void, undo: () => void}} `idle`: it has nothing to act on, and the
 *   part "idle" says why
 */
export function notches(element, { values, set, fits = () => true, words = (value) => tick(value, 4), expected = "", wrong }) {
  const slider = /** @type {HTMLInputElement} */ (part(element, "slider"));
  const shown = part(element, "value");
  const field = shown instanceof HTMLInputElement ? shown : null;
  let value = 0;

  /** @param {number} next @param {boolean} [idle] */
  function show(next, idle = false) {
    value = next;
    if (slider.disabled !== idle) rest(idle);
    const stops = values();
    const [most, place, said] = [String(stops.length - 1), String(nearest(stops, next)), words(next)];
    if (slider.max !== most) slider.max = most;
    if (slider.value !== place) slider.value = place;
    if (slider.getAttribute("aria-valuetext") !== said) slider.setAttribute("aria-valuetext", said);
    if (field) putNumber(field, next);
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
      ...(field
        ? [
            on(field, "input", () => {
              const typed = field.valueAsNumber;
              const good = Number.isFinite(typed) && fits(typed);
              if (!wrong) field.setAttribute("aria-invalid", String(!good));
              else if (good) wrong.accept(field);
              else wrong.refuse(field, element.getAttribute("aria-label") ?? "", expected);
              if (good) set(typed);
            }),
            on(field, "blur", () => {
              field.removeAttribute("aria-invalid");
              show(value, field.disabled);
            }),
          ]
        : []),
    ]),
  };
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
