// @ts-check
/**
 * The loss that is really walked on: over a plane through the space of all weights, with every path projected on it.
 * The plane reaches to the newest step that is known, so that it rests while one scrubs; what is told of the racers
 * belongs to the playhead.
 *
 * @import { Answer, Asked } from '../../net/socket.js'
 * @import { Ground, LossMap, Point, Readable, Run, State, Window, Writable } from '../types.js'
 * @import { About, NetworkState, Plane } from './types.js'
 */
import { rows } from "../../net/frames.js";
import { overtaken } from "./training-view.js";
import { spaced } from "../running/questions.js";
import { recordAt } from "../running/run.js";
import { derived, writable } from "../store.js";

const EVERY = 500; // ms between two looks while it trains
const [COARSE, MIDDLE, FINE] = [16, 25, 50]; // points a side of the first look, and of the last; that between is always taken
const FINER = 1.25; // times as many points a side, or another look shows nothing new
const LEAST = 2; // points a side where only the racers are asked about
const QUICK = 150; // ms that the first look may take, and each while it trains
const PATIENT = 2500; // and when it rests: a large network stays coarser

/**
 * @param {Pick<NetworkState, "run" | "playhead" | "plane" | "planeKind">} state
 * @param {About} about
 * @param {(error: unknown) => void} failed
 * @param {Readable<boolean>} seen whether somebody looks at the plane
 * @returns {{setWindow: (window: Window) => void, resetWindow: () => void, window: Writable<Window>}}
 */
export function lossPlane(state, about, failed, seen) {
  const { run, playhead, plane, planeKind } = state;
  const window = writable(/** @type {Window} */ ([[-1, 1], [-1, 1]]));
  let byHand = false; // the window has been moved: it stays where it is
  let perPoint = Infinity; // ms, the best that was measured of this network; infinite: none yet
  let weights = 0; // of this network
  let out = false;
  let held = { key: "", side: 0, at: -1 }; // what is on show

  /** The newest step that is recorded, and the one at the playhead. */
  function steps() {
    const now = run.get();
    const last = (/** @type {number} */ step) => now.records[recordAt(now, step)] ?? 0;
    const step = last(now.have);
    return { step, at: Math.min(step, last(playhead.get().step)) };
  }

  /** What is to be asked next; null for nothing. */
  function wanted() {
    const { id, version, have, complete } = run.get();
    if (!seen.get() || have < 0) return null;
    const { step, at } = steps();
    const shown = byHand ? window.get() : null;
    const key = JSON.stringify([id, step, version, planeKind.get(), shown]);
    const trains = !complete && playhead.get().playing;
    if (key !== held.key) return { key, step, at, shown, side: affordable(QUICK) };
    const fine = trains ? held.side : Math.max(MIDDLE, affordable(PATIENT));
    if (fine > FINER * held.side) return { key, step, at, shown, side: fine };
    if (at !== held.at) return { key, step, at, shown, side: LEAST };
    return null;
  }

  /** Points a side that so many milliseconds are enough for. @param {number} time */
  const affordable = (time) => Math.max(COARSE, Math.min(FINE, Math.floor(Math.sqrt(time / perPoint))));

  async function look() {
    const question = out ? null : wanted();
    if (!question) return;
    out = true;
    const { key, step, at, shown, side } = question;
    const begun = performance.now();
    /** @type {Partial<Asked<"plane">>} */
    const fields = { ...planeKind.get(), step, at, window: shown, size: [side, side] };
    const answer = await about("plane", fields).catch((error) => void (overtaken(error) || failed(error)));
    out = false;
    held = { key, side: side === LEAST ? held.side : side, at };
    if (answer && side === LEAST) plane.update((old) => old && { ...old, ...lossesOf(answer) });
    else if (answer) {
      const own = run.get().network?.weights ?? 0;
      const known = own === weights ? perPoint : Infinity; // a moment in which the server is busy says little
      [weights, perPoint] = [own, Math.min(known, (performance.now() - begun) / side ** 2)];
      plane.set(planeOf(answer, run.get().id));
      if (!byHand) window.set(answer.event.window);
    }
    next();
  }

  const now = spaced(() => void look(), () => 0);
  const soon = spaced(() => void look(), () => EVERY);
  const next = () => (wanted() ? (playhead.get().playing ? soon() : now()) : undefined);

  planeKind.subscribe(() => {
    byHand = false;
    now();
  });
  for (const store of /** @type {Readable<any>[]} */ ([run, playhead, seen])) store.subscribe(() => !out && next());

  return {
    window,
    setWindow(chosen) {
      byHand = true;
      window.set(chosen);
      now();
    },
    resetWindow() {
      byHand = false;
      now();
    },
  };
}

