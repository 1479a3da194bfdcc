// @ts-check
/**
 * Keeps the server's race in step with the setup on screen.
 *
 * One race is out at a time. While it is out, further edits only mark that the setup has moved on; as soon as the
 * answer is in, the newest setup goes out. The run on screen stays until its successor reaches the playhead.
 *
 * @import { Change, Run, Setup, Writable, Readable, Playhead } from './types.js'
 * @import { Socket } from '../net/socket.js'
 * @import { Ready, Steps } from './run.js'
 * @import { Tensor } from '../net/frames.js'
 */
import { begun, folded } from "./run.js";
import { pathKey } from "./setup.js";

/**
 * @typedef {{id: number, setup: Setup, key: string, run: Run | null, granted: number, out: boolean,
 *   firm: number}} Race
 *   a race that the server was asked for; `out` until its answer has reached the playhead; no change sent on the
 *   way touches a step up to `firm`
 */

/**
 * @param {{setup: Readable<Setup>, run: Writable<Run>, playhead: Readable<Playhead>, wanted: Readable<number>}} state
 * @param {Socket} socket
 * @param {{asked?: (id: number) => void, answered?: (run: Run) => void, refused?: (error: any) => void}} heard
 */
export function racing(state, socket, heard = {}) {
  /** @type {Race | null} */
  let race = null;

  /** Brings the server up to date, unless an answer is still due: then this is called again. */
  function sync() {
    if (!socket.open() || race?.out) return;
    const setup = state.setup.get();
    const key = pathKey(setup);
    if (key === race?.key) return grant();
    const added = race?.run && changesAdded(race.setup, setup);
    if (race && added) change(race, setup, key, added);
    else start(setup, key);
  }

  /** @param {Setup} setup @param {string} key */
  function start(setup, key) {
    const granted = credit(setup.steps);
    const id = socket.send({ type: "race", setup, credit: granted });
    race = { id, setup, key, run: null, granted, out: true, firm: Infinity };
    heard.asked?.(id);
  }

  /** @param {Race} race @param {Setup} setup @param {string} key @param {Change[]} added */
  function change(race, setup, key, added) {
    for (const each of added) socket.send({ type: "change", ...each }, race.id);
    const firm = Math.min(race.firm, ...added.map((each) => each.at));
    Object.assign(race, { setup, key, firm, out: true });
    heard.asked?.(race.id);
  }

  function grant() {
    if (!race || race.granted >= credit(race.setup.steps)) return;
    race.granted = credit(race.setup.steps);
    socket.send({ type: "grant", to: race.granted }, race.id);
  }

  /** @param {number} steps */
  const credit = (steps) => Math.min(steps, state.wanted.get());

  /**
   * A new connection: the same race again, from the step after the last one held. After a change on the way it is
   * unknown which of the later steps were already its consequence, so those are asked for again.
   */
  function resume() {
    const setup = state.setup.get();
    if (!race || race.key !== pathKey(setup)) return start(setup, pathKey(setup));
    const { run, firm } = race;
    race.granted = Math.max(race.granted, credit(setup.steps));
    const after = run && run.have >= 0 ? { after: Math.min(run.have, firm) } : {};
    race.id = socket.send({ type: "race", setup, credit: race.granted, ...after });
    race.out = true;
  }

  /** @param {Ready} event */
  function ready(event) {
    if (event.id !== race?.id) return;
    if (race.run && race.run.have >= 0) race.run = { ...race.run, id: event.id };
    else race.run = begun(event);
    if (Math.min(race.run.have, race.firm) >= Math.min(race.run.steps, race.granted)) settle(race.run);
  }

  /** @param {Steps} event @param {Record<string, Tensor>} arrays */
  function steps(event, arrays) {
    if (event.id !== race?.id || !race.run) return;
    race.run = folded(race.run, event, arrays);
    const shown = state.run.get();
    const successor = race.run.points !== shown.points;
    const short = race.run.have < Math.min(state.playhead.get().step, shown.have, race.granted, race.run.steps);
    if (!(successor && short)) settle(race.run);
  }

  /** @param {Run} run */
  function settle(run) {
    if (race) race.out = false;
    state.run.set(run);
    heard.answered?.(run);
    sync();
  }

  /** @param {{id: number | null}} error */
  function refused(error) {
    if (!race || error.id !== race.id) return false;
    race.out = false;
    heard.refused?.(error);
    sync();
    return true;
  }

  const undo = [state.setup.subscribe(sync), state.wanted.subscribe(sync)];
  return { resume, ready, steps, refused, close: () => undo.forEach((end) => end()) };
}

/**
 * The changes that lead from one setup to the next, or null when more than changes was edited (or one was taken away).
 *
 * @param {Setup} before
 * @param {Setup} after
 * @returns {Change[] | null}
 */
export function changesAdded(before, after) {
  const still = /** @param {Setup} setup */ (setup) => pathKey({ ...setup, changes: [] });
  const place = /** @param {Change} change */ ({ at, entrant, knob }) => `${at}:${entrant}:${knob}`;
  const old = new Map(before.changes.map((change) => [place(change), change.value]));
  const kept = new Set(after.changes.map(place));
  if (still(before) !== still(after) || before.changes.some((change) => !kept.has(place(change)))) return null;
  return after.changes.filter((change) => old.get(place(change)) !== change.value);
}
