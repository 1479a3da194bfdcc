// @ts-check
/**
 * "This step": the update rule of one optimizer and, beside it, the numbers of the step it takes from here.
 *
 * @import { Actions, State } from '../../state/types.js'
 */
import { fill } from "../../format.js";
import { entrantNames } from "../../state/names.js";
import { on, part, say, together } from "../widgets/dom.js";
import { ruleLines } from "../widgets/rule-lines.js";

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Actions} actions
 * @returns {() => void} undo
 */
export function explain(element, state, actions) {
  const select = /** @type {HTMLSelectElement} */ (part(element, "entrant"));
  const arrows = /** @type {HTMLInputElement} */ (part(element, "arrows"));
  const write = ruleLines(element);
  let listed = "";
  const axes = [part(element, "first"), part(element, "second")];
  let axis = 0; // of the numbers put in

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
