// @ts-check
/**
 * What the page asks the server about a regression: the fit of the data in force, the surface of a mini-batch, random
 * tries. The data in force are those at the playhead, changes on the way included.
 *
 * @import { DataChange, Catalog, Data, Fit, Playhead, Point, Readable, RegressionSetup, RegressionState, Writable } from '../types.js'
 * @import { Answer, Ask, Asked } from '../../net/socket.js'
 */
import { rows } from "../../net/frames.js";
import { newestWins } from "../../net/socket.js";
import { movesData, pointsAt } from "../points.js";
import { mapOf, spaced } from "../running/questions.js";
import { dimOf, isTable } from "./setup.js";
import { liesOn } from "./section.js";
import { derived } from "../store.js";

const ANYBODY = [{ optimizer: "gd" }]; // what is asked here does not depend on who races
const GHOST = [60, 45]; // points of a mini-batch's grid
const BREATH = 50; // ms between two mini-batches shown

/**
 * The points in force; the same object as long as they are the same.
 *
 * @param {Readable<RegressionSetup>} setup
 * @param {Readable<Playhead>} playhead
 * @param {Readable<Fit | null>} fit which set each point belongs to
 * @param {Catalog} catalog
 * @returns {Readable<Data>}
 */
export function dataInForce(setup, playhead, fit, catalog) {
  /** @type {{setup: RegressionSetup | null, due: number, points: Point[]}} */
  let known = { setup: null, due: 0, points: [] };
  /** @type {Data} */
  let last = { points: [], sets: [] };

  return derived([setup, playhead, fit], (now, { step }, fitted) => {
    const due = now.changes.filter((change) => movesData(change) && change.at <= step).length;
    if (known.setup !== now || known.due !== due) {
      const before = known.setup;
      const same = before && due === known.due && before.points === now.points && before.preset === now.preset && before.changes === now.changes;
      known = { setup: now, due, points: same ? known.points : pointsAt(now, step, catalog) };
    }
    const { points } = known;
    const sets = fitted?.sets.length === points.length ? fitted.sets : points.map(() => 0);
    if (points !== last.points || sets.some((set, i) => set !== last.sets[i])) last = { points, sets };
    return last;
  });
}

/**
 * A regression at a step, as a question names it: two with the same text have the same answer.
 *
 * @param {RegressionSetup} setup
 * @param {number} step
 */
export function momentOf({ entrants, changes, patience, noise, ...rest }, step) {
  const due = changes.filter(movesData).filter(({ at }) => at <= step);
  const last = due.at(-1)?.at ?? 0;
  return { setup: { ...rest, entrants: ANYBODY, changes: together(due, last) }, step: last };
}

/**
 * What many changes of the data come to at a step: where each point has been put last. Points that are gone give
 * their numbers to others, so then all is left as it is.
 *
 * @param {DataChange[]} due
 * @param {number} at
 * @returns {DataChange[]}
 */
function together(due, at) {
  if (due.some(({ to }) => !to)) return due;
  const moved = new Map(due.map(({ point, to }) => [point, to])); // in the order in which they came
  return [...moved].map(([point, to]) => ({ at, point, to }));
}

/**
 * What the map shows, as its question names it; null until the plane is known, or while there is nothing to fit.
 *
 * @param {RegressionState} state
 */
export const subjectOf = ({ setup, data, fit, playhead, catalog }) =>
  derived([setup, data, fit], (now, { points }, fitted) => {
    if (fitted?.dim !== dimOf(now, catalog) || (!isTable(now) && points.length === 0)) return null;
    const { setup: { start, ...rest }, step } = momentOf(now, playhead.get().step);
    const { origin, u, v } = fitted.plane;
    return { setup: rest, step, ...(fitted.dim === 2 ? {} : { plane: { origin, u, v } }) };
  });

/**
 * Keeps the fit in step with setup and playhead. The plane stays where it is as long as only the start moves in it.
 *
 * @param {RegressionState} state
 * @param {Ask} ask
 * @param {(error: unknown) => void} failed
 * @returns {{whole: () => void, settle: () => void}} `whole`: see the whole of the next answer's plane; `settle`: move
 *   the window if the exact answer or the start has left it
 */
