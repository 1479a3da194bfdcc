// @ts-check
/**
 * The line for who comes for the first time: three things to do, each ticked off when it was really done. It goes for good
 * when it is dismissed, or when all is done and the page is opened again.
 *
 * @import { Actions, State } from '../../state/types.js'
 * @import { Deed } from '../../state/visit/way-in.js'
 */
import { fill, number } from "../../format.js";
import { deathOf } from "../../state/outcome-words.js";
import { entrantNames } from "../../state/names.js";
import { lossAt } from "../../state/running/run.js";
import { DEEDS, verdict } from "../../state/visit/way-in.js";
import { on, part, say, together } from "../widgets/dom.js";
import { keep, kept } from "./storage.js";

/** @typedef {{gone?: boolean, done?: string[]}} Kept */

/** What was done at visits before; nothing where that cannot be read. @param {string} name @returns {Kept} */
function before(name) {
  try {
    return JSON.parse(kept(name) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Actions} actions
 * @returns {() => void} undo
 */
export function wayIn(element, state, actions) {
  const name = `way-in:${element.dataset.of}`;
  const things = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-deed]")]);
  const { gone = false, done: old = [] } = before(name);
  const done = new Set(Array.isArray(old) ? old : []);
  if (gone || things.every(({ dataset }) => done.has(dataset.deed ?? ""))) return () => {};

  const who = /** @type {HTMLSelectElement} */ (part(element, "who"));
  const said = part(element, "said");
  const words = element.dataset;
  let guess = -1; // whose race is awaited
  let listed = "";
  let setup = state.setup.get();

  /** @param {string} deed */
  function tick(deed) {
    if (done.has(deed)) return;
    done.add(deed);
    keep(name, JSON.stringify({ done: [...done] }));
    show();
  }

  function show() {
    for (const thing of things) {
      const ticked = done.has(thing.dataset.deed ?? "");
      thing.classList.toggle("is-done", ticked);
      part(thing, "state").textContent = ticked ? (words.done ?? "") : (words.todo ?? "");
    }
  }

  function list() {
    const names = entrantNames(state.setup.get(), state.catalog);
    if (names.join("\n") === listed) return;
    if (listed && guess >= 0) guess = -1; // others race than those among whom it was guessed
    listed = names.join("\n");
    const chosen = who.value;
    who.replaceChildren(new Option(words.choose, ""), ...names.map((each, i) => new Option(each, String(i))));
    who.value = names[Number(chosen)] && chosen !== "" ? chosen : "";
  }

  function play() {
    if (who.value === "") {
      say(said, words.first ?? "");
      return who.focus();
    }
    guess = Number(who.value);
    say(said, fill(words.guessed, { name: entrantNames(state.setup.get(), state.catalog)[guess] }));
    actions.seek(0);
    if (!state.playhead.get().playing) actions.toggle();
  }

  /** The race is over: was it right? */
  function judge() {
    const run = state.run.get();
    const { steps } = state.setup.get();
    if (guess < 0 || !run.complete || run.steps !== steps || state.playhead.get().step < steps) return;
    const losses = Array.from({ length: run.entrants }, (_, i) => (deathOf(run, i, steps) === null ? lossAt(run, i, steps) : NaN));
    const names = entrantNames(state.setup.get(), state.catalog);
    const { kind, lowest } = verdict(losses, guess);
    const told = { name: names[guess], lowest: lowest.map((i) => names[i]).join(", "), loss: number(losses[lowest[0]] ?? NaN, 3), own: number(losses[guess], 3) };
    say(said, fill(kind === "wrong" && Number.isNaN(losses[guess]) ? words.diverged : words[kind], told));
    guess = -1;
    tick("guess");
  }

  function watch() {
    const now = state.setup.get();
    for (const [deed, happened] of Object.entries(DEEDS)) {
      if (things.some(({ dataset }) => dataset.deed === deed) && happened(setup, now)) tick(deed);
    }
    setup = now;
    list();
  }

  show();
  list();
  element.hidden = false;
  return together([
    state.setup.subscribe(watch),
    state.playhead.subscribe(judge),
    state.run.subscribe(judge),
    on(part(element, "play"), "click", play),
    on(part(element, "dismiss"), "click", () => {
      element.hidden = true;
      keep(name, JSON.stringify({ gone: true, done: [...done] }));
      document.getElementById("main")?.focus({ preventScroll: true });
    }),
  ]);
}
