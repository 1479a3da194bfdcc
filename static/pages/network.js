// @ts-check
/**
 * The page of networks: several optimizers train the same network. Makes the stores, joins them to the server, and gives
 * them to views and controls.
 *
 * @import { Ground, Point, Window } from '../state/types.js'
 * @import { Curve, NetworkCatalog, NetworkSetup, NetworkState, PlaneKind } from '../state/network/types.js'
 */
import { tableSheet } from "../controls/table/sheet.js";
import { bring, looking } from "../net/files.js";
import { curveSwitch } from "../controls/network/curve-switch.js";
import { networkData } from "../controls/network/data.js";
import { networkModel } from "../controls/network/model.js";
import { pens } from "../controls/network/class-pens.js";
import { player as playerBar } from "../controls/page/player.js";
import { undoRedo } from "../controls/widgets/undo-redo.js";
import { lookInside, lossSurface } from "./inside.js";
import { $, begin, catalogue, nothing, onScreen, panels, stores } from "./lab.js";
import { begunWith, opened, reopening } from "./opening.js";
import { served } from "./served.js";
import { address } from "../state/address.js";
import { confusionMatrices } from "../state/network/confusion.js";
import { history } from "../state/history.js";
import { aboutTraining, trainingView, samplesShown } from "../state/network/training-view.js";
import { networkActions } from "../state/network/actions.js";
import { pathKey } from "../state/network/setup.js";
import { dataActed, waits } from "../state/network/own-samples.js";
import { stepTimes } from "../state/network/step-times.js";
import { player } from "../state/playback.js";
import { derived, writable } from "../state/store.js";
import { lossCurveView } from "../views/charts/loss-curve.js";
import { everyRecord } from "../views/charts/loss-source.js";
import { networkView } from "../views/network/drawing.js";
import { regionLegend } from "../views/regions/legend.js";
import { regionsView } from "../views/regions/regions.js";
import { setColumns } from "../views/tables/set-columns.js";
import { standingsView } from "../views/tables/standings.js";

const RECORDS = 10; // of a training pass in a second, at speed 1
const SHORTEST = 12; // seconds that a training plays at least, at speed 1

const WONDERING = 2000; // ms

// ---------------------------------------------------------------- stores

const catalog = /** @type {NetworkCatalog} */ (/** @type {unknown} */ (catalogue()));
const begun = await begunWith(catalog);
const setup = writable(/** @type {NetworkSetup} */ (begun.setup));

const PLANE = /** @type {Window} */ ([[-1, 1], [-1, 1]]); // until a plane is known
/** What the shared views know a surface by: of a network there is none until a plane is drawn. @type {Ground} */
const GROUND = { name: "", formula: "", mathml: "", window: PLANE, start: [0, 0], axes: ["", ""], minima: [], saddles: [], teaches: "" };

const common = stores(/** @type {any} */ (catalog), {
  setup,
  begun,
  ground: writable(GROUND),
  start: writable(/** @type {Point} */ ([0, 0])),
  window: PLANE,
});
const past = history(setup, dataActed);
/** @type {NetworkState} */
const state = {
  ...common,
  catalog,
  facts: derived([common.run], ({ network }) => network),
  samples: nothing(),
  look: nothing(),
  confused: nothing(),
  plane: nothing(),
  planeKind: writable(/** @type {PlaneKind} */ ({ kind: "pca", entrant: 0, entrants: null, seed: 0 })),
  weight: nothing(),
  inside: nothing(),
  pen: nothing(),
  reach: past.reach,
  curve: writable(/** @type {Curve} */ ({ of: "loss", set: "training", by: "step" })),
  paces: writable(/** @type {number[]} */ ([])),
};
const shared = /** @type {any} */ (state); // the panels of all pages know only what all setups have
state.view.update((view) => ({ ...view, fromHere: true }));

// ---------------------------------------------------------------- the server

const { ask, complain, socket, link, tune } = served(
  state,
  pathKey,
  () => {
    if (setup.get() === begun.setup) actions.loadSetup(catalog.opening);
  },
  state.run,
  { paints: false, explains: false, waits },
);
/** Steps a second: so many that the records pass at the same pace, however far they lie apart, and there is time to watch. */
const stepsPerSecond = () => Math.min(RECORDS * (state.facts.get()?.every ?? 1), setup.get().steps / SHORTEST);
const clockwork = player(state, { stepsPerSecond });
const about = aboutTraining(state, socket.ask);
const actions = networkActions(state, clockwork, past, {
  tune,
  reopens: reopening(state, catalog, (whole) => actions.loadSetup(whole)),
});

// ---------------------------------------------------------------- what follows from what

trainingView(state, about, complain);
samplesShown(state, ask, complain);
confusionMatrices(state, about, complain, onScreen($("regions-card")));
stepTimes(state, about, complain);
address(state, actions, { link, opened: () => opened(catalog) });

state.run.subscribe(({ network }) => {
  if (network) return;
  for (const store of [state.look, state.confused, state.plane]) store.set(null); // of nothing there is nothing to say
});

// ---------------------------------------------------------------- the page

panels(shared, actions, link, catalog.networkScenes[0]?.name);
networkData($("data-card"), state, actions);
tableSheet($("data-card"), catalog.limits.text, setup.get, actions, { look: looking(ask), bring });
networkModel($("network-card"), state, actions);
curveSwitch($("learning"), state, actions);
playerBar($("player"), shared, actions, derived([state.facts], (facts) => facts?.epoch ?? 1));

// Where nothing of the kind has run before, the kernels are compiled first: nobody should look at an empty page and wonder.
const ready = $("getting-ready");
const wondering = writable(false);
setTimeout(() => wondering.set(true), WONDERING);
derived([wondering, setup, state.queue, state.facts], (long, now, queue, known) => long && !waits(now) && !queue && !known).subscribe(
  (why) => void (ready.textContent = (why && ready.dataset.words) || ""),
);

// What is shown of a training that gives way to another one stands back until that one has come.
state.stale.subscribe((stale) => $("main").classList.toggle("is-stale", stale));
setup.subscribe((now) => {
  $("main").classList.toggle("is-waiting", waits(now));
  $("inside").inert = waits(now);
});

pens($("pens"), state, actions);
undoRedo($("undo-redo"), state.reach, actions);
regionsView($("regions"), state, actions);
regionLegend($("regions-card"), state);
networkView($("network-drawing"), state, actions);
lossCurveView($("loss-curve"), shared, actions, everyRecord(state));
standingsView($("standings"), shared, actions, setColumns());
lossSurface(state, actions, about, complain);
lookInside(state, actions, { about, ask: socket.ask }, complain);

begin(shared, clockwork);
