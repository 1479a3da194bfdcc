// @ts-check
/**
 * Questions about the training at the playhead, asked as long as somebody looks at the answer.
 *
 * @import { Readable } from '../types.js'
 * @import { About, AboutTraining, NetworkState } from './types.js'
 * @import { Answer, Asked } from '../../net/socket.js'
 */
import { newestWins } from "../../net/socket.js";
import { overtaken, recordShown } from "./training-view.js";
import { spaced } from "../running/questions.js";
import { writable } from "../store.js";

const PLAYING = 100; // ms between two questions while it plays
const MOVING = 25; // and while the hand moves

/**
 * The newest answer to a question, one of which is out at a time. It is kept while the panel is closed.
 *
 * @template {AboutTraining} K
 * @param {NetworkState} state
 * @param {About} about
 * @param {(error: any) => void} failed
 * @param {string} panel of the sheet
 * @param {() => (Partial<Asked<K>> & {type: K}) | null} question null: there is nothing to be asked
 * @param {Readable<any>[]} [sources] what it depends on, besides run, playhead and the chosen entrant
 * @returns {Readable<Answer<K> | null>}
 */
export function answering(state, about, failed, panel, question, sources = []) {
  const found = writable(/** @type {Answer<K> | null} */ (null));
  const newest = newestWins(/** @param {Partial<Asked<K>> & {type: K}} asked */ (asked) => about(asked.type, asked));
  let wanted = "";

  /** What is to be asked, and by which text it is known; null for nothing. */
  function next() {
    const { id, rewritten, network } = state.run.get();
    const step = recordShown(state);
    if (state.inside.get() !== panel || !network || step < 0) return null;
    const entrant = Math.min(state.chosen.get(), state.run.get().entrants - 1);
    const asked = question();
    return asked && { key: JSON.stringify([id, rewritten, step, entrant, asked]), fields: { entrant, step, ...asked } };
  }

  const look = spaced(
    async () => {
      const now = next();
      if (!now || now.key === wanted) return;
      wanted = now.key;
      const answer = await newest(now.fields).catch((error) => void (overtaken(error) || failed(error)));
      if (answer) found.set(answer);
    },
    () => (state.playhead.get().playing ? PLAYING : MOVING),
  );
  for (const store of /** @type {Readable<any>[]} */ ([state.run, state.playhead, state.chosen, state.inside, ...sources])) {
    store.subscribe(() => next() && look());
  }
  return found;
}
