// @ts-check
/**
 * Map, 3-D, or both where the page offers that: at first both if the screen has room for them side by side.
 *
 * @import { State } from '../../state/types.js'
 */
import { on, together } from "./dom.js";

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @returns {() => void} undo
 */
export function viewSwitch(element, state) {
  const views = /** @type {HTMLElement} */ (document.getElementById("views"));
  const buttons = [...element.querySelectorAll("button")];
  const narrow = matchMedia("(width < 700px)"); // one view at a time; race.css hides the button
  const roomy = matchMedia("(width >= 1100px)").matches;
  if (roomy && buttons.some(({ dataset }) => dataset.view === "both")) state.view.update((view) => ({ ...view, surface: true }));

  function oneOnly() {
    if (narrow.matches && state.view.get().map) state.view.update((view) => ({ ...view, surface: false }));
  }

  return together([
    state.view.subscribe(({ map, surface }) => {
      const shown = map && surface ? "both" : surface ? "surface" : "map";
      views.dataset.shown = shown;
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.view === shown));
    }),
    on(narrow, "change", oneOnly),
    on(element, "click", ({ target }) => {
      const chosen = target instanceof Element ? target.closest("button")?.dataset.view : undefined;
      if (!chosen) return;
      state.view.update((view) => ({ ...view, map: chosen !== "surface", surface: chosen !== "map" }));
    }),
  ]);
}
