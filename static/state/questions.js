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

const LANES = 64; // values tried for each painted slider
const PLAYING = 100; // ms between two explanations while the race plays
const MOVING = 30; // ms between two explanations, or two paintings, while the hand moves

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
 * @returns {() => void}
 */
export function painting(state, ask, failed) {
  const newest = newestWins(/** @param {Message} message */ (message) => ask(message));

  return spaced(async () => {
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
  }, () => MOVING);
}

/**
 * Acts at once, but not again before `pause()` ms have passed: then once more, for all that was asked meanwhile.
 *
 * @param {() => void} act
 * @param {() => number} pause
 * @returns {() => void}
 */
function spaced(act, pause) {
  let last = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;

  function now() {
    clearTimeout(later);
    later = undefined;
    last = performance.now();
    act();
  }

  return () => {
    const wait = last + pause() - performance.now();
    if (wait <= 0) now();
    else later ??= setTimeout(now, wait);
  };
}

/**
 * Explains the step of the chosen entrant while somebody looks at it, ten times a second while the race plays.
 *
 * @param {State} state
 * @param {Ask} ask
 * @param {(error: unknown) => void} failed
 */
export function explaining(state, ask, failed) {
  const newest = newestWins(/** @param {Message} message */ (message) => ask(message));
  let key = "";

  /** What is to be explained, as text; "" for nothing. */
  function wanted() {
    const { version, have, steps } = state.run.get();
    const { step } = state.playhead.get();
    const seen = state.explaining.get() || state.view.get().arrows;
    return seen && have >= 0 && step < steps ? `${version} ${state.chosen.get()} ${step}` : "";
  }

  const look = spaced(
    async () => {
      key = wanted();
      const [entrant, { step }, setup] = [state.chosen.get(), state.playhead.get(), state.setup.get()];
      if (key === "" || !setup.entrants[entrant]) return state.explained.set(null);
      const answer = await newest({ type: "explain", setup, entrant, step }).catch(failed);
      if (answer && key !== "") state.explained.set(/** @type {Explained} */ (answer.event));
    },
    () => (state.playhead.get().playing ? PLAYING : MOVING),
  );

  const sources = [state.explaining, state.view, state.chosen, state.playhead, state.run];
  const undo = sources.map((/** @type {Readable<any>} */ store) => store.subscribe(() => wanted() !== key && look()));
  return () => undo.forEach((end) => end());
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
