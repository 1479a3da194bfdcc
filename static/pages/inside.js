// @ts-check
/**
 * What the page of networks has beside its race: the loss surface, and the sheet "look inside". Joins their questions to
 * the server, and their views and controls to the page.
 *
 * @import { Answer, Ask, Asked } from '../net/socket.js'
 * @import { Folds } from '../views/inside/folds.js'
 * @import { Heard } from '../controls/inside/search-run.js'
 * @import { Readable, Writable } from '../state/types.js'
 * @import { Climb } from '../state/network/searches.js'
 * @import { About, AboutTraining, NetworkActions, NetworkSetup, NetworkState, SetName } from '../state/network/types.js'
 */
import { downloads } from "../controls/inside/downloads.js";
import { folds } from "../controls/inside/folds.js";
import { inside } from "../controls/inside/sheet.js";
import { randomSearch } from "../controls/inside/random-search.js";
import { overSwitch } from "../controls/inside/cancel.js";
import { planePicker } from "../controls/network/plane-picker.js";
import { searchRun } from "../controls/inside/search-run.js";
import { finiteDifferences } from "../controls/inside/finite-differences.js";
import { weightIn, weightPicker } from "../controls/inside/weight-picker.js";
import { fill } from "../format.js";
import { $, onScreen } from "./lab.js";
import { answering } from "../state/network/inside.js";
import { numberOf } from "../state/network/weights.js";
import { onPlane, lossPlane } from "../state/network/loss-plane.js";
import { ratesOf, rateKnob, bestSoFar, widthsOf, withFound } from "../state/network/searches.js";
import { writable } from "../state/store.js";
import { wideMargins } from "../views/map/contour-figure.js";
import { contourView } from "../views/map/contour.js";
import { confusionView } from "../views/inside/confusion.js";
import { digitView } from "../views/inside/digit.js";
import { foldsView } from "../views/inside/folds.js";
import { randomSearchView } from "../views/inside/random-search.js";
import { sampleView } from "../views/inside/sample.js";
import { stepView } from "../views/inside/step.js";
import { sweepView } from "../views/inside/sweep.js";
import { perturbationView } from "../views/inside/perturbation.js";
import { startMark } from "../views/map/start-mark.js";
import { surfaceView } from "../views/surface3d/surface3d.js";

/**
 * @param {NetworkState} state
 * @param {NetworkActions} actions
 * @param {About} about
 * @param {(error: any) => void} failed
 */
export function lossSurface(state, actions, about, failed) {
  const card = $("loss-surface");
  const { window, setWindow, resetWindow } = lossPlane(state, about, failed, onScreen(card));
  const shown = onPlane(state, window);
  planePicker(card, state);
  contourView($("map"), shown, { ...actions, moveStart: () => {}, setWindow, resetWindow }, undefined, startMark, wideMargins);
  surfaceView($("surface"), shown);
}

/**
 * An answer that holds as long as what it is about.
 * @typedef {<A>(of: () => string) => {found: Writable<A | null>, take: (answer: A) => void}} Holding
 */

/** What a network is, without who trains it and how. @param {NetworkSetup} setup */
const pathOfNetwork = ({ entrants, changes, steps, noise, ...network }) => network;

/**
 * @param {NetworkState} state
 * @param {NetworkActions} actions
 * @param {{about: About, ask: Ask}} questions
 * @param {(error: any) => void} failed
 */
