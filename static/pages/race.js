// @ts-check
/**
 * The race page: a race on a surface. Makes the stores, joins them to the server, and gives them to views and controls.
 *
 * @import { SurfaceSetup, SurfaceState, Writable } from '../state/types.js'
 * @import { Typed } from '../state/race/surfaces.js'
 */
import { formula } from "../controls/widgets/formula.js";
import { player as playerBar } from "../controls/page/player.js";
import { scenePicker } from "../controls/race/scene-picker.js";
import { startFields } from "../controls/race/start-fields.js";
import { surfacePicker } from "../controls/race/surface-picker.js";
import { reliefOf } from "../controls/race/thumbnails.js";
import { typedSurface } from "../controls/race/typed-surface.js";
import { $, begin, catalogue, mapSize, nothing, panels, stores } from "./lab.js";
import { begunWith, opened } from "./opening.js";
import { served } from "./served.js";
import { address } from "../state/address.js";
import { player } from "../state/playback.js";
import { writing } from "../state/running/latency.js";
import { mapping } from "../state/running/questions.js";
import { pathKey } from "../state/race/setup.js";
import { derived, writable } from "../state/store.js";
import { surfaceActions } from "../state/race/actions.js";
import { groundOf, surfaceIn, typing, understanding } from "../state/race/surfaces.js";
import { contourView } from "../views/map/contour.js";
import { lossCurveView } from "../views/charts/loss-curve.js";
import { standingsView } from "../views/tables/standings.js";
import { surfaceView } from "../views/surface3d/surface3d.js";

const THUMBNAIL = /** @type {[number, number]} */ ([31, 21]); // points across and up

// ---------------------------------------------------------------- stores

const catalog = catalogue();
const begun = await begunWith(catalog);
/** @type {Writable<Typed | null>} */
const typed = nothing();
const setup = writable(/** @type {SurfaceSetup} */ (begun.setup));
const ground = derived([setup, typed], (now, known) => groundOf(catalog, now, known));
const start = derived([setup], (now) => now.start);
/** @type {SurfaceState} */
const state = stores(catalog, {
  setup,
  begun,
  ground,
  start,
  window: begun.setup.window ?? ground.get().window,
});

// ---------------------------------------------------------------- the server

const { ask, race, complain, socket, link, tune } = served(state, pathKey, () => {
  if (setup.get() === begun.setup) actions.loadSetup(catalog.opening);
});
const clockwork = player(state);
const mapped = mapping(state, ask, mapSize($("map")), complain, derived([setup], surfaceIn), ({ surface, expression }) => expression ?? surface ?? "");
const type = typing(state, ask, typed, clockwork, {
  ask: (next) => Promise.all([race.ahead(next), mapped.ahead(surfaceIn(next))]),
  arrive: race.arrive,
});

/** Pictures of all surfaces, for the picker: small maps, asked for one after the other. */
async function thumbnails() {
  const [width, height] = THUMBNAIL;
  const levels = new Float32Array(catalog.surfaces.length * width * height);
  for (const [i, { key, window: whole }] of catalog.surfaces.entries()) {
    const { event, arrays } = await socket.ask({ type: "map", surface: key, window: whole, size: THUMBNAIL });
    const [x, y, loss] = [arrays.x.data, arrays.y.data, arrays.loss.data];
    levels.set(reliefOf(/** @type {any} */ ({ x, y, loss, minima: event.minima })).levels, i * width * height);
  }
  return { keys: catalog.surfaces.map(({ key }) => key), levels, size: THUMBNAIL };
}

// ---------------------------------------------------------------- what follows from what

const written = writing(state.held);

/** @param {string} text */
function expression(text) {
  written();
  type(text);
}

const actions = { ...surfaceActions(state, clockwork, { expression, tune }), thumbnails };

understanding(state, ask, typed);

// Zoomed on a surface of the list: the link shows the same part of it.
state.window.subscribe((shown) => {
  const own = JSON.stringify(shown) === JSON.stringify(ground.get().window);
  setup.update((old) => {
    if (old.expression !== undefined || JSON.stringify(old.window) === JSON.stringify(own ? undefined : shown)) return old;
    const { window: _, ...rest } = old;
    return own ? rest : { ...rest, window: shown };
  });
});

address(state, actions, { link, opened: () => opened(catalog) });

// ---------------------------------------------------------------- the page

panels(state, actions, link);
surfacePicker($("surface-picker"), state, actions);
scenePicker($("scene-picker"), state, actions);
typedSurface($("typed-surface"), state, actions);
formula($("formula"), state);
startFields($("race-settings"), state, actions);
playerBar($("player"), state, actions);

contourView($("map"), state, actions);
surfaceView($("surface"), state);
lossCurveView($("loss-curve"), state, actions);
standingsView($("standings"), state, actions);

begin(state, clockwork);
