// @ts-check
/**
 * Map, 3-D, or both.
 *
 * @import { State } from '../state/types.js'
 */
import { on, together } from "./parts.js";

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @returns {() => void} undo
 */
export function viewSwitch(element, state) {
  const views = /** @type {HTMLElement} */ (document.getElementById("views"));
  const buttons = [...element.querySelectorAll("button")];

  return together([
    state.view.subscribe(({ map, surface }) => {
      const shown = map && surface ? "both" : surface ? "surface" : "map";
      views.dataset.shown = shown;
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.view === shown));
    }),
    on(element, "click", ({ target }) => {
      const chosen = target instanceof Element ? target.closest("button")?.dataset.view : undefined;
      if (!chosen) return;
      state.view.update((view) => ({ ...view, map: chosen !== "surface", surface: chosen !== "map" }));
    }),
  ]);
}
