// @ts-check
/**
 * Undo and redo. A page says what an act is, and how it is taken back in the setup of that moment: what an act did not
 * change (knobs turned since, say) stays as it is.
 *
 * @import { Reach, Readable, Writable } from './types.js'
 */
import { writable } from "./store.js";

/**
 * @template S
 * @typedef {{back: (setup: S) => S, forth: (setup: S) => S}} Act  takes it back in the setup there is, and does it again
 */

/**
 * Follows a setup. What happens between `begin` and `end` (one drag, one stroke) is one act.
 *
 * @template S
 * @param {Writable<S>} store
 * @param {(before: S, after: S) => Act<S> | null} acted what has been done; null: nothing that could be undone
 * @param {{open?: (setup: S) => boolean, size?: number}} [more] `open`: while it is false nothing is noted and nothing
 *   undone; `size`: acts kept
 */
export function history(store, acted, { open = () => true, size = 200 } = {}) {
  /** @type {Act<S>[]} */
  let done = [];
  /** @type {Act<S>[]} */
  let undone = [];
  let now = store.get(); // the last one that was open
  let held = /** @type {S | null} */ (null); // what was there when the hand took hold
  let travels = false;
  const reach = writable(/** @type {Reach} */ ({ undo: false, redo: false }));

  function tell() {
    const here = open(store.get());
    const next = { undo: here && done.length > 0, redo: here && undone.length > 0 };
    const last = reach.get();
    if (next.undo !== last.undo || next.redo !== last.redo) reach.set(next);
  }

  /** @param {S} before */
  function note(before) {
    const act = acted(before, now);
    if (!act) return;
    done = [...done, act].slice(-size);
    undone = [];
  }

  const stop = store.subscribe((setup) => {
    if (open(setup)) {
      const before = now;
      now = setup;
      if (!travels && held === null) note(before);
    }
    tell();
  });

  /** @param {Act<S>[]} from @param {Act<S>[]} to @param {"back" | "forth"} way */
  function travel(from, to, way) {
    const act = from.at(-1);
    if (held !== null || !act || !open(store.get())) return;
    from.pop();
    to.push(act);
    travels = true;
    store.update(act[way]);
    travels = false;
    tell();
  }

  return {
    /** @type {Readable<Reach>} */
    reach,
    begin: () => void (held ??= now),
    end() {
      if (held === null) return;
      const before = held;
      held = null;
      note(before);
      tell();
    },
    undo: () => travel(done, undone, "back"),
    redo: () => travel(undone, done, "forth"),
    close: stop,
  };
}
