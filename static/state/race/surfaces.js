// @ts-check
/**
 * The surface under the race: one of the list, or a typed formula that the server has understood.
 *
 * @import { Catalog, Ground, SurfaceSetup, SurfaceState, Writable } from '../types.js'
 *
 * @import { FormulaEvent } from '../../net/messages.js'
 * @import { Ask } from '../../net/socket.js'
 * @import { Player } from '../playback.js'
 *
 * @typedef {Omit<FormulaEvent, "id" | "type"> & {expression: string}} Typed  a formula that the server has understood
 */
import { newestWins } from "../../net/socket.js";
import { withExpression } from "./setup.js";

const TOGETHER = 60; // ms that a formula waits for its race and its map, to be shown with them
const STILL = 100; // ms that the old race stands still, to leave the frame to the new one

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The surface of a setup, as a question for its map names it.
 *
 * @param {SurfaceSetup} setup
 * @returns {Pick<SurfaceSetup, "surface" | "expression" | "parameters">}
 */
export const surfaceIn = ({ surface, expression, parameters }) =>
  expression === undefined ? { surface } : { expression, ...(parameters && { parameters }) };

/** Whether what is known of a formula is known of these numbers for its letters. @param {Typed | null} typed @param {SurfaceSetup} setup */
const isOf = (typed, { expression, parameters }) =>
  typed?.expression === expression && typed?.parameters.every(({ name, value }) => parameters?.some((each) => each.name === name && each.value === value));

/** The surface in force. @param {Catalog} catalog @param {SurfaceSetup} setup @param {Typed | null} typed @returns {Ground} */
export function groundOf(catalog, setup, typed) {
  const named = catalog.surfaces.find(({ key }) => key === setup.surface);
  if (named) return named;
  const expression = setup.expression ?? "";
  const known = typed?.expression === expression ? typed : null;
  const plain = { mathml: "", window: setup.window ?? [[-3, 3], [-3, 3]], start: setup.start, minima: [], saddles: [] };
  return { ...plain, ...known, name: expression, formula: expression, axes: ["x", "y"], teaches: "" };
}

/**
 * What can be asked for before its setup is there: `ask` waits for the answers, and `arrive` says that the setup has come, or
 * will not.
 *
 * @typedef {{ask: (setup: SurfaceSetup) => Promise<unknown>, arrive: () => void}} Ahead
 */

/**
 * A formula as it is typed: once the server has understood it, it is the surface of the race.
 *
 * Its race and its map need not wait for word of it: they are asked for in the setup that it will be in if it is in order
 * and its letters are those of the one before. All three come on the page at once, in one frame, unless that takes long.
 *
 * @param {SurfaceState} state
 * @param {Ask} ask
 * @param {Writable<Typed | null>} typed
 * @param {Pick<Player, "hold" | "restart">} clock begins anew when the race has left a named surface
 * @param {Ahead} ahead
 */
export function typing(state, ask, typed, clock, ahead) {
  /** Never fails: what is wrong is told. @param {string} expression */
  async function show(expression) {
    const told = ask({ type: "formula", expression });
    const now = state.setup.get();
    const parameters = /** @type {{name: string, value: number}[]} */ (now.parameters ?? []);
    const next = withExpression(now, expression, { parameters, start: now.start });
    const early = now.surface === undefined ? ahead.ask(next) : null;
    try {
      const { event } = await told;
      await Promise.race([early, pause(TOGETHER)]);
      const before = state.setup.get();
      typed.set({ ...event, expression });
      state.problem.set(null);
      state.setup.set(withExpression(before, expression, event));
      if (before.surface === undefined) return;
      state.window.set(event.window);
      clock.restart();
    } catch (error) {
      const { message, code, position } = /** @type {import('../../net/socket.js').Refusal} */ (error);
      state.problem.set({ field: "expression", message, code, position: position ?? null });
    } finally {
      ahead.arrive();
    }
  }

  return newestWins(
    /** @param {string} expression */ (expression) => {
      const shown = show(expression);
      void clock.hold(Promise.race([shown, pause(STILL)]));
      return shown;
    },
  );
}

/**
 * What the server knows of a formula that came with a link, not with the keyboard, or whose letters stand for other
 * numbers now.
 *
 * @param {SurfaceState} state
 * @param {Ask} ask
 * @param {Writable<Typed | null>} typed
 */
export function understanding(state, ask, typed) {
  const newest = newestWins(
    /** @param {SurfaceSetup} setup */ async (setup) => {
      const { expression = "", parameters } = setup;
      return { expression, ...(await ask({ type: "formula", expression, ...(parameters && { parameters }) })) };
    },
  );

  return state.setup.subscribe(async (setup) => {
    const before = typed.get();
    if (setup.expression === undefined || isOf(before, setup)) return;
    // A formula that is refused: the race in this setup is refused for the same reason, and says so.
    const answer = await newest(setup).catch(() => null);
    if (!answer || state.setup.get().expression !== answer.expression) return;
    typed.set({ ...answer.event, expression: answer.expression });
    if (!setup.window && before?.expression !== answer.expression) state.window.set(answer.event.window);
  });
}