/** @param {Answer<"plane">} answer @param {number} race @returns {Plane} */
function planeOf(answer, race) {
  const { event: { step, window, size, samples, axes, explained }, arrays } = answer;
  const { x, y, loss, paths, records } = arrays;
  const numbers = { x: x.data, y: y.data, loss: loss.data, paths: paths.data, records: records.data };
  return { race, step, window, size, samples, axes, explained, ...numbers, entrants: paths.shape[0], ...lossesOf(answer) };
}

/** @param {Answer<"plane">} answer @returns {Pick<Plane, "at" | "true" | "shown">} */
function lossesOf({ event, arrays }) {
  return { at: event.at, true: arrays.true.data, shown: arrays.shown.data };
}

/**
 * The stores of a map and a 3-D surface, as these views know them, of the plane on show.
 *
 * @param {NetworkState} state
 * @param {Writable<Window>} window
 * @returns {State}
 */
export function onPlane(state, window) {
  const { plane } = state;
  /** @type {{paths: Float64Array | null, steps: number, points: Float64Array[]}} */
  let known = { paths: null, steps: 0, points: [] };
  const run = derived([state.run, plane], (now, shown) => {
    const paths = shown?.paths ?? null;
    if (known.paths !== paths || known.steps !== now.steps) {
      known = { paths, steps: now.steps, points: shown ? pathsOf(shown).map((path) => everyStep(path, shown.records, now.steps)) : [] };
    }
    const { points } = known;
    const have = points.length === now.entrants ? Math.min(now.have, shown?.step ?? -1) : -1;
    return /** @type {Run} */ ({ ...now, points, have });
  });
  /** @type {{of: Plane | null, map: LossMap | null}} */
  let lastDrawn = { of: null, map: null };
  const map = derived([plane], (shown) => {
    // The racers' losses alone are news that leave the ground as it is.
    if (lastDrawn.of?.loss !== shown?.loss) lastDrawn = { of: shown, map: shown && mapOf(shown) };
    return lastDrawn.map;
  });
  const ground = derived([plane], (shown) => {
    /** @type {Ground} */
    const flat = { name: "", formula: "", mathml: "", window: window.get(), start: startOf(shown), axes: ["", ""], minima: [], saddles: [], teaches: "" };
    return shown ? { ...flat, axes: shown.axes, window: shown.window } : flat;
  });
  const own = { run, ground, map, window, start: derived([plane], startOf), explained: writable(null) };
  return /** @type {State} */ (/** @type {unknown} */ ({ ...state, ...own }));
}

/** @param {Plane} plane @returns {LossMap} */
const mapOf = ({ window, size, x, y, loss }) => ({ window, size, x, y, loss, minima: [], saddles: [], of: "plane" });

/** @param {Plane} plane */
const pathsOf = ({ paths, entrants, records }) =>
  /** @type {Float64Array[]} */ (rows({ data: paths, shape: [entrants, 2 * records.length] }));

/** Where all began. @param {Plane | null} plane @returns {Point} */
const startOf = (plane) => (plane ? [plane.paths[0], plane.paths[1]] : [NaN, NaN]);

/**
 * A path at every step, from what was recorded of it: in between it is taken to be straight. Not a number where nothing
 * is known.
 *
 * @param {ArrayLike<number>} path x and y in turn
 * @param {ArrayLike<number>} records steps, lowest first
 * @param {number} steps
 */
export function everyStep(path, records, steps) {
  const points = new Float64Array(2 * (steps + 1)).fill(NaN);
  for (let i = 0; i < records.length; i++) {
    const [from, to] = [records[i], Math.min(records[i + 1] ?? records[i], steps)];
    for (let k = from; k < to || k === from; k++) {
      const part = to > from ? (k - from) / (to - from) : 0;
      for (const axis of [0, 1]) {
        const begin = path[2 * i + axis];
        points[2 * k + axis] = part === 0 ? begin : begin + part * (path[2 * (i + 1) + axis] - begin);
      }
    }
  }
  return points;
}
