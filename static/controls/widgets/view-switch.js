// @ts-check
/**
 * Map, 3-D, or both where the page offers that: at first both if the screen has room for them side by side. Where the
 * browser cannot draw in 3-D the map alone, and why.
 *
 * @import { State } from '../../state/types.js'
 */
import { drawsDepth, whenIdle } from "../../plot.js";
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
  const why = views.querySelector('[data-part="depth-note"]');
  const look = () => void (drawsDepth() || state.view.update((view) => ({ ...view, map: true, surface: false, depth: false })));
  if (roomy) look();
  else whenIdle(look); // it takes a moment, and nobody waits for it
  if (roomy && state.view.get().depth && buttons.some(({ dataset }) => dataset.view === "both")) state.view.update((view) => ({ ...view, surface: true }));

  function oneOnly() {
    if (narrow.matches && state.view.get().map) state.view.update((view) => ({ ...view, surface: false }));
  }

  return together([
    state.view.subscribe(({ map, surface, depth }) => {
      const shown = map && surface ? "both" : surface ? "surface" : "map";
      views.dataset.shown = shown;
      for (const button of buttons) {
        button.setAttribute("aria-pressed", String(button.dataset.view === shown));
        button.disabled = !depth && button.dataset.view !== "map";
      }
      if (why instanceof HTMLElement) why.hidden = depth;
    }),
    on(narrow, "change", oneOnly),
    on(element, "click", ({ target }) => {
      const chosen = target instanceof Element ? target.closest("button")?.dataset.view : undefined;
      if (!chosen) return;
      state.view.update((view) => ({ ...view, map: chosen !== "surface", surface: chosen !== "map" }));
    }),
  ]);
}
