// @ts-check
/**
 * What every page of the laboratory begins with: its stores, its line to the server, and the panels that all pages
 * have. What is raced on is the page's own: race.js, regression.js.
 *
 * For tests and benchmarks a page shows its stores as `window.descentLab.state` (to be read, not to be set), and marks
 * every movement of the hand as a `performance` measure "drag-to-paint" (state/running/latency.js).
 *
 * @import { Actions, Catalog, Connection, Point, Readable, Run, Setup, State, StateOf, View, Window, Writable } from '../state/types.js'
 * @import { Link } from '../state/links.js'
 * @import { Player } from '../state/playback.js'
 * @import { PathKey } from '../state/running/race-run.js'
 * @import { Ask } from '../net/socket.js'
 */
import { banner } from "../controls/page/banner.js";
import { copyLink } from "../controls/page/copy-link.js";
import { entrants } from "../controls/entrants/entrants.js";
import { explain } from "../controls/page/explain.js";
import { raceSettings } from "../controls/race/race-settings.js";
import { linkFaults } from "../controls/page/link-faults.js";
import { spinner } from "../controls/widgets/spinner.js";
import { theme } from "../controls/page/theme.js";
import { toast } from "../controls/page/toast.js";
import { viewSwitch } from "../controls/widgets/view-switch.js";
import { first, fragment, openedLink } from "../net/opened-link.js";
import { connected, streamAddress } from "../net/socket.js";
import { colours } from "../state/colours.js";
import { linked } from "../state/links.js";
import { atStart, horizon } from "../state/playback.js";
import * as questions from "../state/running/questions.js";
import { raceRun } from "../state/running/race-run.js";
import { noRun } from "../state/running/run.js";
import { writable } from "../state/store.js";
import { patience, latency } from "../state/running/latency.js";

const PIXELS_PER_POINT = 5; // of the map's grid
const FINEST = [160, 120]; // points across and up
const COARSEST = [40, 30];
const TYPED = ["expression"]; // texts that are still being written: what is wrong with them is no matter of the race

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

/** What is shown, what is wrong with its link, and what is to be said of it. @typedef {{setup: any, faults: string[], notes: string[]}} Begun */

/** @param {import('../net/opened-link.js').OpenedLink} link @param {any} instead @returns {Begun} */
const shown = ({ setup, faults, notes, away }, instead) =>
  away ? { setup: instead, faults: [$("link-faults").dataset.away ?? ""], notes } : { setup: setup ?? instead, faults, notes };

/** What this page was opened with: a link, or else what it opens with. @param {{opening: any}} catalog @returns {Promise<Begun>} */
export const begunWith = async (catalog) =>
  first ? shown(await first, catalog.opening) : { setup: catalog.opening, faults: [], notes: [] };

/** What the address opens by now. @param {{opening: any}} catalog @returns {Promise<Begun>} */
export async function opened(catalog) {
  const link = fragment();
  if (link === "") return { setup: catalog.opening, faults: [], notes: [] };
  const found = await openedLink(link);
  return shown(found, found.away ? null : catalog.opening);
}

/**
 * Opens the page's link, if it was for want of a file that it could not be.
 *
 * @param {Pick<State, "faults">} state
 * @param {{opening: any}} catalog
 * @param {(setup: any) => void} load
 */
export const reopening = ({ faults }, catalog, load) => async (/** @type {string} */ file) => {
  if (faults.get().length === 0 || !fragment().includes(file)) return false;
  const found = await opened(catalog);
  if (found.faults.length > 0) return false;
  load(found.setup);
  faults.set([]);
  return true;
};

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

/**
 * The line to the server, with the race on it.
 *
 * @template {Setup} S
 * @param {StateOf<S>} state
 * @param {PathKey<S>} pathKey
 * @param {() => void} unfit the very first race is refused: the link was well written, but what is in it cannot be run
 * @param {Writable<Run>} [received] takes the run as the server tells it, where the page shows another view of it
 * @param {{paints?: boolean, explains?: boolean, waits?: (setup: S) => boolean}} [asks] whether sliders are painted, and
 *   steps explained; `waits`: whether there is nothing to be raced on yet
 */
export function served(state, pathKey, unfit, received = state.run, { paints = true, explains = true, waits } = {}) {
  const begin = patience(state.busy);
  const clock = latency(state);
  let raced = () => {}; // ends the wait for the race that is out
  let fresh = true; // nothing has been raced yet

  const socket = connected(streamAddress(document.baseURI), {
    connection: state.connection,
    greet() {
      state.queue.set(null);
      race.resume();
    },
    hear(event, arrays) {
      if (event.type === "waiting") return state.queue.set(event);
      waitsNoMore("training");
      if (event.type === "ready") race.ready(event);
      else if (event.type === "steps") race.steps(event, /** @type {any} */ (arrays));
      else if (event.type === "error" && !race.refused(event)) complain(event);
    },
  });

  /** @type {Ask} */
  async function ask(message, progress, signal) {
    const end = begin();
    const begun = (/** @type {any} */ event) => {
      waitsNoMore("search");
      progress?.(event);
    };
    try {
      return await socket.ask(message, begun, signal);
    } finally {
      if (progress) waitsNoMore("search");
      end();
    }
  }

  /** @param {"training" | "search"} what */
  function waitsNoMore(what) {
    if (state.queue.get()?.what === what) state.queue.set(null);
  }

  /** A refusal becomes the problem on screen. @param {any} error */
  function complain({ field = null, message, position = null, code = "" }) {
    state.problem.set({ field, message, position, code });
  }

  const race = raceRun({ ...state, run: received }, socket, pathKey, {
    waits,
    waiting() {
      raced();
      fresh = false;
      state.stale.set(false);
    },
    asked() {
      raced();
      state.stale.set(true);
      raced = begin();
      clock.asked();
    },
    dropped() {
      raced();
      state.stale.set(false);
    },
    answered(run) {
      raced();
      fresh = false;
      state.stale.set(false);
      clock.answered(run);
      if (!TYPED.includes(state.problem.get()?.field ?? "")) state.problem.set(null);
      paint();
    },
    refused(error, back) {
      raced();
      state.stale.set(false);
      if (back) {
        state.notice.set([error.message]);
        return state.setup.update((setup) => ({ ...setup, changes: back.changes }));
      }
      if (error.code === "limit") state.notice.set([error.message]); // the field that it belongs to may be far away
      if (!fresh) return complain(error);
      state.faults.set([error.message]);
      unfit();
    },
  });

  const paint = paints ? questions.painting(state, ask, complain) : () => {};
  state.sliders.subscribe((wanted) => wanted && state.run.get().have >= 0 && paint());
  if (explains) questions.explaining(state, ask, complain);
  addEventListener("pagehide", (event) => event.persisted || socket.close());
  const tune = questions.tuning(state, ask, complain);
  return { ask, race, complain, socket, link: linked(state.setup, socket.ask), tune };
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
