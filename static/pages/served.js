// @ts-check
/**
 * A page's line to the server, with the race on it.
 *
 * @import { Run, Setup, StateOf, Writable } from '../state/types.js'
 * @import { PathKey } from '../state/running/race-run.js'
 * @import { Ask } from '../net/socket.js'
 */
import { connected, streamAddress } from "../net/socket.js";
import { linked } from "../state/links.js";
import { latency, patience } from "../state/running/latency.js";
import * as questions from "../state/running/questions.js";
import { raceRun } from "../state/running/race-run.js";

const TYPED = ["expression"]; // texts that are still being written: what is wrong with them is no matter of the race

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
      if (event.code === "cancelled") return; // it was we who wanted it so
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

  state.patient.subscribe((patient) => patient && waitsNoMore("training"));
  const paint = paints ? questions.painting(state, ask, complain) : () => {};
  state.sliders.subscribe((wanted) => wanted && state.run.get().have >= 0 && paint());
  if (explains) questions.explaining(state, ask, complain);
  addEventListener("pagehide", (event) => event.persisted || socket.close());
  const tune = questions.tuning(state, ask, complain);
  return { ask, race, complain, socket, link: linked(state.setup, socket.ask), tune };
}
