// @ts-check
/**
 * What the curves show, of whom, and against what.
 *
 * @import { NetworkActions, NetworkFacts, NetworkState, SetName } from '../../state/network/types.js'
 */
import { fill } from "../../format.js";
import { entrantNames } from "../../state/names.js";
import { on, part, say, together } from "../widgets/dom.js";

/** @type {SetName[]} */
const SETS = ["training", "validation", "test"];

/**
 * @param {HTMLElement} element
 * @param {NetworkState} state
 * @param {NetworkActions} actions
 * @returns {() => void} undo
 */
export function curveSwitch(element, state, actions) {
  const names = /** @type {const} */ (["of", "set", "by"]);
  const buttons = names.flatMap((name) =>
    /** @type {HTMLButtonElement[]} */ ([...part(element, name).querySelectorAll("button")]).map((button) => ({ name, button })),
  );
  const words = element.dataset;

  function show() {
    const curve = state.curve.get();
    for (const { name, button } of buttons) button.setAttribute("aria-pressed", String(button.dataset.value === curve[name]));
    showWho();
  }

  /** Whose lines they are, and of how many samples. */
  function showWho() {
    const { set } = state.curve.get();
    const facts = state.facts.get();
    part(element, "strokes").hidden = set !== "three";
    say(part(element, "who"), set === "three" ? owner() : of(facts, set));
  }

  /** The racer that is shown alone. */
  function owner() {
    const [setup, { solo }] = [state.setup.get(), state.view.get()];
    const hidden = setup.entrants[state.chosen.get()]?.hidden;
    const index = solo ?? (hidden ? setup.entrants.findLastIndex((each) => !each.hidden) : state.chosen.get());
    return entrantNames(setup, state.catalog)[index] ?? "";
  }

  /** @param {NetworkFacts | null} facts @param {SetName} set */
  function of(facts, set) {
    const [measured, all] = [facts?.measured, facts?.sets].map((sizes) => sizes?.[SETS.indexOf(set)] ?? 0);
    const text = measured < all ? words.some : words.everybody;
    return fill(text, { set, measured: measured.toLocaleString("en"), all: all.toLocaleString("en") });
  }

  /** Of a curve there are no right answers; sets without samples have no line. */
  function showSets() {
    const facts = state.facts.get();
    const classes = !facts || facts.classes.length > 0;
    const { of: what, set } = state.curve.get();
    part(element, "of").hidden = !classes;
    if (!classes && what === "accuracy") actions.setCurve({ of: "loss" });
    const there = SETS.filter((_, i) => (facts?.sets ?? [1, 1, 1])[i] > 0);
    for (const name of SETS.slice(1)) {
      part(element, name).hidden = !there.includes(name);
      /** @type {HTMLElement} */ (part(element, "set").querySelector(`[data-value="${name}"]`)).hidden = !there.includes(name);
    }
    if (set !== "three" && !there.includes(set)) actions.setCurve({ set: "training" });
    showWho();
  }

  return together([
    state.curve.subscribe(show),
    state.facts.subscribe(showSets),
    ...[state.chosen, state.setup, state.view].map((/** @type {import('../../state/types.js').Readable<any>} */ store) => store.subscribe(showWho)),
    ...buttons.map(({ name, button }) =>
      on(button, "click", () => actions.setCurve({ [name]: /** @type {any} */ (button.dataset.value) })),
    ),
  ]);
}
