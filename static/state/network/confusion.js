// @ts-check
/**
 * Who takes which class for which: followed at the playhead's record where the samples have more inputs than a plane, for
 * then there is no region to be drawn.
 *
 * @import { Readable } from '../types.js'
 * @import { About, Confused, NetworkState, SetName } from './types.js'
 * @import { Asked } from '../../net/socket.js'
 */
import { newestWins } from "../../net/socket.js";
import { overtaken, recordShown } from "./training-view.js";
import { spaced } from "../running/questions.js";

const PLAYING = 500; // ms between two questions while it plays: whole sets are gone through
const RESTING = 60;

/** The set that is shown: what was not learned from, where there is some. @param {readonly number[]} sets sizes @returns {SetName} */
export const setShown = (sets) => (sets[1] > 0 ? "validation" : "training");

/**
 * @param {NetworkState} state
 * @param {About} about
 * @param {(error: any) => void} failed
 * @param {Readable<boolean>} seen whether anybody looks
 */
export function confusionMatrices(state, about, failed, seen) {
  const newest = newestWins(/** @param {Partial<Asked<"confusion">>} fields */ (fields) => about("confusion", fields));
  let wanted = "";

  function next() {
    const { id, rewritten, network } = state.run.get();
    const step = recordShown(state);
    if (!seen.get() || !network || step < 0 || network.classes.length === 0 || network.dims[0] <= 2) return null;
    const set = setShown(network.sets);
    return { key: `${id} ${rewritten} ${step}`, fields: { race: id, step, set } };
  }

  const look = spaced(
    async () => {
      const now = next();
      if (!now || now.key === wanted) return;
      wanted = now.key;
      const answer = await newest(now.fields).catch((error) => {
        if (wanted === now.key) wanted = "";
        if (!overtaken(error)) failed(error);
      });
      if (!answer || state.run.get().id !== now.fields.race) return;
      const { step, set, accuracy } = answer.event;
      const { data, shape } = answer.arrays.counts;
      /** @type {Confused} */
      const confused = { race: now.fields.race, step, set, accuracy, counts: data, classes: shape[1] };
      state.confused.set(confused);
    },
    () => (state.playhead.get().playing ? PLAYING : RESTING),
  );
  for (const store of /** @type {Readable<any>[]} */ ([state.run, state.playhead, seen])) store.subscribe(() => next() && look());
}
