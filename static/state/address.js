// @ts-check
/**
 * Keeps the address of the page and the setup the same. A setup that is too long for an address is kept beside it, in
 * the browser's history: it outlives a reload, but no link can carry it.
 *
 * @import { Catalog, Readable, Setup, State } from './types.js'
 */

/** Characters that mail, chats and servers on the way still carry. */
export const LONGEST = 16_000;

const PAUSE = 300; // ms between writes: browsers refuse a history that changes with every movement of the hand

/**
 * @template {Setup} S
 * @typedef {{written: (setup: S) => string, read: (fragment: string, catalog: Catalog) => {setup: S, faults: string[]}}} Links
 */

/** What the page was opened with. */
export const opened = () => /** @type {string} */ (history.state?.fragment ?? location.hash);

/**
 * @template {Setup} S
 * @param {Pick<State, "catalog" | "faults"> & {setup: Readable<S>}} state
 * @param {{loadSetup: (setup: S) => void}} actions
 * @param {Links<S>} links
 * @returns {() => void} undo
 */
export function address(state, actions, { read, written }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let first = true;
  let shown = location.hash;

  function write() {
    timer = undefined;
    const fragment = `#${written(state.setup.get())}`;
    if (fragment === shown) return;
    if (fragment.length <= LONGEST) history.replaceState(null, "", fragment);
    else history.replaceState({ fragment }, "", location.pathname + location.search);
    shown = location.hash;
  }

  function follow() {
    if (location.hash === shown) return;
    shown = location.hash;
    clearTimeout(timer);
    timer = undefined;
    const { setup, faults } = read(location.hash, state.catalog);
    actions.loadSetup(setup);
    state.faults.set(faults);
  }

  const stop = state.setup.subscribe(() => {
    if (!first) timer ??= setTimeout(write, PAUSE);
    first = false; // the page was opened with this very setup
  });
  addEventListener("hashchange", follow);

  return () => {
    clearTimeout(timer);
    stop();
    removeEventListener("hashchange", follow);
  };
}
