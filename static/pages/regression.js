// @ts-check
/**
 * The regression page: points, and a line or curve that is fitted to them. Makes the stores, joins them to the server,
 * and gives them to views and controls.
 *
 * @import { Fit, Ground, Point, RegressionSetup, RegressionState, Tried, LossMap, Writable } from '../state/types.js'
 */
import { byHand } from "../controls/regression/by-hand.js";
import { crossValidation } from "../controls/regression/cross-validation.js";
import { tableSheet } from "../controls/table/sheet.js";
import { bring, looking } from "../net/files.js";
import { dataBar } from "../controls/regression/data-bar.js";
import { exactAnswer } from "../controls/regression/exact-answer.js";
import { model } from "../controls/regression/model.js";
import { player as playerBar } from "../controls/page/player.js";
import { fill } from "../format.js";
import { $, begin, catalogue, mapSize, nothing, panels, stores } from "./lab.js";
import { begunWith, opened, reopening } from "./opening.js";
import { served } from "./served.js";
import { address } from "../state/address.js";
import { dataInForce, fitted, formerFit, randomTries, subjectOf } from "../state/regression/fit.js";
import { history } from "../state/history.js";
import { player } from "../state/playback.js";
import { pointsActed } from "../state/points.js";
import { mapping } from "../state/running/questions.js";
import { regressionActions } from "../state/regression/actions.js";
import { isTable, ownTable, pathKey } from "../state/regression/setup.js";
import { noRun } from "../state/running/run.js";
import { inPlane, seenIn } from "../state/regression/section.js";
import { derived, writable } from "../state/store.js";
import { settled } from "../state/settled.js";
import { NOTHING, crossValidating } from "../state/regression/validation.js";
import { regressionLayer } from "../views/map/regression-layer.js";
import { LEVELS } from "../views/map/contour-figure.js";
import { contourView } from "../views/map/contour.js";
import { dataPlaneView } from "../views/data/data-plane.js";
import { fitColumns } from "../views/tables/fit-columns.js";
import { lossCurveView } from "../views/charts/loss-curve.js";
import { standingsView } from "../views/tables/standings.js";
import { surfaceView } from "../views/surface3d/surface3d.js";
import { validationCurve } from "../views/charts/validation-curve.js";
import { weightPathsView } from "../views/charts/weight-paths.js";
import { weightsView } from "../views/tables/weights.js";

// ---------------------------------------------------------------- stores

const catalog = catalogue();
const begun = await begunWith(catalog);
const setup = writable(/** @type {RegressionSetup} */ (begun.setup));
/** @type {Writable<Fit | null>} */
const fit = nothing();

/** The start in the plane on show. */
const start = derived([setup, fit], ({ start: weights }, known) => {
  if (weights.length === 2) return /** @type {Point} */ (weights);
  return known?.dim === weights.length ? inPlane(known.plane, weights) : /** @type {Point} */ ([0, 0]);
});

/** What the shared views know a surface by. */
const ground = derived([fit, start], (known, begins) => {
  const { axes, window } = known?.plane ?? { axes: /** @type {[string, string]} */ (["", ""]), window: FIRST };
  /** @type {Ground} */
  const shown = { name: "", formula: "", mathml: "", window, start: begins, axes, minima: [], saddles: [], teaches: "" };
  return known ? { ...shown, coordinates: /** @type {[string, string]} */ (known.names.slice(0, 2)) } : shown;
});
const FIRST = /** @type {[[number, number], [number, number]]} */ ([[-1, 1], [-1, 1]]); // until the plane is known

const common = stores(catalog, { setup, begun, ground, start, window: FIRST });
const past = history(setup, pointsActed, { open: (now) => !isTable(now) }); // nothing is drawn in a table
const received = writable(noRun());
/** @type {RegressionState} */
const state = {
  ...common,
  fit,
  data: dataInForce(setup, common.playhead, fit, catalog),
  selected: writable(/** @type {Set<number>} */ (new Set())),
  reach: past.reach,
  tried: /** @type {Writable<Tried | null>} */ (nothing()),
  ghost: /** @type {Writable<LossMap | null>} */ (nothing()),
  validated: writable(NOTHING),
};
const perEpoch = derived([fit], (known) => known?.epoch ?? 1);

// ---------------------------------------------------------------- the server

const { ask, complain, link, tune } = served(
  state,
  pathKey,
  () => {
    if (setup.get() === begun.setup) actions.loadSetup(catalog.opening);
  },
  received,
);
const clockwork = player(state);
const look = fitted(state, ask, complain);

const actions = regressionActions(state, clockwork, past, {
  tune,
  reopens: reopening(state, catalog, (whole) => actions.loadSetup(whole)),
  tryLuck: randomTries(state, ask, complain),
  validate: crossValidating(state, ask, complain),
  whole: () => look.whole(),
  settle: () => look.settle(),
});

// ---------------------------------------------------------------- what follows from what

const project = () => state.run.set(seenIn(received.get(), fit.get()));
received.subscribe(project);
fit.subscribe(project);

const subject = subjectOf(state);
mapping(state, ask, mapSize($("map")), complain, subject, ({ setup: { degree, standardise, dataset, table, table_file, reading }, plane }) =>
  JSON.stringify([degree, standardise, dataset, table, table_file, reading, plane]),
);
formerFit(state, subject, ask);
subject.subscribe((now) => {
  const empty = now === null && fit.get() !== null && !isTable(setup.get()) && state.data.get().points.length === 0;
  $("map").classList.toggle("is-empty", empty);
  if (empty) state.map.set(null);
});
address(state, actions, { link, opened: () => opened(catalog) });

// ---------------------------------------------------------------- the page

const calm = { ...state, setup: settled(setup), fit: settled(fit), data: settled(state.data) };
panels(state, actions, link);
dataBar($("data-card"), calm, actions);
tableSheet($("data-card"), catalog.limits.text, () => ownTable(setup.get()), actions, { look: looking(ask), bring });
model($("model"), { ...calm, setup }, actions); // its sliders move one another: none may stand where it was
exactAnswer($("exact"), calm);
byHand($("by-hand"), calm, actions);
crossValidation($("cross-validation"), state, actions, validationCurve);
playerBar($("player"), state, actions, perEpoch);

const ghost = /** @type {HTMLInputElement} */ ($("ghost"));
ghost.addEventListener("change", () => state.view.update((view) => ({ ...view, ghost: ghost.checked })));
setup.subscribe(({ batch, start: weights }) => {
  $("ghost-check").hidden = batch === 0;
  document.body.dataset.weights = weights.length === 2 ? "two" : "many";
});
fit.subscribe((known) => {
  const { words, slice } = $("error-surface-axes").dataset;
  const [first, second] = known?.names ?? [];
  $("error-surface-axes").textContent = known ? fill(known.dim === 2 ? words : slice, { first, second, count: known.dim }) : "";
});
state.run.subscribe(({ validation, test }) => void ($("loss-sets").hidden = !validation && !test));

dataPlaneView($("data-plane"), state, actions);
contourView($("map"), state, actions, regressionLayer(state, LEVELS));
surfaceView($("surface"), state);
lossCurveView($("loss-curve"), state, actions);
standingsView($("standings"), state, actions, fitColumns(state));
weightsView($("weights"), state);
weightPathsView($("weight-paths"), state);

begin(state, clockwork);