export function fitted(state, ask, failed) {
  const newest = newestWins(/** @param {Asked<"fit">} message */ (message) => ask(message));
  const { catalog } = state;
  let wanted = "";
  let base = ""; // of the fit on show: its setup without the start
  let fresh = true; // the window is to be that of the answer

  async function look() {
    const now = state.setup.get();
    const { setup, step } = momentOf(now, state.playhead.get().step);
    const { start, ...rest } = setup;
    const [own, still] = [JSON.stringify({ ...rest, step }), dimOf(now, catalog) === 2];
    const key = still ? own : `${own} ${start}`;
    if (key === wanted) return;
    wanted = key;
    const answer = await newest({ type: "fit", setup, step }).catch(failed);
    if (!answer || answer.event.dim !== dimOf(state.setup.get(), catalog)) return;
    const fit = fitOf(answer);
    const old = state.fit.get();
    const kept = old?.dim === fit.dim && fit.dim > 2 && own === base && liesOn(old.plane, start);
    if (kept) fit.plane = old.plane;
    base = own;
    state.fit.set(fit);
    if (fresh || (fit.dim > 2 && !kept)) state.window.set(fit.plane.window);
    fresh = false;
  }

  state.setup.subscribe(look);
  state.data.subscribe(look);

  return {
    whole() {
      fresh = true;
      wanted = "";
      void look();
    },
    settle() {
      const fit = state.fit.get();
      if (fit?.dim !== 2) return;
      const seen = [fit.exact?.weights, state.start.get()].every(
        (point) => !point || state.window.get().every(([low, high], i) => Number(point[i]) > low && Number(point[i]) < high),
      );
      if (!seen) this.whole();
    },
  };
}

/** @param {Answer<"fit">} answer @returns {Fit} */
function fitOf({ event, arrays }) {
  const { dim, names, sets, table, exact, straight, note, condition, epoch, plane, start } = event;
  const x = arrays.x?.data ?? new Float64Array();
  return { dim, names, sets, table, exact, straight, note, condition, epoch, plane, start, x, basis: arrays.basis ? rows(arrays.basis) : [], rows: rows(arrays.rows) };
}

/**
 * The surface of the mini-batch at the playhead, "breathing" over the full one while somebody wants to see it.
 *
 * @param {RegressionState} state
 * @param {Readable<ReturnType<ReturnType<typeof subjectOf>["get"]>>} subject
 * @param {Ask} ask
 */
export function formerFit(state, subject, ask) {
  const newest = newestWins(/** @param {Asked<"map">} message */ (message) => ask(message));
  const look = spaced(
    async () => {
      const now = subject.get();
      if (!state.view.get().ghost || !now || now.setup.batch === 0) return state.ghost.set(null);
      /** @type {Asked<"map">} */
      const question = { type: "map", ...now, window: state.window.get(), size: GHOST, batch_at: state.playhead.get().step };
      const answer = await newest(question).catch(() => null); // the map itself says what is wrong
      if (answer && state.view.get().ghost) state.ghost.set(mapOf(answer, ""));
    },
    () => BREATH,
  );
  for (const store of /** @type {Readable<any>[]} */ ([subject, state.view, state.window, state.playhead])) store.subscribe(look);
}

/**
 * Random tries: every throw adds to those before, as long as the data and the model are the same.
 *
 * @param {RegressionState} state
 * @param {Ask} ask
 * @param {(error: unknown) => void} failed
 */
export function randomTries(state, ask, failed) {
  const newest = newestWins(/** @param {Asked<"try">} message */ (message) => ask(message));
  let key = "";
  let seed = 0;

  state.data.subscribe(forget);
  state.setup.subscribe(forget);

  function keyNow() {
    const { setup: { start, seed: _, batch, ...rest } } = momentOf(state.setup.get(), state.playhead.get().step);
    return JSON.stringify(rest);
  }

  function forget() {
    if (state.tried.get() && keyNow() !== key) state.tried.set(null);
  }

  return async (/** @type {number} */ tries) => {
    const answer = await newest({ type: "try", ...momentOf(state.setup.get(), state.playhead.get().step), tries, seed: seed++ }).catch(failed);
    if (!answer) return;
    const before = state.tried.get();
    key = keyNow();
    const { best, loss } = answer.event;
    const better = !before || (loss !== null && loss < (before.loss ?? Infinity));
    const count = (before?.tries ?? 0) + tries;
    state.tried.set(better ? { tries: count, best, loss } : { ...before, tries: count });
  };
}
