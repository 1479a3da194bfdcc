// @ts-check
/**
 * What the page asks the server beside the race itself: the map, the painted sliders, one step explained, a typed
 * formula, fair rates. Each kind has one question out at a time, and the newest wins.
 *
 * @import { Explained, Ground, LossMap, Paint, Point, Readable, Setup, State, Window, Writable, Critical } from './types.js'
 * @import { Answer, Message } from '../net/socket.js'
 *
 * @typedef {{expression: string, mathml: string, window: Window, start: Point, minima: Critical[],
 *   saddles: Critical[]}} Typed  a formula that the server has understood
 * @typedef {(question: Message) => Promise<Answer | null>} Newest  null when a newer question was asked
 * @typedef {(message: Message, progress?: (event: any) => void) => Promise<Answer>} Ask
 */
import { rows } from "../net/frames.js";
import { newestWins } from "../net/socket.js";
import { withExpression, withKnob } from "./setup.js";
import { derived } from "./store.js";

const LANES = 64; // values tried for each painted slider
const EXPLAIN_EVERY = 100; // ms, while playing

/** @param {Setup} setup */
const surfaceIn = ({ surface, expression }) => (expression === undefined ? { surface } : { expression });

/** The surface in force. @param {State["catalog"]} catalog @param {Setup} setup @param {Typed | null} typed @returns {Ground} */
export function groundOf(catalog, setup, typed) {
  const named = catalog.surfaces.find(({ key }) => key === setup.surface);
  if (named) return named;
  const expression = setup.expression ?? "";
  const known = typed?.expression === expression ? typed : null;
  const plain = { mathml: "", window: setup.window ?? [[-3, 3], [-3, 3]], start: setup.start, minima: [], saddles: [] };
  return { ...plain, ...known, name: expression, formula: expression, axes: ["x", "y"], teaches: "" };
}

/**
 * The grid behind the map: asked for whenever the surface, the window or the size of the element changes.
 *
 * @param {State} state
 * @param {Ask} ask
 * @param {Readable<[number, number]>} size points across and up
 * @param {(error: unknown) => void} failed
 */
export function mapping(state, ask, size, failed) {
  const newest = newestWins(/** @param {Message} message */ (message) => ask(message));
  let wanted = "";

  async function look() {
    const surface = surfaceIn(state.setup.get());
    const question = { type: "map", ...surface, window: state.window.get(), size: size.get() };
    const key = JSON.stringify(question);
    if (key === wanted) return;
    wanted = key;
    const answer = await newest(question).catch(failed);
    const now = surfaceIn(state.setup.get());
    if (!answer || JSON.stringify(now) !== JSON.stringify(surface)) return;
    const { x, y, loss } = /** @type {Record<string, {data: Float64Array}>} */ (/** @type {unknown} */ (answer.arrays));
    const { window, minima, saddles } = answer.event;
    const of = surface.expression ?? surface.surface ?? "";
    /** @type {LossMap} */
    const map = { window, size: answer.event.size, x: x.data, y: y.data, loss: loss.data, minima, saddles, of };
    state.map.set(map);
  }

  const undo = [state.setup, state.window, size].map((/** @type {Readable<any>} */ store) => store.subscribe(look));
  return () => undo.forEach((end) => end());
}

/**
 * Paints the rate sliders anew. The race goes first: this is called when its answer is in.
 *
 * @param {State} state
 * @param {Ask} ask
 * @param {(error: unknown) => void} failed
 * @returns {() => Promise<void>}
 */
export function painting(state, ask, failed) {
  const newest = newestWins(/** @param {Message} message */ (message) => ask(message));
  return async () => {
    const setup = state.setup.get();
    const answer = await newest({ type: "paint", setup, knob: "lr", lanes: LANES }).catch(failed);
    if (!answer || state.setup.get().entrants.length !== setup.entrants.length) return;
    const { values, loss, reached, diverged } = answer.arrays;
    /** @type {Paint} */
    const paint = {
      knob: answer.event.knob,
      values: rows(values),
      loss: rows(loss),
      reached: rows(reached),
      diverged: rows(diverged),
    };
    state.paint.set(paint);
  };
}

