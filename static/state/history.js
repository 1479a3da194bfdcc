// @ts-check
/**
 * Undo and redo of what happens to the points. Knobs, model and entrants stay as they are: only the points, and the
 * data changes on the way, go back and forth.
 *
 * @import { Change, Point, Reach, Readable, RegressionSetup, Writable } from './types.js'
 *
 * @typedef {{points?: Point[], preset?: string, changes: Change[]}} Snapshot
 */
import { movesData } from "./points.js";
import { writable } from "./store.js";

/**
 * Follows a setup. What happens between `begin` and `end` (one drag) is one entry. While a table of real data is shown,
 * nothing is noted and nothing undone: there is nothing drawn in it.
 *
 * @param {Writable<RegressionSetup>} store
 * @param {number} [size] entries kept
 */
export function history(store, size = 200) {
  /** @type {Snapshot[]} */
  let before = [];
  /** @type {Snapshot[]} */
  let after = [];
  let now = snapshot(store.get());
  let held = false;
  let noted = false; // an entry for what is held has been made
  const reach = writable(/** @type {Reach} */ ({ undo: false, redo: false }));

  function tell() {
    const drawn = store.get().dataset === undefined;
    const next = { undo: drawn && before.length > 0, redo: drawn && after.length > 0 };
    const last = reach.get();
    if (next.undo !== last.undo || next.redo !== last.redo) reach.set(next);
  }

  const stop = store.subscribe((setup) => {
    const next = snapshot(setup);
    if (setup.dataset === undefined && !same(next, now)) {
      if (!held || !noted) before = [...before, now].slice(-size);
      noted = held;
      after = [];
      now = next;
    }
    tell();
  });

  /** @param {Snapshot[]} from @param {Snapshot[]} to */
  function travel(from, to) {
    const there = from.at(-1);
    if (held || !there || store.get().dataset !== undefined) return;
    from.pop();
    to.push(now);
    now = there;
    store.update((setup) => restored(setup, there));
    tell();
  }

  return {
    /** @type {Readable<Reach>} */
    reach,
    begin() {
      held = true;
      noted = false;
    },
    end() {
      if (noted && same(before[before.length - 1], now)) before.pop(); // back where it was: nothing to undo
      held = noted = false;
      tell();
    },
    undo: () => travel(before, after),
    redo: () => travel(after, before),
    close: stop,
  };
}

/** @param {RegressionSetup} setup @returns {Snapshot} */
const snapshot = ({ points, preset, changes }) => ({ points, preset, changes: changes.filter(movesData) });

/** @param {Snapshot} a @param {Snapshot} b */
const same = (a, b) =>
  a.preset === b.preset &&
  (a.points === b.points || JSON.stringify(a.points) === JSON.stringify(b.points)) &&
  JSON.stringify(a.changes) === JSON.stringify(b.changes);

/** @param {RegressionSetup} setup @param {Snapshot} snapshot @returns {RegressionSetup} */
function restored(setup, { points, preset, changes }) {
  const { points: _, preset: __, ...rest } = setup;
  return {
    ...rest,
    ...(points ? { points } : {}),
    ...(preset === undefined ? {} : { preset }),
    changes: [...setup.changes.filter((change) => !movesData(change)), ...changes].sort((a, b) => a.at - b.at),
  };
}
