// @ts-check
/**
 * What every page asks the server beside the race itself: the map, the painted sliders, one step explained, fair rates.
 * Each kind has one question out at a time, and the newest wins.
 *
 * @import { LossMap, Paint, RacedSetup, Readable, Setup, State, Writable } from '../types.js'
 * @import { Answer, Ask, Asked } from '../../net/socket.js'
 */
import { rows } from "../../net/frames.js";
import { newestWins } from "../../net/socket.js";
import { withKnob } from "../entrants.js";

const LANES = 64; // values tried for each painted slider
const PLAYING = 100; // ms between two explanations while the race plays
const MOVING = 30; // ms between two explanations, or two paintings, while the hand moves
const HURRY = 150; // ms: ground that changes again so soon is asked for on a coarser grid, and in full when it rests
const COARSER = 0.5; // of the points across and up

/** @param {Answer<"map">} answer @param {string} of what it is a map of @returns {LossMap} */
export function mapOf({ event: { window, size, minima, saddles }, arrays }, of) {
  const { x, y, loss } = arrays;
  return { window, size, x: x.data, y: y.data, loss: loss.data, minima, saddles, of };
}

/**
 * The grid behind the map: asked for whenever what it shows, the window or the size of the element changes.
 *
 * @template {Partial<Asked<"map">>} Subject
 * @param {State} state
 * @param {Ask} ask
 * @param {Readable<[number, number]>} size points across and up
 * @param {(error: unknown) => void} failed
 * @param {Readable<Subject | null>} subject what the map is of, as the question names it; null for nothing yet
 * @param {(subject: Subject) => string} of what the map is said to be of: an answer for another text comes too late
 */
export function mapping(state, ask, size, failed, subject, of) {
  const newest = newestWins(/** @param {Asked<"map">} message */ (message) => ask(message));
  let wanted = "";
  /** @type {{key: string, answer: Answer<"map">} | null} came before its subject */
  let early = null;
  let ground = ""; // the subject, as text
  let changed = -Infinity; // when it became another
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;

  /** Points across and up: fewer while the ground itself changes under the hand. @param {Subject} now */
  function points(now) {
    const text = JSON.stringify(now);
    if (text !== ground) {
      const hurried = performance.now() - changed < HURRY;
      [ground, changed] = [text, performance.now()];
      clearTimeout(resting);
      resting = hurried ? setTimeout(() => ((resting = undefined), look()), HURRY) : undefined;
    }
    return resting === undefined ? size.get() : size.get().map((count) => Math.round(COARSER * count));
  }

  /** @param {Subject | null} now @param {(error: unknown) => void} [told] */
  async function look(now = subject.get(), told = failed) {
    if (!now) return void (wanted = "");
    /** @type {Asked<"map">} */
    const question = { type: "map", ...now, window: state.window.get(), size: points(now) };
    const key = JSON.stringify(question);
    if (key === wanted) return void (early?.key === key && show(early, now));
    wanted = key;
    const answer = await newest(question).catch(told);
    if (answer) show({ key, answer }, now);
  }

  /** Its subject may be no longer there, or not yet. @param {{key: string, answer: Answer<"map">}} told @param {Subject} now */
  function show(told, now) {
    const later = subject.get();
    const fits = later && of(later) === of(now);
    early = fits ? null : told;
    if (fits) state.map.set(mapOf(told.answer, of(now)));
  }

  [subject, state.window, size].forEach((/** @type {Readable<any>} */ store) => store.subscribe(() => look()));
  return {
    /** Asks for the map of what may come in a moment, and waits for it. Nobody hears of its refusal. @param {Subject} next */
    ahead: (next) => look(next, () => {}),
  };
}

/**
 * Paints the rate sliders anew, if any can be seen. The race goes first: this is called when its answer is in, and asks
 * once that has been painted while a hand is at work, for the server would keep a core busy that the frame needs.
 *
 * @param {State} state
 * @param {Ask} ask
 * @param {(error: unknown) => void} failed
 * @returns {() => void}
 */
export function painting(state, ask, failed) {
  const newest = newestWins(/** @param {Asked<"paint">} message */ (message) => ask(message));

  async function paint() {
    if (!state.sliders.get()) return;
    const setup = /** @type {RacedSetup} */ (state.setup.get());
    const answer = await newest({ type: "paint", setup, knob: "lr", lanes: LANES }).catch(failed);
    if (!answer || state.setup.get().entrants.length !== setup.entrants.length) return;
    const { values, loss, reached, diverged } = answer.arrays;
    /** @type {Paint} */
    const painted = {
      knob: answer.event.knob,
      values: rows(values),
      loss: rows(loss),
      reached: rows(reached),
      diverged: rows(diverged),
    };
    state.paint.set(painted);
  }

  return spaced(() => (state.held.get() ? afterFrame(paint) : paint()), () => MOVING);
}

/** Acts once the next frame has been painted. @param {() => void} act */
const afterFrame = (act) => void requestAnimationFrame(() => setTimeout(act));

/**
 * Acts at once, but not again before `pause()` ms have passed: then once more, for all that was asked meanwhile.
 *
 * @param {() => void} act
 * @param {() => number} pause
 * @returns {() => void}
 */
export function spaced(act, pause) {
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
  const newest = newestWins(/** @param {Asked<"explain">} message */ (message) => ask(message));
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
      const [entrant, { step }] = [state.chosen.get(), state.playhead.get()];
      const setup = /** @type {RacedSetup} */ (state.setup.get());
      if (key === "" || !setup.entrants[entrant]) return state.explained.set(null);
      const answer = await newest({ type: "explain", setup, entrant, step }).catch(failed);
      if (answer && key !== "") state.explained.set(answer.event);
    },
    () => (state.playhead.get().playing ? PLAYING : MOVING),
  );

  const sources = [state.explaining, state.view, state.chosen, state.playhead, state.run, state.held];
  const follow = () => !state.held.get() && wanted() !== key && look();
  const undo = sources.map((/** @type {Readable<any>} */ store) => store.subscribe(follow));
  return () => undo.forEach((end) => end());
}

/**
 * The same search for the best rate for every entrant; what is asked for while it goes on ends it.
 *
 * @template {Setup} S
 * @param {Pick<State, "tuned" | "tuning"> & {setup: Writable<S>}} state
 * @param {Ask} ask
 * @param {(error: unknown) => void} failed
 */
export function tuning(state, ask, failed) {
  let coming = /** @type {AbortController | null} */ (null);

  return async () => {
    if (coming) return coming.abort(); // asked for again, it is no longer wanted
    const asked = state.setup.get();
    const own = (coming = new AbortController());
    state.tuned.set(null);
    state.tuning.set({ done: 0, total: 1 });
    const answer = await ask({ type: "tune", setup: asked }, state.tuning.set, own.signal).catch((error) => void (own.signal.aborted || failed(error)));
    coming = null;
    state.tuning.set(null);
    if (!answer) return;
    state.setup.update((setup) =>
      answer.event.entrants.reduce(
        (tuned, { knobs }, i) =>
          tuned.entrants[i]?.optimizer === asked.entrants[i].optimizer ? withKnobs(tuned, i, knobs) : tuned,
        setup,
      ),
    );
    state.tuned.set(answer.event.metric);
  };
}

/** @template {Setup} S @param {S} setup @param {number} index @param {Record<string, number>} knobs @returns {S} */
const withKnobs = (setup, index, knobs) =>
  Object.entries(knobs).reduce((tuned, [name, value]) => withKnob(tuned, index, name, value), setup);