/**
 * Explains the step of the chosen entrant, while somebody looks at it: at once when paused, ten times a second while
 * playing.
 *
 * @param {State} state
 * @param {Ask} ask
 * @param {(error: unknown) => void} failed
 */
export function explaining(state, ask, failed) {
  const newest = newestWins(/** @param {Message} message */ (message) => ask(message));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  let asked = 0; // when, in ms
  let key = "";

  const wanted = derived(
    [state.explaining, state.view, state.chosen, state.playhead, state.run],
    (seen, { arrows }, entrant, { step, playing }, run) => ({
      entrant,
      step,
      playing,
      key: (seen || arrows) && run.have >= 0 && step < run.steps ? `${run.id} ${run.version} ${entrant} ${step}` : "",
    }),
  );

  function follow() {
    const want = wanted.get();
    if (want.key === key) return;
    clearTimeout(later);
    const wait = want.playing ? EXPLAIN_EVERY - (performance.now() - asked) : 0;
    if (wait > 0 && want.key !== "") later = setTimeout(go, wait);
    else go();
  }

  async function go() {
    const want = wanted.get();
    key = want.key;
    asked = performance.now();
    const setup = state.setup.get();
    const { entrant, step } = want;
    if (key === "" || !setup.entrants[entrant]) return state.explained.set(null);
    const answer = await newest({ type: "explain", setup, entrant, step }).catch(failed);
    if (answer && key !== "") state.explained.set(/** @type {Explained} */ (answer.event));
  }

  const stop = wanted.subscribe(follow);
  return () => {
    clearTimeout(later);
    stop();
  };
}

/**
 * A formula as it is typed: once the server has understood it, it is the surface of the race.
 *
 * @param {State} state
 * @param {Ask} ask
 * @param {Writable<Typed | null>} typed
 * @param {() => void} arrived called when the race has left a named surface
 */
export function typing(state, ask, typed, arrived) {
  const newest = newestWins(
    /** @param {string} expression */ async (expression) => ({
      expression,
      ...(await ask({ type: "formula", expression })),
    }),
  );

  /** @param {string} text */
  return async (text) => {
    try {
      const answer = await newest(text);
      if (!answer) return;
      const { expression, event } = answer;
      const before = state.setup.get();
      typed.set({ ...event, expression });
      state.problem.set(null);
      state.setup.set(withExpression(before, expression, event));
      if (before.surface === undefined) return;
      state.window.set(event.window);
      arrived();
    } catch (error) {
      const { message, code, position } = /** @type {import('../net/socket.js').Refusal} */ (error);
      state.problem.set({ field: "expression", message, code, position: position ?? null });
    }
  };
}

/**
 * The same search for the best rate for every entrant.
 *
 * @param {State} state
 * @param {Ask} ask
 * @param {(error: unknown) => void} failed
 */
export function tuning(state, ask, failed) {
  return async () => {
    const asked = state.setup.get();
    state.tuned.set(null);
    state.tuning.set({ done: 0, total: 1 });
    const progress = (/** @type {{done: number, total: number}} */ { done, total }) => state.tuning.set({ done, total });
    const answer = await ask({ type: "tune", setup: asked }, progress).catch(failed);
    state.tuning.set(null);
    if (!answer) return;
    state.setup.update((setup) =>
      answer.event.entrants.reduce(
        (/** @type {Setup} */ tuned, /** @type {{knobs: Record<string, number>}} */ { knobs }, /** @type {number} */ i) =>
          tuned.entrants[i]?.optimizer === asked.entrants[i].optimizer ? withKnobs(tuned, i, knobs) : tuned,
        setup,
      ),
    );
    state.tuned.set(answer.event.metric);
  };
}

/** @param {Setup} setup @param {number} index @param {Record<string, number>} knobs @returns {Setup} */
const withKnobs = (setup, index, knobs) =>
  Object.entries(knobs).reduce((tuned, [name, value]) => withKnob(tuned, index, name, value), setup);
