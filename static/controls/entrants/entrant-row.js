// @ts-check
/**
 * One entrant in the list: colour, name and rate; unfolded, its knobs, schedule, changes and tools.
 * The row stays the same element while its values change, so that a slider is never taken out of the hand.
 *
 * @import { Actions, Entrant, Knob, Setup, State } from '../../state/types.js'
 */
import { fill, tick } from "../../format.js";
import { knobAt, turnsKnob } from "../../state/entrants.js";
import { knob } from "../widgets/knob.js";
import { ownStart } from "./own-start.js";
import { gradient, inWords, scores } from "./painted-track.js";
import { on, part, say, stamp, together } from "../widgets/dom.js";
import { schedule } from "./schedule.js";

/**
 * @param {HTMLElement} panel the element that holds the templates
 * @param {State} state
 * @param {Actions} actions
 * @param {{toggled: (index: number) => void, duplicated: (index: number) => void,
 *   removed: (index: number) => void}} handlers
 */
export function entrantRow(panel, state, actions, handlers) {
  const element = stamp(panel, "entrant-template");
  const body = part(element, "body");
  const colour = /** @type {HTMLInputElement} */ (part(element, "colour"));
  const toggle = part(element, "toggle");
  const tools = Object.fromEntries(["hide", "solo", "duplicate", "remove"].map((name) => [name, part(element, name)]));
  const duplicateButton = /** @type {HTMLButtonElement} */ (tools.duplicate);
  const removeButton = /** @type {HTMLButtonElement} */ (tools.remove);
  /** @type {{declared: Knob, control: ReturnType<typeof knob>}[]} */
  let knobs = [];
  let built = ""; // the optimizer whose knobs stand in the row: they are made when it is first unfolded
  let index = -1;
  let name = "";
  let open = false;
  let shownChanges = "";
  const owner = () => name;

  body.id = `entrant-${++count}`;
  toggle.setAttribute("aria-controls", body.id);
  const scheduled = schedule(part(element, "schedule"), panel, state.catalog.schedules, {
    owner,
    set: (value) => actions.setSchedule(index, value),
  });

  const own = ownStart(element, {
    label: (label) => actions.label(index, label),
    offset: (offset) => actions.setOffset(index, offset),
  });

  /** @param {string} optimizer */
  function build(optimizer) {
    for (const { control } of knobs) control.undo();
    const item = state.catalog.optimizers.find((each) => each.key === optimizer);
    const place = part(element, "knobs");
    place.replaceChildren();
    knobs = (item?.knobs ?? []).map((declared) => {
      const line = stamp(panel, "knob-template");
      place.append(line);
      const set = (/** @type {number} */ value) => actions.setKnob(index, declared.name, value);
      return { declared, control: knob(line, declared, { set, owner }) };
    });
    built = optimizer;
  }

  /** @param {Setup} setup */
  function showValues(setup) {
    const step = setup.changes.length > 0 && state.view.get().fromHere ? state.playhead.get().step : 0;
    const value = (/** @type {string} */ of) => knobAt(setup, index, of, step, state.catalog);
    const item = state.catalog.optimizers.find((each) => each.key === setup.entrants[index].optimizer);
    const first = item?.knobs.find((each) => each.name === "lr") ?? item?.knobs[0];
    say(part(element, "rate"), first ? `${first.name} ${tick(value(first.name) ?? first.default, 3)}` : "");
    if (!open) return;
    for (const { declared, control } of knobs) control.show(value(declared.name) ?? declared.default);
  }

  /** @param {Setup} setup */
  function showChanges(setup) {
    const mine = setup.changes.flatMap((change, place) =>
      turnsKnob(change) && change.entrant === index ? [{ ...change, place }] : [],
    );
    const key = JSON.stringify(mine);
    if (key === shownChanges) return;
    shownChanges = key;
    const chips = mine.map(({ at, knob, value, place }) => {
      const item = stamp(panel, "change-template");
      const button = /** @type {HTMLElement} */ (item.firstElementChild);
      const words = fill(button.dataset.words, { step: at, knob, value: tick(value, 4) });
      say(part(item, "text"), words);
      button.setAttribute("aria-label", fill(button.dataset.remove, { change: words }));
      button.addEventListener("click", () => actions.removeChange(place));
      return item;
    });
    part(element, "changes").replaceChildren(...chips);
  }

  const undo = together([
    on(toggle, "click", () => handlers.toggled(index)),
    on(colour, "input", () => actions.recolour(index, colour.value)),
    on(tools.hide, "click", () => actions.hide(index, !state.setup.get().entrants[index]?.hidden)),
    on(tools.solo, "click", () => actions.solo(state.view.get().solo === index ? null : index)),
    on(duplicateButton, "click", () => handlers.duplicated(index)),
    on(removeButton, "click", () => handlers.removed(index)),
  ]);

  return {
    element,
    toggle,
    /**
     * @param {Setup} setup
     * @param {number} at index of the entrant
     * @param {string} called
     */
    show(setup, at, called) {
      const entrant = /** @type {Entrant} */ (setup.entrants[at]);
      const renamed = called !== name || at !== index;
      [index, name] = [at, called];
      if (open && entrant.optimizer !== built) build(entrant.optimizer);
      if (renamed) {
        say(part(element, "name"), called);
        const words = part(element, "colour-label");
        say(words, fill(words.dataset.words, { name: called }));
        part(element, "tools").setAttribute("aria-label", called);
      }
      showValues(setup);
      if (open) showChanges(setup);
      if (open) scheduled.show(entrant.schedule ?? null);
      if (open) own.show(entrant, called);
      element.dataset.hidden = String(Boolean(entrant.hidden));
      part(element, "hidden-flag").hidden = !entrant.hidden;
      tools.hide.setAttribute("aria-pressed", String(Boolean(entrant.hidden)));
      duplicateButton.disabled = setup.entrants.length >= state.catalog.limits.entrants;
      removeButton.disabled = setup.entrants.length < 2;
    },
    /** @param {string} tone of the entrant, hex where the colour field should show it */
    tint(tone) {
      part(element, "dot").style.setProperty("--colour", tone);
      if (/^#[0-9a-f]{6}$/i.test(tone) && colour !== document.activeElement) colour.value = tone;
    },
    /** @param {boolean} next */
    unfold(next) {
      open = next;
      body.hidden = !next;
      element.dataset.open = String(next);
      toggle.setAttribute("aria-expanded", String(next));
    },
    /** @param {boolean} alone */
    alone(alone) {
      part(element, "solo-flag").hidden = !alone;
      tools.solo.setAttribute("aria-pressed", String(alone));
    },
    /** Paints the sliders that the newest sweep is about. */
    paint() {
      const paint = state.paint.get();
      const swept = paint && knobs.find(({ declared }) => declared.name === paint.knob);
      if (!open || !swept) return;
      const values = paint.values[index];
      if (!values || !Number.isFinite(values[0])) return swept.control.paint(null, "");
      const sweep = { values, loss: paint.loss[index], reached: paint.reached[index], diverged: paint.diverged[index] };
      const floor = state.run.get().goal?.f_min ?? Math.min(...sweep.loss.filter(Number.isFinite));
      const score = scores(sweep, state.setup.get().steps, floor);
      swept.control.paint(gradient(swept.declared, sweep, score), inWords(sweep, score, panel.dataset));
    },
    undo() {
      undo();
      scheduled.undo();
      own.undo();
      for (const { control } of knobs) control.undo();
      element.remove();
    },
  };
}

let count = 0;
