// @ts-check
/**
 * Undo and redo of a setup. A setup is one value and holds all that can be set, so that the setups that there were are
 * all that is kept: one of them comes back whole.
 *
 * @import { Reach, Readable, Writable } from './types.js'
 */
import { writable } from "./store.js";

const TURN = 1000; // ms: a key that turns the same thing again sooner goes on with the same act

/**
 * @template S
 * @typedef {{reach: Readable<Reach>, begin: () => void, end: () => void, undo: () => void, redo: () => void,
 *   amend: (change: () => void) => void, forget: () => void, close: () => void}} History  what happens between `begin` and
 *   `end` (one drag, one stroke) is one act; `amend` makes a change that is part of the act before it, and no act if it takes
 *   that back; `forget` begins anew
 */

/**
 * Follows a setup.
 *
 * @template S
 * @param {Writable<S>} store
 * @param {{of?: (setup: S) => unknown, onto?: (past: S, now: S) => S, travelled?: (before: S, after: S) => void, size?: number,
 *   clock?: () => number}} [more] `of`: what of a setup is noted (the part of a map that is on show is none of it); `onto`:
 *   what is shown for a setup that comes back, given the one that is there; `travelled`: hears of it; `size`: acts kept
 * @returns {History<S>}
 */
export function history(store, { of = (setup) => setup, onto = (past) => past, travelled, size = 200, clock = () => performance.now() } = {}) {
  /** @type {S[]} what was there before each act */
  let done = [];
  /** @type {S[]} */
  let undone = [];
  let now = store.get();
  let held = /** @type {S | null} */ (null); // what was there when the hand took hold
  let still = false; // the change under way is no act of its own
  let turned = { place: /** @type {string | null} */ (null), time: -Infinity };
  const reach = writable(/** @type {Reach} */ ({ undo: false, redo: false }));

  function tell() {
    const next = { undo: done.length > 0, redo: undone.length > 0 };
    const last = reach.get();
    if (next.undo !== last.undo || next.redo !== last.redo) reach.set(next);
  }

  /** @param {S} before @param {boolean} whole an act that is over, with which no other goes on */
  function note(before, whole) {
    const found = difference(of(before), of(now));
    if (!found) return;
    const place = found.turned && !whole ? found.place : null;
    const goesOn = place !== null && place === turned.place && clock() - turned.time < TURN && undone.length === 0;
    if (!goesOn) done = [...done, before].slice(-size);
    undone = [];
    turned = { place, time: clock() };
    tell();
  }

  const stop = store.subscribe((setup) => {
    const before = now;
    now = setup;
    if (!still && held === null) note(before, false);
  });

  /** @param {() => void} change */
  function quietly(change) {
    still = true;
    try {
      change();
    } finally {
      still = false;
      turned = { place: null, time: -Infinity };
    }
  }

  /** @param {S[]} from @param {S[]} to */
  function travel(from, to) {
    if (held !== null && difference(of(held), of(now))) return; // the hand is at it
    const past = from.pop();
    if (past === undefined) return;
    held = null;
    const before = now;
    to.push(before);
    quietly(() => store.set(onto(past, before)));
    tell();
    travelled?.(before, now);
  }

  return {
    reach,
    begin: () => void (held ??= now),
    end() {
      if (held === null) return;
      const before = held;
      held = null;
      note(before, true);
    },
    undo: () => travel(done, undone),
    redo: () => travel(undone, done),
    amend(change) {
      quietly(change);
      const last = done.at(-1);
      if (last !== undefined && !difference(of(last), of(now))) done.pop();
      tell();
    },
    forget() {
      [done, undone, held] = [[], [], null];
      tell();
    },
    close: stop,
  };
}

/**
 * Where two setups differ: the innermost place that holds all of it. `turned`: only numbers or words there are others, as
 * when a knob is turned on and on; nothing has come and nothing has gone.
 *
 * @param {unknown} a
 * @param {unknown} b
 * @param {string} [place]
 * @returns {{place: string, turned: boolean} | null} null where there is no difference
 */
export function difference(a, b, place = "") {
  if (Object.is(a, b)) return null;
  if (!isBranch(a) || !isBranch(b) || Array.isArray(a) !== Array.isArray(b)) return { place, turned: isLeaf(a) && isLeaf(b) };
  if (place === "changes/") return ofChanges(/** @type {any} */ (a), /** @type {any} */ (b));
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  const found = [...names].flatMap((name) => difference(a[name], b[name], `${place}${name}/`) ?? []);
  if (found.length === 0) return null;
  const grown = Array.isArray(a) && a.length !== b.length;
  return found.length === 1 && !grown ? found[0] : { place, turned: !grown && found.every(({ turned }) => turned) };
}

/** A knob that is turned on the way: the first turn makes the change, and more of them change it. @param {any[]} a @param {any[]} b */
function ofChanges(a, b) {
  const texts = [a, b].map((list) => list.map((each) => JSON.stringify(each)));
  const others = [a, b].flatMap((list, i) => list.filter((_, k) => !texts[1 - i].includes(texts[i][k])));
  if (others.length === 0) return texts[0].join() === texts[1].join() ? null : { place: "changes/", turned: false };
  const places = new Set(others.map(({ value, to, ...what }) => JSON.stringify(what)));
  const knob = places.size === 1 && others.every(({ value }) => value !== undefined) && b.length >= a.length;
  return { place: knob ? `changes/${[...places][0]}` : "changes/", turned: knob };
}

/** @param {unknown} value @returns {value is {[name: string]: unknown, length: number}} */
const isBranch = (value) => typeof value === "object" && value !== null;

/** @param {unknown} value */
const isLeaf = (value) => value === undefined || typeof value === "number" || typeof value === "string";
