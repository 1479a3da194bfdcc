// @ts-check
/**
 * Keeps the server's race in step with the setup on screen.
 *
 * One race is out at a time. While it is out, further edits only mark that the setup has moved on; as soon as the
 * answer is in, the newest setup goes out. The run on screen stays until its successor reaches the playhead.
 *
 * @import { Change, DataChange, Run, Setup, Writable, Readable, Playhead } from '../types.js'
 * @import { Socket } from '../../net/socket.js'
 * @import { Ready, Steps } from './run.js'
 * @import { StepsEventArrays } from '../../net/messages.js'
 */
import { placeOf, turnsKnob, turnsSetting } from "../entrants.js";
import { movesData } from "../points.js";
import { begun, folded, noRun } from "./run.js";

const NOBODY = noRun().id;

/**
 * @template {Setup} S
 * @typedef {{id: number, setup: S, key: string, run: Run | null, credited: number, out: boolean,
 *   firm: number, sure: S, pending: Change[], ahead: Ahead<S> | null}} Race
 *   a race that the server was asked for; `out` until its answer has reached the playhead; no change sent on the
 *   way touches a step up to `firm`; `sure`: the setup without the changes that are `pending`: what
 *   the server says of them is not known yet; `ahead`: while its setup is not the page's yet
 */

/**
 * @template {Setup} S
 * @typedef {{before: Race<S> | null, kept: Run | null, there: () => void, over: boolean}} Ahead
 *   of a race that is asked for before its setup is there: the one before, which the server runs until it has taken this
 *   one; the answer, kept until the setup comes; whom to tell that it is in; and whether the setup has come, or will not
 */

/**
 * @template {Setup} S
 * @typedef {(setup: S) => string} PathKey  what the path depends on, as text: equal texts, equal paths, bit for bit
 */

/**
 * @template {Setup} S
 * @param {{setup: Readable<S>, run: Writable<Run>, playhead: Readable<Playhead>, wanted: Readable<number>,
 *   patient: Writable<boolean>}} state
 * @param {Socket} socket
 * @param {PathKey<S>} pathKey
 * @param {{asked?: (id: number) => void, answered?: (run: Run) => void, refused?: (error: any, back: S | null) => void,
 *   waits?: (setup: S) => boolean, waiting?: () => void, dropped?: () => void}} handlers `dropped`: what was asked ahead is
 *   refused, and the race on screen goes on. `refused`: `back` is the setup as it was before the
 *   changes that the server refuses, for they are not made; null if it refuses the whole race. `waits`: whether there is
 *   something to race on yet
 */
