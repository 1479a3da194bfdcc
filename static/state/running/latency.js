// @ts-check
/**
 * How long it takes from the hand's movement to the picture: each `performance.measure` named "drag-to-paint" runs
 * from the time stamp of the input event to the moment when the paths computed for it have been painted.
 *
 * @import { Run, State } from '../types.js'
 */

export const MEASURE = "drag-to-paint";
const FRESH = 100; // ms; an edit later than this after an event was not made by that event
const KEPT = 10_000; // measures, after which the browser's list is emptied

/** @param {State} state */
export function latency(state) {
  let hand = 0; // time stamp of the newest input event
  let edited = 0; // of the one that edited the setup last
  let sent = 0; // of the one whose setup the server is computing
  /** @type {{since: number, version: number} | null} */
  let due = null;
  let count = 0;

  const moved = (/** @type {Event} */ event) => void (hand = event.timeStamp);
  const kinds = ["pointerrawupdate", "pointermove", "input", "keydown"];
  for (const kind of kinds) addEventListener(kind, moved, { capture: true, passive: true });

  const undo = [
    state.setup.subscribe(() => void (edited = performance.now() - hand < FRESH ? hand : 0)),
    state.paintedVersion.subscribe((version) => {
      if (!due || version < due.version) return;
      performance.measure(MEASURE, { start: due.since, end: performance.now() });
      due = null;
      if (++count % KEPT === 0) performance.clearMeasures(MEASURE);
    }),
  ];

  return {
    asked() {
      sent = edited;
      edited = 0;
    },
    /** @param {Run} run */
    answered(run) {
      if (sent > 0) due = { since: sent, version: run.version };
      sent = 0;
    },
    close() {
      for (const kind of kinds) removeEventListener(kind, moved, { capture: true });
      for (const end of undo) end();
    },
  };
}

/**
 * Turns a store on when something that has begun has not ended within 300 ms.
 *
 * @param {State["busy"]} busy
 */
export function patience(busy) {
  const PATIENCE = 300; // ms
  let open = 0;

  /** @returns {() => void} to be called at the end */
  return function begin() {
    open += 1;
    const timer = setTimeout(() => busy.set(true), PATIENCE);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      open -= 1;
      if (open === 0) busy.set(false);
    };
  };
}

/**
 * Turns a store on while somebody writes, and off again some time after the last key.
 *
 * @param {State["held"]} held
 * @returns {() => void} to be called at each key
 */
export function writing(held) {
  const REST = 300; // ms
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let rest;
  return () => {
    clearTimeout(rest);
    rest = setTimeout(() => held.set(false), REST);
    held.set(true);
  };
}
