// @ts-check
/**
 * What the network says at the playhead, and what else is asked about the training that runs.
 *
 * One look is in flight at a time, and the newest wins: playing, pausing and scrubbing all show what belongs to the
 * playhead, at the record at or before it.
 *
 * @import { Readable } from '../types.js'
 * @import { About, Look, NetworkState, Sampled } from './types.js'
 * @import { Answer, Ask, Asked } from '../../net/socket.js'
 */
import { newestWins, Refusal } from "../../net/socket.js";
import { samplesOf } from "./setup.js";
import { drawnSoFar, waits } from "./own-samples.js";
import { recordAt } from "../running/run.js";

const MOVED = ["step", "at", "entrant"]; // what may be gone when a question arrives: a rewind or a shorter race came before it
const GRID = 50; // points a side of the regions
const NEURONS = 24; // points a side of what a neuron says

/**
 * The record at the playhead: its step, -1 while there is none.
 *
 * @param {Pick<NetworkState, "run" | "playhead">} state
 */
export function recordShown({ run, playhead }) {
  const now = run.get();
  const at = recordAt(now, Math.min(playhead.get().step, now.have));
  return at < 0 ? -1 : now.records[at];
}

/** Refusals of what was asked about a training that another one has taken the place of by now. @param {unknown} error */
export const overtaken = (error) =>
  error instanceof Refusal && (["order", "value"].includes(error.code) || MOVED.includes(error.field ?? ""));

/**
 * @param {NetworkState} state
 * @param {Ask} ask
 * @returns {About}
 */
export const aboutTraining = (state, ask) => (type, fields = {}, progress) =>
  ask(/** @type {any} */ ({ type, race: state.run.get().id, step: Math.max(0, recordShown(state)), ...fields }), progress);

/**
 * @param {NetworkState} state
 * @param {About} about
 * @param {(error: any) => void} failed
 */
export function trainingView(state, about, failed) {
  const newest = newestWins(/** @param {Partial<Asked<"look">>} fields */ (fields) => about("look", fields));
  let wanted = "";

  async function follow() {
    const { id, rewritten, network } = state.run.get();
    const step = recordShown(state);
    if (!network || step < 0) return;
    const entrant = Math.min(state.chosen.get(), state.run.get().entrants - 1);
    const key = `${id} ${rewritten} ${step} ${entrant}`;
    if (key === wanted) return;
    wanted = key;
    const plane = network.dims[0] <= 2;
    const fields = { race: id, step, entrant, grid: GRID, neurons: plane ? NEURONS : 0 };
    const answer = await newest(fields).catch((error) => (wanted === key && (wanted = ""), overtaken(error) ? null : failed(error)));
    if (answer && state.run.get().id === id) state.look.set(lookOf(answer, id));
  }

  const undo = [state.run, state.playhead, state.chosen].map((/** @type {Readable<any>} */ store) => store.subscribe(follow));
  return () => undo.forEach((end) => end());
}

/** @param {Answer<"look">} answer @param {number} race @returns {Look} */
function lookOf({ event, arrays }, race) {
  return {
    race,
    step: event.step,
    entrant: event.entrant,
    weights: arrays.weights.data,
    x: arrays.x?.data ?? null,
    y: arrays.y?.data ?? null,
    regions: arrays.regions?.data ?? null,
    neurons: arrays.neurons?.data ?? null,
    shapes: { regions: arrays.regions?.shape ?? [], neurons: arrays.neurons?.shape ?? [] },
  };
}

/**
 * The samples themselves, asked for whenever the data, their noise or their sets become others.
 *
 * @param {NetworkState} state
 * @param {Ask} ask
 * @param {(error: any) => void} failed
 */
export function samplesShown(state, ask, failed) {
  const newest = newestWins(/** @param {Asked<"samples">} message */ (message) => ask(message));
  let wanted = "";

  return state.setup.subscribe(async (setup) => {
    const part = samplesOf(setup);
    const key = JSON.stringify(part);
    if (key === wanted) return;
    wanted = key;
    if (waits(setup)) return state.samples.set(drawnSoFar(setup, key));
    const answer = await newest({ type: "samples", setup: part }).catch(failed);
    if (answer && wanted === key) state.samples.set(sampledOf(answer, key));
  });
}

/** @param {Answer<"samples">} answer @param {string} of @returns {Sampled} */
function sampledOf({ event, arrays }, of) {
  const { count, kind, classes, names, note, scales, value_scales, shape, window, dims, weights, epoch } = event;
  return {
    count, kind, classes, names, note, scales, value_scales, shape, window, dims, weights, epoch, of,
    inputs: arrays.inputs.data, targets: arrays.targets.data, sets: arrays.sets.data, rows: arrays.rows.data,
  };
}
