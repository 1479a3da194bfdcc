// @ts-check
/**
 * What every page of the laboratory begins with: its stores, and the panels that all pages have. Its line to the server
 * is in served.js; what is raced on is the page's own: race.js, regression.js, network.js.
 *
 * For tests and benchmarks a page shows its stores as `window.descentLab.state` (to be read, not to be set), and marks
 * every movement of the hand as a `performance` measure "drag-to-paint" (state/running/latency.js).
 *
 * @import { Actions, Catalog, Connection, Point, Readable, Setup, State, StateOf, View, Window, Writable } from '../state/types.js'
 * @import { Link } from '../state/links.js'
 * @import { Player } from '../state/playback.js'
 * @import { Begun } from './opening.js'
 */
import { banner } from "../controls/page/banner.js";
import { copyLink } from "../controls/page/copy-link.js";
import { entrants } from "../controls/entrants/entrants.js";
import { explain } from "../controls/page/explain.js";
import { raceSettings } from "../controls/race/race-settings.js";
import { linkFaults } from "../controls/page/link-faults.js";
import { spinner } from "../controls/widgets/spinner.js";
import { toSearch } from "../controls/page/to-search.js";
import { theme } from "../controls/page/theme.js";
import { toast } from "../controls/page/toast.js";
import { viewSwitch } from "../controls/widgets/view-switch.js";
import { colours } from "../state/colours.js";
import { atStart, horizon } from "../state/playback.js";
import { noRun } from "../state/running/run.js";
import { writable } from "../state/store.js";

const PIXELS_PER_POINT = 5; // of the map's grid
const FINEST = [160, 120]; // points across and up
const COARSEST = [40, 30];

/** @type {View} */
const VIEW = { map: true, surface: false, solo: null, arrows: true, fromHere: false, ghost: false, squares: false, lasso: false };
/** @type {Connection} */
const CONNECTING = { state: "connecting", retryIn: 0 };

/** An element that the template gives an id. @param {string} id */
export const $ = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** A store with nothing in it yet. @template T @returns {Writable<T | null>} */
export const nothing = () => writable(/** @type {T | null} */ (null));

/** @returns {Catalog} */
export const catalogue = () => JSON.parse($("catalog").textContent ?? "");

/**
 * The stores of every page; `ground`, `start` and `window` come from what is raced on.
 *
 * @template {Setup} S
 * @param {Catalog} catalog
 * @param {{setup: Writable<S>, begun: Begun, ground: State["ground"], start: Readable<Point>, window: Window}} own
 * @returns {StateOf<S>}
 */
export function stores(catalog, { setup, begun: { faults, notes }, ground, start, window }) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const shade = writable(/** @type {"light" | "dark"} */ (document.documentElement.dataset.theme ?? (dark ? "dark" : "light")));
  return {
    catalog,
    setup,
    start,
    run: writable(noRun()),
    playhead: writable(atStart()),
    map: nothing(),
    window: writable(window),
    ground,
    chosen: writable(setup.get().entrants.length - 1),
    explained: nothing(),
    paint: nothing(),
    tuning: nothing(),
    tuned: nothing(),
    view: writable(VIEW),
    theme: shade,
    connection: writable(CONNECTING),
    queue: nothing(),
    patient: writable(true),
    problem: nothing(),
    notice: writable(notes),
    faults: writable(faults),
    busy: writable(false),
    stale: writable(false),
    wanted: writable(horizon(0)),
    paintedVersion: writable(-1),
    explaining: writable(false),
    sliders: writable(false),
    held: writable(false),
    colours: colours(setup, shade, document.documentElement),
  };
}

/** Whether an element is on screen, or nearly so. @param {HTMLElement} element @returns {Readable<boolean>} */
export function onScreen(element) {
  const seen = writable(false);
  new IntersectionObserver(([{ isIntersecting }]) => seen.set(isIntersecting), { rootMargin: "200px" }).observe(element);
  return seen;
}

/** How fine the grid behind the map is, from the size of its element. @param {HTMLElement} element */
export function mapSize(element) {
  const size = writable(/** @type {[number, number]} */ ([FINEST[0], FINEST[1]]));
  new ResizeObserver(([{ contentRect: { width, height } }]) => {
    if (width === 0 || height === 0) return; // the map is hidden
    const points = [width, height].map((pixels, i) => Math.round(pixels / PIXELS_PER_POINT / 10) * 10 || COARSEST[i]);
    const [nx, ny] = points.map((count, i) => Math.max(COARSEST[i], Math.min(count, FINEST[i])));
    const [oldX, oldY] = size.get();
    if (nx !== oldX || ny !== oldY) size.set([nx, ny]);
  }).observe(element);
  return size;
}

/**
 * The panels that all pages have.
 *
 * @param {State} state
 * @param {Actions} actions
 * @param {Link} link of the setup on show
 * @param {string} [opening] what the page opens with, by name
 */
export function panels(state, actions, link, opening = "") {
  theme($("theme"), state, actions);
  banner($("banner"), state);
  spinner($("spinner"), state);
  toast($("toast"), state, actions);
  linkFaults($("link-faults"), state, actions, opening);
  copyLink($("copy-link"), state, link);
  const views = document.getElementById("view-switch");
  if (views) viewSwitch(views, state);
  entrants($("entrants"), state, actions);
  raceSettings($("race-settings"), state, actions);
  const search = document.getElementById("to-search");
  if (search) toSearch(search, state, link);
  const explanation = document.getElementById("explain");
  if (explanation) explain(explanation, state, actions);
}

/**
 * The race begins, unless the reader has asked for pages that do not move by themselves.
 *
 * @param {State} state
 * @param {Player} player
 */
export function begin(state, player) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) player.seek(state.setup.get().steps);
  else player.play();
  Object.assign(window, { descentLab: Object.freeze({ state }) });
}
