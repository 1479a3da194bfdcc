// @ts-check
/**
 * The race page: makes the stores, joins them to the server, and gives them to views and controls. The only file
 * that knows everything.
 *
 * For tests and benchmarks the page shows its stores as `window.descentLab.state` (to be read, not to be set), and
 * marks every movement of the hand as a `performance` measure "drag-to-paint" (state/timing.js).
 *
 * @import { Catalog, Connection, State, View, Writable } from './state/types.js'
 */
import { banner } from "./controls/banner.js";
import { copyLink } from "./controls/copy-link.js";
import { entrants } from "./controls/entrants.js";
import { explain } from "./controls/explain.js";
import { formula } from "./controls/formula.js";
import { player as playerBar } from "./controls/player.js";
import { raceSettings } from "./controls/race-settings.js";
import { scenePicker } from "./controls/scene-picker.js";
import { spinner } from "./controls/spinner.js";
import { surfacePicker } from "./controls/surface-picker.js";
import { theme } from "./controls/theme.js";
import { reliefOf } from "./controls/thumbnails.js";
import { toast } from "./controls/toast.js";
import { typedSurface } from "./controls/typed-surface.js";
import { viewSwitch } from "./controls/view-switch.js";
import { connected, streamAddress } from "./net/socket.js";
import { actionsOn } from "./state/actions.js";
import { address } from "./state/address.js";
import { colours } from "./state/colours.js";
import { read } from "./state/permalink.js";
import { atStart, horizon, player } from "./state/playback.js";
import * as questions from "./state/questions.js";
import { racing } from "./state/racing.js";
import { noRun } from "./state/run.js";
import { opening } from "./state/setup.js";
import { derived, writable } from "./state/store.js";
import { patience, timing } from "./state/timing.js";
import { contourView } from "./views/contour.js";
import { lossCurveView } from "./views/loss-curve.js";
import { standingsView } from "./views/standings.js";
import { surfaceView } from "./views/surface3d.js";

const PIXELS_PER_POINT = 5; // of the map's grid
const FINEST = [160, 120]; // points across and up
const COARSEST = [40, 30];
const THUMBNAIL = /** @type {[number, number]} */ ([31, 21]);

/** @type {View} */
const VIEW = { map: true, surface: false, solo: null, arrows: true, fromHere: false };
/** @type {Connection} */
const CONNECTING = { state: "connecting", retryIn: 0 };

const $ = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** A store with nothing in it yet. @template T @returns {Writable<T | null>} */
const nothing = () => writable(/** @type {T | null} */ (null));

// ---------------------------------------------------------------- stores

/** @type {Catalog} */
const catalog = JSON.parse($("catalog").textContent ?? "");
const link = read(location.hash, catalog);
/** @type {Writable<questions.Typed | null>} */
const typed = nothing();
const setup = writable(link.setup);
const ground = derived([setup, typed], (now, known) => questions.groundOf(catalog, now, known));
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const shade = writable(/** @type {"light" | "dark"} */ (document.documentElement.dataset.theme ?? (dark ? "dark" : "light")));

/** @type {State} */
const state = {
  catalog,
  setup,
  run: writable(noRun()),
  playhead: writable(atStart()),
  map: nothing(),
  window: writable(link.setup.window ?? ground.get().window),
  ground,
  chosen: writable(link.setup.entrants.length - 1),
  explained: nothing(),
  paint: nothing(),
  tuning: nothing(),
  tuned: nothing(),
  view: writable(VIEW),
  theme: shade,
  connection: writable(CONNECTING),
  problem: nothing(),
  notice: writable(link.faults),
  busy: writable(false),
  wanted: writable(horizon(0)),
  paintedVersion: writable(-1),
  explaining: writable(false),
  colours: colours(setup, shade, document.documentElement),
};

// ---------------------------------------------------------------- the server

const begin = patience(state.busy);
const clock = timing(state);
let raced = () => {}; // ends the wait for the race that is out

const socket = connected(streamAddress(document.baseURI), {
  connection: state.connection,
  greet: () => race.resume(),
  hear(event, arrays) {
    if (event.type === "ready") race.ready(event);
    else if (event.type === "steps") race.steps(event, arrays);
    else if (event.type === "error" && !race.refused(event)) complain(event);
  },
});

/** @type {questions.Ask} */
async function ask(message, progress) {
  const end = begin();
  try {
    return await socket.ask(message, progress);
  } finally {
    end();
  }
}

