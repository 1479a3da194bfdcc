// @ts-check
/**
 * Keeps the address of the page and the setup the same.
 *
 * @import { Actions, State } from './types.js'
 */
import { read, written } from "./permalink.js";

const PAUSE = 300; // ms between writes: browsers refuse a history that changes with every movement of the hand

/**
 * @param {State} state
 * @param {Actions} actions
 * @returns {() => void} undo
 */
export function address(state, actions) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let first = true;
  let shown = location.hash;

  function write() {
    timer = undefined;
    const fragment = `#${written(state.setup.get())}`;
    if (fragment === shown) return;
    history.replaceState(history.state, "", fragment);
    shown = location.hash;
  }

  function follow() {
    if (location.hash === shown) return;
    shown = location.hash;
    clearTimeout(timer);
    timer = undefined;
    const { setup, faults } = read(location.hash, state.catalog);
    actions.loadSetup(setup);
    state.notice.set(faults);
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