export function raceRun(state, socket, pathKey, handlers = {}) {
  /** @type {Race<S> | null} */
  let race = null;
  let unwanted = ""; // the key of what is waited for no longer

  /** Brings the server up to date, unless an answer is still due: then this is called again. */
  function sync() {
    const setup = state.setup.get();
    if (handlers.waits?.(setup)) return wait();
    if (!socket.open() || race?.out) return;
    const key = pathKey(setup);
    if (!state.patient.get()) return key === unwanted ? undefined : state.patient.set(true); // and so once more
    if (key === race?.key) return grant();
    const added = race?.run && changesMade(race.setup, setup, pathKey);
    if (race && added) change(race, setup, key, added);
    else start(setup, key, race?.run ? kept(race.run, lastShared(race.setup, setup, pathKey)) : null);
  }

  /** Nothing is to be raced on: what was is over, and late news of it are nobody's. */
  function wait() {
    race = null;
    handlers.waiting?.();
    if (state.run.get().id !== NOBODY) state.run.set(noRun());
  }

  /** No longer, or again, wait for the place that the server has none of. What comes to be set later is waited for. */
  function turn() {
    if (!state.patient.get()) {
      unwanted = pathKey(state.setup.get());
      if (race) socket.send({ type: "cancel" }, race.id);
      if (race) race.out = false;
      handlers.dropped?.();
    } else if (unwanted) {
      unwanted = "";
      if (race && socket.open()) resume();
      else sync();
    }
  }

  /** @param {S} setup @param {string} key @param {Run | null} run what is held of it already */
  function start(setup, key, run = null) {
    const credited = credit(setup.steps);
    const after = run ? { after: run.have } : {};
    const id = socket.send({ type: "race", setup, credit: credited, ...after });
    race = { id, setup, key, run, credited, out: true, firm: Infinity, sure: setup, pending: [], ahead: null };
    handlers.asked?.(id);
  }

  /**
   * Asks for the race of a setup that may come in a moment, if no answer is due. Nobody sees the answer, or hears of a
   * refusal, before `arrive` is called.
   *
   * @param {S} setup
   * @returns {Promise<void>} until the answer is in
   */
  function ahead(setup) {
    const [key, before] = [pathKey(setup), race];
    if (!socket.open() || race?.out || handlers.waits?.(setup) || key === before?.key) return Promise.resolve();
    start(setup, key);
    return new Promise((there) => race && (race.ahead = { before, kept: null, there, over: false }));
  }

  /** The setup whose race was asked ahead is there, or will not come. */
  function arrive() {
    if (!race?.ahead) return;
    race.ahead.over = true;
    if (race.ahead.kept) settle(race.ahead.kept);
  }

  /** @param {Race<S>} race @param {S} setup @param {string} key @param {Change[]} added */
  function change(race, setup, key, added) {
    for (const each of added) socket.send({ type: "change", ...each }, race.id);
    const firm = Math.min(race.firm, ...added.map(untouched));
    Object.assign(race, { setup, key, firm, out: true, pending: [...race.pending, ...added] });
    handlers.asked?.(race.id);
  }

  function grant() {
    if (!race || race.credited >= credit(race.setup.steps)) return;
    race.credited = credit(race.setup.steps);
    socket.send({ type: "grant", to: race.credited }, race.id);
  }

  /** @param {number} steps */
  const credit = (steps) => Math.min(steps, state.wanted.get());

  /**
   * A new connection: the same race again, from the step after the last one held. After a change on the way it is
   * unknown which of the later steps were already its consequence, so those are asked for again.
   */
  function resume() {
    const setup = state.setup.get();
    if (handlers.waits?.(setup)) return;
    if (!state.patient.get()) return sync();
    if (!race || race.key !== pathKey(setup)) return start(setup, pathKey(setup));
    const { run, firm } = race;
    race.credited = Math.max(race.credited, credit(setup.steps));
    const last = run ? Math.min(run.have, firm) : -1;
    const after = last >= 0 ? { after: last } : {};
    race.id = socket.send({ type: "race", setup, credit: race.credited, ...after });
    race.out = true;
  }

  /** @param {Ready} event */
  function ready(event) {
    if (event.id !== race?.id) return;
    if (race.run && race.run.have >= 0) race.run = { ...race.run, id: event.id };
    else race.run = begun(event);
    if (Math.min(race.run.have, race.firm) >= Math.min(race.run.steps, race.credited)) settle(race.run);
  }

  /** @param {Steps} event @param {StepsEventArrays} arrays */
  function steps(event, arrays) {
    if (event.id !== race?.id || !race.run) return;
    race.run = folded(race.run, event, arrays);
    // Steps that were on their way when a change was sent say nothing of it: it is made where they begin anew.
    if (race.pending.some(({ at }) => event.from <= at)) race.pending = [];
    const shown = state.run.get();
    const successor = race.run.losses !== shown.losses;
    const short = race.run.have < Math.min(state.playhead.get().step, shown.have, race.credited, race.run.steps);
    if (!(successor && short)) settle(race.run);
  }

  /** @param {Run} run */
  function settle(run) {
    if (race?.ahead) {
      const { over, there } = race.ahead;
      race.ahead.kept = run;
      there();
      if (!over) return;
      race.ahead = null;
      if (race.key !== pathKey(state.setup.get())) {
        race.out = false;
        return sync();
      }
    }
    if (race) Object.assign(race, { out: false, sure: race.pending.length > 0 ? race.sure : race.setup });
    state.run.set(run);
    handlers.answered?.(run);
    sync();
  }

  /** @param {{id: number | null}} error */
  function refused(error) {
    if (!race || error.id !== race.id) return false;
    if (race.ahead && race.key !== pathKey(state.setup.get())) {
      const { before, there } = race.ahead;
      race = before;
      there();
      handlers.dropped?.();
      sync();
      return true;
    }
    const back = race.sure === race.setup ? null : race.sure;
    // Of several the server may have made some: then the race is asked for anew, without them.
    if (back && race.pending.length === 1) Object.assign(race, { setup: back, key: pathKey(back) });
    Object.assign(race, { out: false, pending: [] });
    handlers.refused?.(error, back);
    sync();
    return true;
  }

  const undo = [state.setup.subscribe(sync), state.wanted.subscribe(sync), state.patient.subscribe(turn)];
  return { resume, ready, steps, refused, ahead, arrive, close: () => undo.forEach((end) => end()) };
}