export function lookInside(state, actions, { about, ask }, failed) {
  const sheet = $("inside-sheet");
  const panel = (/** @type {string} */ name) => /** @type {HTMLElement} */ (sheet.querySelector(`[data-panel="${name}"]`));
  const dims = () => state.facts.get()?.dims ?? [];
  const weight = () => weightIn(state, dims());
  for (const picker of /** @type {NodeListOf<HTMLElement>} */ (sheet.querySelectorAll(".weight-picker"))) weightPicker(picker, state, actions);

  const row = writable(0);
  const sample = answering(state, about, failed, "sample", () => ({ type: "sample", row: row.get(), weight: numberOf(dims(), weight()) }), [row, state.weight]);
  sampleView(panel("sample"), state, { row, answer: sample, weight });

  const value = writable(/** @type {number | null} */ (null));
  const turned = answering(state, about, failed, "tweak", () => {
    const number = numberOf(dims(), weight());
    const own = state.look.get()?.weights[number];
    if (own === undefined || !Number.isFinite(own)) return null;
    return { type: "tweak", weight: number, value: value.get() ?? own, ...(dims()[0] > 2 ? { row: row.get() } : {}) };
  }, [value, state.weight, state.look]);
  perturbationView(panel("tweak"), state, { value, answer: turned, row, weight });

  const moved = answering(state, about, failed, "step", () => {
    const step = Math.min(state.playhead.get().step, state.run.get().have); // a record or not
    return { type: "explain_weight", step, weight: numberOf(dims(), weight()) };
  }, [state.weight]);
  stepView(panel("step"), state, { answer: moved, stepBy: actions.stepBy });

  const set = writable(/** @type {SetName} */ ("test"));
  const mistakes = answering(state, about, failed, "confusion", () => ({ type: "confusion", set: set.get() }), [set]);
  const follow = (/** @type {number} */ which) => {
    row.set(which);
    actions.lookInside("sample");
  };
  confusionView(panel("confusion"), state, { set, answer: mistakes, follow });

  const pixels = writable(/** @type {number[] | null} */ (null));
  const everybody = { entrant: undefined };
  const said = answering(state, about, failed, "digit", () => {
    const drawn = pixels.get();
    return drawn && { type: "digit", pixels: drawn, centred: true, ...everybody };
  }, [pixels]);
  digitView(panel("digit"), state, { pixels, answer: said });

  /**
   * @template A
   * @param {() => string} of
   * @returns {{found: Writable<A | null>, take: (answer: A) => void}}
   */
  const holding = (of) => {
    const found = writable(/** @type {A | null} */ (null));
    let known = "";
    state.setup.subscribe(() => found.get() && known !== of() && found.set(null));
    return { found, take: (answer) => ((known = of()), found.set(answer)) };
  };
  /** @type {{found: Writable<Climb | null>, take: (answer: Climb) => void}} */
  const tried = holding(() => JSON.stringify(pathOfNetwork(state.setup.get())));
  randomSearchView(panel("needle"), state, tried.found);
  /** @param {number} tries @param {Heard[0]} progress @param {Heard[1]} signal */
  const look = (tries, progress, signal) => {
    const best = bestSoFar();
    const climb = (/** @type {any} */ event) => (tried.take(best(event)), progress?.(event));
    return ask({ type: "needle", setup: state.setup.get(), tries }, climb, signal);
  };
  randomSearch(panel("needle"), look, tried.take, state.catalog.limits.tries ?? Infinity);

  /** What was found is raced, from the first step on. @param {number} entrant @param {Parameters<typeof withFound>[2]} found */
  function race(entrant, found) {
    state.setup.set(withFound(state.setup.get(), entrant, found));
    actions.restart();
    actions.play();
  }

  searches(state, ask, panel, holding, race);

  /**
   * A question that somebody presses a button for.
   *
   * @template {AboutTraining} K
   * @param {K} type
   * @param {Partial<Asked<K>>} [fields]
   */
  const once = (type, fields = {}) =>
    about(type, { entrant: state.chosen.get(), ...fields }).catch((error) => (failed(error), null));
  finiteDifferences(panel("stopwatch"), () => once("stopwatch"));
  downloads(panel("export"), (kind) => once("export", { kind }));
  inside($("inside"), sheet, state, actions);
}

/**
 * The searches by many trainings at once: a sweep, and cross-validation.
 *
 * @param {NetworkState} state
 * @param {Ask} ask
 * @param {(name: string) => HTMLElement} panel
 * @param {Holding} holding
 * @param {(entrant: number, found: Parameters<typeof withFound>[2]) => void} race
 */
function searches(state, ask, panel, holding, race) {
  // What was found stays on screen when it is raced: its rate and its width are then those of the setup.
  const searched = () => JSON.stringify({ ...pathOfNetwork(state.setup.get()), hidden: state.setup.get().hidden.length, activation: null });
  const told = (/** @type {HTMLElement} */ element) => (/** @type {any} */ { done, total }) =>
    fill(element.dataset.progress, { share: Math.round((100 * done) / total) });

  /** @type {{found: Writable<Answer<"sweep"> | null>, take: (answer: Answer<"sweep">) => void}} */
  const swept = holding(searched);
  const over = writable("lr");
  const sweep = panel("sweep");
  overSwitch(sweep, over);
  const sweeping = (/** @type {Heard} */ ...heard) => {
    const [setup, entrant] = [state.setup.get(), state.chosen.get()];
    return ask({ type: "sweep", setup, entrant, ...(over.get() === "both" ? { widths: widthsOf(setup), rates: 12 } : { rates: 24 }) }, ...heard);
  };
  searchRun(sweep, sweeping, { told: told(sweep), found: swept.take });
  sweepView(sweep, state, swept.found, (entrant, lr, width) => race(entrant, { lr, width }));

  /** @type {{found: Writable<Folds | null>, take: (answer: Folds) => void}} */
  const validated = holding(searched);
  const card = panel("folds");
  foldsView(card, state, validated.found);
  folds(card, {
    async validate(count, by, ...heard) {
      const [setup, entrant] = [state.setup.get(), state.chosen.get()];
      const knob = rateKnob(state, entrant);
      const values = by === "width" || !knob ? widthsOf(setup) : ratesOf(knob);
      const answer = await ask({ type: "network_validate", setup, entrant, folds: count, over: by, values }, ...heard);
      return Object.assign(answer, { entrant, values: values.map((value) => (Array.isArray(value) ? value[0] : value)) });
    },
    told: told(card),
    found: validated.take,
    take() {
      const answer = /** @type {any} */ (validated.found.get());
      if (answer) race(answer.entrant, answer.event.best);
    },
  });
}
