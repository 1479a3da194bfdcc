// @ts-check
/**
 * Keeps the address of the page and the setup the same. A setup that is too long for an address is kept beside it, in
 * the browser's history: it outlives a reload, but no link can carry it.
 *
 * The server writes the links. It is asked when things have settled: some time after the last change, and not while
 * a finger or a button of the mouse is down.
 *
 * @import { Link } from './links.js'
 * @import { Readable, Setup, State } from './types.js'
 */
import { LONGEST } from "./links.js";

const PAUSE = 300; // ms without a change

/**
 * @template {Setup} S
 * @param {Pick<State, "faults" | "notice"> & {setup: Readable<S>}} state
 * @param {{loadSetup: (setup: S) => void}} actions
 * @param {{link: Link, opened: () => Promise<{setup: S | null, faults: string[], notes: string[]}>}} ask the link of the setup on show; what
 *   the address opens, null where nobody can say
 * @returns {() => void} undo
 */
export function address(state, actions, { link, opened }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let edited = false; // since the page was opened
  let held = false; // the hand is on something
  let shown = location.hash;
  let turn = 0; // of the addresses that were followed

  function settle() {
    clearTimeout(timer);
    timer = held ? undefined : setTimeout(write, PAUSE);
  }

  async function write() {
    timer = undefined;
    const now = state.setup.get();
    const asked = turn;
    const text = await link.now().catch(() => null); // what cannot be written leaves the address as it is
    if (text === null || !edited || asked !== turn || state.setup.get() !== now) return;
    const fragment = `#${text}`;
    if (fragment === shown) return;
    if (fragment.length <= LONGEST) history.replaceState(null, "", fragment);
    else history.replaceState({ fragment }, "", location.pathname + location.search);
    shown = location.hash;
  }

  async function follow() {
    if (location.hash === shown) return;
    shown = location.hash;
    clearTimeout(timer);
    const mine = ++turn;
    const { setup, faults, notes } = await opened();
    if (mine !== turn) return;
    if (setup) actions.loadSetup(setup);
    state.faults.set(faults);
    if (notes.length > 0) state.notice.set(notes);
  }

  function hold() {
    held = true;
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
  }

  function release() {
    if (!held) return;
    held = false;
    if (link.known() === null) settle();
  }

  /** @param {PointerEvent} event */
  const hovers = ({ buttons }) => void (buttons === 0 && release()); // it was let go where we could not see it

  const begun = state.setup.get(); // the page was opened with this very setup: its address stays
  const stop = state.setup.subscribe((now) => {
    edited ||= now !== begun;
    settle();
  });

  const handlers = /** @type {[string, (event: any) => void][]} */ ([
    ["hashchange", follow],
    ["pointerdown", hold],
    ["pointerup", release],
    ["pointercancel", release],
    ["pointermove", hovers],
    ["blur", ({ target }) => void (target === window && release())],
  ]);
  for (const [name, hear] of handlers) addEventListener(name, hear, { capture: true, passive: true });

  return () => {
    clearTimeout(timer);
    stop();
    for (const [name, hear] of handlers) removeEventListener(name, hear, { capture: true });
  };
}
