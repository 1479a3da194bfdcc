// @ts-check
/**
 * What a person can do with a race on a surface, beside what actions.js has for every page.
 *
 * @import { Point, SurfaceActions, SurfaceSetup, SurfaceState } from '../types.js'
 * @import { Player } from '../playback.js'
 */
import { actionsOn, editsOf, replace } from "../actions.js";
import * as edit from "./setup.js";

/**
 * @param {SurfaceState} state
 * @param {Player} player
 * @param {{expression: (text: string) => void, tune: () => void}} ask what only the server can answer
 * @returns {SurfaceActions}
 */
export function surfaceActions(state, player, { expression, tune }) {
  const { catalog, setup } = state;
  const suggested = () => edit.surfaceOf(catalog, setup.get().surface)?.entrants ?? [];

  /** @param {SurfaceSetup} next */
  function load(next) {
    replace(state, player, next);
    state.window.set(next.window ?? state.ground.get().window);
  }

  return {
    ...actionsOn(state, player, { suggested, tune }),
    moveStart: editsOf(setup)(edit.withStart),
    setSurface(key) {
      const item = edit.surfaceOf(catalog, key);
      if (item) load(edit.withSurface(setup.get(), item));
    },
    setExpression: expression,
    setParameter: editsOf(setup)((old, /** @type {string} */ name, /** @type {number} */ value) => edit.withParameter(old, name, { value })),
    setParameterRange: editsOf(setup)((old, /** @type {string} */ name, /** @type {Point} */ range) => edit.withParameter(old, name, { range })),
    loadScene(key) {
      const scene = catalog.scenes.find((each) => each.key === key);
      if (scene) load(scene.whole);
    },
    loadSetup: load,
    setDomain(window) {
      state.window.set(window);
      setup.update((old) => edit.withWindow(old, window));
    },
    resetWindow() {
      const { expression: typed, window } = setup.get();
      state.window.set((typed !== undefined && window) || state.ground.get().window);
    },
  };
}
