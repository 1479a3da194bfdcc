// @ts-check
/**
 * What the page of networks has beside its race: the loss surface, and the sheet "look inside". Joins their questions to
 * the server, and their views and controls to the page.
 *
 * @import { Answer } from './net/socket.js'
 * @import { Ask } from './state/questions.js'
 * @import { Readable, Writable } from './state/types.js'
 * @import { About, NetworkActions, NetworkSetup, NetworkState } from './state/network-types.js'
 */
import { downloads } from "./controls/downloads.js";
import { inside } from "./controls/inside.js";
import { needle } from "./controls/needle.js";
import { planePicker } from "./controls/plane-picker.js";
import { stopwatch } from "./controls/stopwatch.js";
import { weightIn, weightPicker } from "./controls/weight-picker.js";
import { $, onScreen } from "./page.js";
import { answering } from "./state/inside.js";
import { numberOf } from "./state/network-weights.js";
import { onPlane, planing } from "./state/planing.js";
import { writable } from "./state/store.js";
import { contourView } from "./views/contour.js";
import { confusionView } from "./views/inside-confusion.js";
import { digitView } from "./views/inside-digit.js";
import { needleView } from "./views/inside-needle.js";
import { sampleView } from "./views/inside-sample.js";
import { tweakView } from "./views/inside-tweak.js";
import { startMark } from "./views/start-mark.js";
import { surfaceView } from "./views/surface3d.js";

/**
 * @param {NetworkState} state
 * @param {NetworkActions} actions
 * @param {About} about
 * @param {(error: any) => void} failed
 */
export function lossSurface(state, actions, about, failed) {
  const card = $("loss-surface");
  const { window, setWindow, resetWindow } = planing(state, about, failed, onScreen(card));
  const shown = onPlane(state, window);
  planePicker(card, state);
  contourView($("map"), shown, { ...actions, moveStart: () => {}, setWindow, resetWindow }, undefined, startMark);
  surfaceView($("surface"), shown);
}

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
  tweakView(panel("tweak"), state, { value, answer: turned, weight });

  const set = writable("test");
  const mistakes = answering(state, about, failed, "confusion", () => ({ type: "confusion", set: set.get() }), [set]);
  const follow = (/** @type {number} */ which) => {
    row.set(which);
    actions.lookInside("sample");
  };
  confusionView(panel("confusion"), state, { set, answer: mistakes, follow });

  const pixels = writable(/** @type {number[] | null} */ (null));
  const everybody = { entrant: undefined };
  const said = answering(state, about, failed, "digit", () => pixels.get() && { type: "digit", pixels: pixels.get(), centred: true, ...everybody }, [pixels]);
  digitView(panel("digit"), state, { pixels, answer: said });

  /** An answer that holds as long as what it is about. @type {(of: () => string) => {found: Writable<Answer | null>, take: (answer: Answer) => void}} */
  const holding = (of) => {
    const found = writable(/** @type {Answer | null} */ (null));
    let known = "";
    state.setup.subscribe(() => found.get() && known !== of() && found.set(null));
    return { found, take: (answer) => ((known = of()), found.set(answer)) };
  };
  const hay = holding(() => JSON.stringify(pathOfNetwork(state.setup.get())));
  needleView(panel("needle"), state, hay.found);
  const look = (/** @type {number} */ tries, /** @type {(event: any) => void} */ progress) =>
    ask({ type: "needle", setup: state.setup.get(), tries }, progress);
  needle(panel("needle"), look, hay.take, state.catalog.limits.tries ?? Infinity);

  /** A question that somebody presses a button for. @param {string} type @param {Record<string, unknown>} [fields] */
  const once = (type, fields = {}) =>
    about(type, { entrant: state.chosen.get(), ...fields }).catch((error) => (failed(error), null));
  stopwatch(panel("stopwatch"), () => once("stopwatch"));
  downloads(panel("export"), (kind) => once("export", { kind }));
  inside($("inside"), sheet, state, actions);
}