/** @param {Run} run @param {number} last @returns {Run | null} the run up to a step, if there is any */
const kept = (run, last) => (Math.min(run.have, last) < 0 ? null : { ...run, have: Math.min(run.have, last), complete: false });

/**
 * The changes on the way that lead from one setup to the next, or null when anything else was edited, when one was taken
 * away, or when the order of changes at one step would be lost.
 *
 * @template {Setup} S
 * @param {S} before
 * @param {S} after
 * @param {PathKey<S>} pathKey
 * @returns {Change[] | null}
 */
export function changesMade(before, after, pathKey) {
  const still = (/** @type {S} */ setup) => pathKey({ ...setup, changes: [] });
  if (still(before) !== still(after)) return null;
  const knobs = turned(before.changes.filter(turnsKnob), after.changes.filter(turnsKnob));
  const settings = turned(before.changes.filter(turnsSetting), after.changes.filter(turnsSetting));
  const moves = pointsMoved(before.changes.filter(movesData), after.changes.filter(movesData));
  return knobs && settings && moves && [...knobs, ...settings, ...moves];
}

/**
 * @template {Change & {value: unknown}} C
 * @param {C[]} before
 * @param {C[]} after
 * @returns {C[] | null}
 */
function turned(before, after) {
  const old = new Map(before.map((change) => [placeOf(change), JSON.stringify(change.value)]));
  const there = new Set(after.map(placeOf));
  if (before.some((change) => !there.has(placeOf(change)))) return null;
  return after.filter((change) => old.get(placeOf(change)) !== JSON.stringify(change.value));
}

/** @param {DataChange[]} before @param {DataChange[]} after @returns {DataChange[] | null} */
function pointsMoved(before, after) {
  if (after.length < before.length || before.some((change, i) => placeOf(change) !== placeOf(after[i]))) return null;
  const made = after.filter((change, i) => JSON.stringify(change) !== JSON.stringify(before[i]));
  const distinct = new Set(after.map(placeOf));
  // A second change of a place takes the place of the first: of two points gone at one step, one would come back.
  const told = distinct.size === after.length && before.every(({ to }, i) => (to === null) === (after[i].to === null));
  return told ? made : null;
}

/** The last step that a change leaves alone: a knob shows in the step after it, all else in that very step's loss. @param {Change} change */
const untouched = (change) => (turnsKnob(change) ? change.at : change.at - 1);

/**
 * The last step that two setups have in common; -1 for none.
 *
 * @template {Setup} S
 * @param {S} before
 * @param {S} after
 * @param {PathKey<S>} pathKey
 */
export function lastShared(before, after, pathKey) {
  const still = (/** @type {S} */ setup) => pathKey({ ...setup, changes: [] });
  if (still(before) !== still(after)) return -1;
  const apart = firstApart(before.changes, after.changes);
  return apart ? untouched(apart) : -1;
}

/** @param {Change[]} before @param {Change[]} after both in the order of their steps @returns {Change | null} */
function firstApart(before, after) {
  const at = after.findIndex((change, i) => JSON.stringify(change) !== JSON.stringify(before[i]));
  const pair = [before[at < 0 ? after.length : at], after[at]].filter(Boolean);
  return pair.length > 0 ? pair.reduce((first, each) => (each.at < first.at ? each : first)) : null;
}
