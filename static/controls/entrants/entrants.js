// @ts-check
/**
 * The panel of the optimizers in the race: the list, "Add", "Tune fairly", and from when on a turned knob holds.
 *
 * @import { Actions, State } from '../../state/types.js'
 */
import { fill, timeLeft } from "../../format.js";
import { addOptimizer } from "./add-optimizer.js";
import { entrantRow } from "./entrant-row.js";
import { entrantNames } from "../../state/names.js";
import { on, part, say, together } from "../widgets/dom.js";

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Actions} actions
 * @returns {() => void} undo
 */
export function entrants(element, state, actions) {
  const list = part(element, "list");
  /** @type {ReturnType<typeof entrantRow>[]} */
  const rows = [];
  let open = "folded" in element.dataset ? -1 : state.chosen.get(); // index of the unfolded row, -1 for none

  const handlers = {
    toggled(/** @type {number} */ index) {
      unfold(open === index ? -1 : index);
      actions.choose(index);
    },
    duplicated(/** @type {number} */ index) {
      actions.duplicateEntrant(index);
      unfold(index + 1);
      rows[index + 1]?.toggle.focus();
    },
    removed(/** @type {number} */ index) {
      open = -1;
      actions.removeEntrant(index);
      unfold(-1);
      rows[Math.min(index, rows.length - 1)]?.toggle.focus();
    },
  };

  /** @param {number} index */
  function unfold(index) {
    open = index;
    state.sliders.set(open >= 0);
    rows.forEach((row, i) => row.unfold(i === index));
    show();
    tint();
    paint();
  }

  function show() {
    const setup = state.setup.get();
    while (rows.length > setup.entrants.length) rows.pop()?.undo();
    while (rows.length < setup.entrants.length) {
      const row = entrantRow(element, state, actions, handlers);
      row.unfold(rows.length === open);
      list.append(row.element);
      rows.push(row);
    }
    const names = entrantNames(setup, state.catalog);
    rows.forEach((row, i) => row.show(setup, i, names[i]));
    say(part(element, "count"), fill(element.dataset.racing, { count: setup.entrants.length }));
  }

  function tint() {
    const colours = state.colours.get();
    rows.forEach((row, i) => row.tint(colours[i] ?? ""));
  }

  const paint = () => rows.forEach((row) => row.paint());
  const solo = () => rows.forEach((row, i) => row.alone(state.view.get().solo === i));

  /** With changes on the way, the knobs show what holds at the playhead. */
  function follow() {
    if (state.view.get().fromHere && state.setup.get().changes.length > 0) show();
  }

  state.sliders.set(open >= 0);
  return together([
    state.setup.subscribe(() => {
      show();
      solo();
    }),
    state.colours.subscribe(tint),
    state.paint.subscribe(paint),
    state.view.subscribe(() => {
      solo();
      show();
    }),
    state.playhead.subscribe(follow),
    state.chosen.subscribe((index) => index !== open && open >= 0 && unfold(index)),
    addOptimizer(element, state, {
      add(key) {
        actions.addEntrant(key);
        const added = rows.length - 1;
        unfold(added);
        actions.choose(added);
        rows[added]?.toggle.focus();
      },
    }),
    tuning(element, state, actions),
    fromHere(element, state, actions),
    () => rows.splice(0).forEach((row) => row.undo()),
  ]);
}

/**
 * "Tune fairly": a button that shows its progress, and afterwards the sentence on what was measured.
 *
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Actions} actions
 */
function tuning(element, state, actions) {
  const button = /** @type {HTMLButtonElement} */ (part(element, "tune"));
  const label = button.textContent ?? "";
  const left = part(element, "left"); // no status: a count of seconds is nothing to be read aloud

  return together([
    on(button, "click", () => actions.tune()), // once more ends it
    state.tuning.subscribe((progress) => {
      const percent = progress ? Math.floor((100 * progress.done) / Math.max(1, progress.total)) : 0;
      button.toggleAttribute("data-progress", progress !== null);
      button.style.setProperty("--done", `${percent}%`);
      say(button, progress ? fill(button.dataset.busy, { percent }) : label);
      say(left, timeLeft(left.dataset.words, progress?.seconds));
    }),
    state.tuned.subscribe((sentence) => say(part(element, "tuned"), sentence ?? "")),
  ]);
}

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Actions} actions
 */
function fromHere(element, state, actions) {
  const whole = part(element, "whole");
  const here = part(element, "here");

  return together([
    on(whole, "click", () => actions.setFromHere(false)),
    on(here, "click", () => actions.setFromHere(true)),
    state.view.subscribe(({ fromHere: later }) => {
      whole.setAttribute("aria-pressed", String(!later));
      here.setAttribute("aria-pressed", String(later));
    }),
  ]);
}
