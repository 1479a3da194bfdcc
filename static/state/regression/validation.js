// @ts-check
/**
 * Cross-validation over degrees and penalties: every fold solved exactly, or trained by one of the entrants.
 *
 * @import { RegressionState, Validated, Validations } from '../types.js'
 * @import { Ask, Asked } from '../../net/socket.js'
 */
import { rows } from "../../net/frames.js";
import { newestWins } from "../../net/socket.js";
import { withoutAppearance } from "../entrants.js";
import { momentOf } from "./fit.js";
import { entrantNames } from "../names.js";

const DEGREES = Array.from({ length: 12 }, (_, i) => i + 1);
const LAMBDAS = [0, 1e-4, 1e-3, 1e-2, 1e-1, 1];

/** @type {Validations} */
export const NOTHING = { shown: null, rival: null };

/**
 * @param {RegressionState} state
 * @param {Ask} ask
 * @param {(error: unknown) => void} failed
 */
export function crossValidating(state, ask, failed) {
  const newest = newestWins(/** @param {Asked<"validate">} message */ (message) => ask(message));

  /** @param {number} folds @param {number | null} entrant who trains them; null: they are solved exactly */
  return async (folds, entrant) => {
    const { setup, step } = momentOf(state.setup.get(), state.playhead.get().step);
    const { entrants, noise } = state.setup.get();
    const { points, preset, dataset, changes, split, seed } = setup;
    const of = JSON.stringify({ points, preset, dataset, changes, split, seed, step, folds });
    const by = entrant === null ? null : { entrant, optimizer: entrants[entrant].optimizer, name: entrantNames(state.setup.get(), state.catalog)[entrant] };
    const trained = entrant === null ? { setup } : { setup: { ...setup, noise, entrants: [withoutAppearance(entrants[entrant])] }, entrant: 0 };
    const answer = await newest({ type: "validate", ...trained, step, folds, degrees: DEGREES, lambdas: LAMBDAS }).catch(failed);
    if (!answer) return;
    const { event: { best, test }, arrays } = answer;
    const [mean, spread, diverged] = [rows(arrays.mean), rows(arrays.spread), rows(arrays.diverged)];
    /** @type {Validated} */
    const shown = { degrees: DEGREES, lambdas: LAMBDAS, folds, mean, spread, diverged, best, test, by, of };
    state.validated.update((old) => ({ shown, rival: rivalOf(shown, old) }));
  };
}

/**
 * What may stand beside a curve: that of the other way, where it is of the same points and folds.
 *
 * @param {Validated} shown
 * @param {Validations} old
 */
export function rivalOf(shown, old) {
  const other = [old.shown, old.rival].find((each) => each && (each.by === null) !== (shown.by === null));
  return other?.of === shown.of ? other : null;
}
