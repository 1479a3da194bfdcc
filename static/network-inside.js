// @ts-check
/**
 * What the page of networks has beside its race: the loss surface, and the sheet "look inside". Joins their questions to
 * the server, and their views and controls to the page.
 *
 * @import { Readable } from './state/types.js'
 * @import { About, NetworkActions, NetworkState } from './state/network-types.js'
 */
import { planePicker } from "./controls/plane-picker.js";
import { $ } from "./page.js";
import { onPlane, planing } from "./state/planing.js";
import { writable } from "./state/store.js";
import { contourView } from "./views/contour.js";
import { startMark } from "./views/start-mark.js";
import { surfaceView } from "./views/surface3d.js";

/** Whether an element is on screen, or nearly so. @param {HTMLElement} element @returns {Readable<boolean>} */
function onScreen(element) {
  const seen = writable(false);
  new IntersectionObserver(([{ isIntersecting }]) => seen.set(isIntersecting), { rootMargin: "200px" }).observe(element);
  return seen;
}

/**
 * @param {NetworkState} state
 * @param {NetworkActions} actions
 * @param {About} about
 * @param {(error: any) => void} failed
 */
export function lossSurface(state, actions, about, failed) {
  const card = $("loss-surface");
  const { window, setWindow, resetWindow } = planing(state, about, failed, onScreen(card));
  const shown = onPlane(state, window);
  planePicker(card, state);
  contourView($("map"), shown, { ...actions, moveStart: () => {}, setWindow, resetWindow }, undefined, startMark);
  surfaceView($("surface"), shown);
}
