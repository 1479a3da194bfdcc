// @ts-check
/**
 * The surface under the race: one of the list, or a typed formula that the server has understood.
 *
 * @import { Catalog, Critical, Ground, Point, SurfaceSetup, SurfaceState, Window, Writable } from '../types.js'
 *
 * @import { Ask } from '../../net/socket.js'
 *
 * @typedef {{expression: string, mathml: string, window: Window, start: Point, minima: Critical[],
 *   saddles: Critical[]}} Typed  a formula that the server has understood
 */
import { newestWins } from "../../net/socket.js";
import { withExpression } from "./setup.js";

/** The surface of a setup, as a question for its map names it. @param {SurfaceSetup} setup */
export const surfaceIn = ({ surface, expression }) => (expression === undefined ? { surface } : { expression });

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
 * A formula as it is typed: once the server has understood it, it is the surface of the race.
 *
 * @param {SurfaceState} state
 * @param {Ask} ask
 * @param {Writable<Typed | null>} typed
 * @param {() => void} arrived called when the race has left a named surface
 */
export function typing(state, ask, typed, arrived) {
  const newest = newestWins(
    /** @param {string} expression */ async (expression) => ({
      expression,
      ...(await ask({ type: "formula", expression })),
    }),
  );

  /** @param {string} text */
  return async (text) => {
    try {
      const answer = await newest(text);
      if (!answer) return;
      const { expression, event } = answer;
      const before = state.setup.get();
      typed.set({ ...event, expression });
      state.problem.set(null);
      state.setup.set(withExpression(before, expression, event));
      if (before.surface === undefined) return;
      state.window.set(event.window);
      arrived();
    } catch (error) {
      const { message, code, position } = /** @type {import('../../net/socket.js').Refusal} */ (error);
      state.problem.set({ field: "expression", message, code, position: position ?? null });
    }
  };
}