/** A refusal becomes the problem on screen. @param {any} error */
function complain({ field = null, message, position = null, code = "" }) {
  state.problem.set({ field, message, position, code });
}

const race = racing(state, socket, {
  asked() {
    raced();
    raced = begin();
    clock.asked();
  },
  answered(run) {
    raced();
    clock.answered(run);
    if (state.problem.get()?.field !== "expression") state.problem.set(null);
    paint();
  },
  refused(error) {
    raced();
    if (state.run.get().have >= 0) return complain(error);
    state.notice.set([error.message]); // the link was well written, but the race in it cannot be run
    const first = opening(catalog);
    if (setup.get() === link.setup) actions.loadSetup(first);
  },
});

const paint = questions.painting(state, ask, complain);
const clockwork = player(state);
const type = questions.typing(state, ask, typed, clockwork.restart);
const tune = questions.tuning(state, ask, complain);

/** Pictures of all surfaces, for the picker: small maps, asked for one after the other. */
async function thumbnails() {
  const [width, height] = THUMBNAIL;
  const levels = new Float32Array(catalog.surfaces.length * width * height);
  for (const [i, { key, window }] of catalog.surfaces.entries()) {
    const { event, arrays } = await socket.ask({ type: "map", surface: key, window, size: THUMBNAIL });
    const [x, y, loss] = [arrays.x.data, arrays.y.data, arrays.loss.data];
    levels.set(reliefOf(/** @type {any} */ ({ x, y, loss, minima: event.minima })).levels, i * width * height);
  }
  return { keys: catalog.surfaces.map(({ key }) => key), levels, size: THUMBNAIL };
}

// ---------------------------------------------------------------- what follows from what

const actions = { ...actionsOn(state, clockwork, { expression: type, tune }), thumbnails };
const mapSize = writable(/** @type {[number, number]} */ ([FINEST[0], FINEST[1]]));

new ResizeObserver(([{ contentRect: { width, height } }]) => {
  if (width === 0 || height === 0) return; // the map is hidden
  const points = [width, height].map((pixels, i) => Math.round(pixels / PIXELS_PER_POINT / 10) * 10 || COARSEST[i]);
  const [nx, ny] = points.map((count, i) => Math.max(COARSEST[i], Math.min(count, FINEST[i])));
  const [oldX, oldY] = mapSize.get();
  if (nx !== oldX || ny !== oldY) mapSize.set([nx, ny]);
}).observe($("map"));

// A typed surface that came with a link, not with the keyboard.
setup.subscribe(({ expression, window }) => {
  if (expression === undefined || typed.get()?.expression === expression) return;
  ask({ type: "formula", expression }).then(({ event }) => {
    typed.set({ ...event, expression });
    if (!window && setup.get().expression === expression) state.window.set(event.window);
  }, () => {}); // the race in this setup is refused for the same reason, and says so
});

// Zoomed on a surface of the list: the link shows the same part of it.
state.window.subscribe((window) => {
  const own = JSON.stringify(window) === JSON.stringify(ground.get().window);
  setup.update((old) => {
    if (old.expression !== undefined || JSON.stringify(old.window) === JSON.stringify(own ? undefined : window)) return old;
    const { window: _, ...rest } = old;
    return own ? rest : { ...rest, window };
  });
});

questions.mapping(state, ask, mapSize, complain);
questions.explaining(state, ask, complain);
address(state, actions);

// ---------------------------------------------------------------- the page

theme($("theme"), state, actions);
banner($("banner"), state);
spinner($("spinner"), state);
toast($("toast"), state, actions);
copyLink($("copy-link"), state, actions);
surfacePicker($("surface-picker"), state, actions);
scenePicker($("scene-picker"), state, actions);
typedSurface($("typed-surface"), state, actions);
formula($("formula"), state);
viewSwitch($("view-switch"), state);
entrants($("entrants"), state, actions);
raceSettings($("race-settings"), state, actions);
explain($("explain"), state, actions);
playerBar($("player"), state, actions);

contourView($("map"), state, actions);
surfaceView($("surface"), state);
lossCurveView($("loss-curve"), state, actions);
standingsView($("standings"), state, actions);

if (matchMedia("(prefers-reduced-motion: reduce)").matches) actions.seek(setup.get().steps);
else actions.play();

addEventListener("pagehide", (event) => event.persisted || socket.close());
Object.assign(window, { descentLab: Object.freeze({ state }) });
