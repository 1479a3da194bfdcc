// @ts-check
/**
 * "This step": the update rule of one optimizer and, beside it, the numbers of the step it takes from here.
 *
 * @import { Actions, State } from '../state/types.js'
 */
import { fill } from "../format.js";
import { markup } from "./markup.js";
import { entrantNames } from "../state/names.js";
import { on, part, say, stamp, together } from "./parts.js";

const SMALLEST = 0.7; // of the usual size, for a formula that is too long

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Actions} actions
 * @returns {() => void} undo
 */
export function explain(element, state, actions) {
  const select = /** @type {HTMLSelectElement} */ (part(element, "entrant"));
  const arrows = /** @type {HTMLInputElement} */ (part(element, "arrows"));
  const lines = part(element, "lines");
  let listed = "";
  const axes = [part(element, "first"), part(element, "second")];
  let axis = 0; // of the numbers put in
  let written = "";

  function list() {
    const names = entrantNames(state.setup.get(), state.catalog);
    if (names.join("\n") !== listed) {
      listed = names.join("\n");
      select.replaceChildren(...names.map((name, i) => new Option(name, String(i))));
    }
    select.value = String(state.chosen.get());
  }

  function show() {
    const explained = state.explained.get();
    const { step } = state.playhead.get();
    const mine = explained?.entrant === state.chosen.get() ? explained : null;
    const over = !mine && step >= state.setup.get().steps;
    say(part(element, "step"), fill(element.dataset.step, { step: mine?.step ?? step }));
    say(part(element, "sentence"), mine?.sentence ?? "");
    part(element, "waiting").hidden = Boolean(mine) || over;
    part(element, "over").hidden = !over;
    part(element, "frozen").hidden = !mine?.frozen;
    part(element, "memory-key").hidden = !mine?.memory;
    part(element, "legend").hidden = !mine || mine.frozen;
    part(element, "axes").hidden = !mine?.lines.some((line) => line.numbers_y);
    const { axes: shown, coordinates = shown } = state.ground.get();
    axes.forEach((button, i) => {
      say(button, coordinates[i]);
      button.setAttribute("aria-pressed", String(i === axis));
    });
    write((mine?.lines ?? []).map(({ formula, numbers, numbers_y }) => ({ formula, numbers: (axis && numbers_y) || numbers })));
  }

  /** @param {{formula: string, numbers: string | null}[]} rule */
  function write(rule) {
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
  }

  /** Long formulas are written smaller rather than cut off; what is still too long scrolls. */
  function fit() {
    const room = lines.clientWidth;
    const long = [...lines.querySelectorAll(".explain-formula, .explain-numbers")].map((each) => [each, each.scrollWidth]);
    for (const [each, width] of /** @type {[HTMLElement, number][]} */ (long))
      if (width > room) each.style.setProperty("--fit", String(Math.max(SMALLEST, (0.98 * room) / width)));
  }

  // The server explains only while somebody can see it.
  const seen = new IntersectionObserver((entries) => state.explaining.set(entries[entries.length - 1].isIntersecting));
  seen.observe(element);

  return together([
    state.setup.subscribe(list),
    state.chosen.subscribe(list),
    state.chosen.subscribe(show),
    state.explained.subscribe(show),
    state.playhead.subscribe(show),
    state.view.subscribe((view) => void (arrows.checked = view.arrows)),
    ...axes.map((button, i) => on(button, "click", () => {
      axis = i;
      show();
    })),
    on(select, "change", () => actions.choose(Number(select.value))),
    on(arrows, "change", () => state.view.update((view) => ({ ...view, arrows: arrows.checked }))),
    () => seen.disconnect(),
  ]);
}
