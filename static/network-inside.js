// @ts-check
/**
 * What the page of networks has beside its race: the loss surface, and the sheet "look inside". Joins their questions to
 * the server, and their views and controls to the page.
 *
 * @import { About, NetworkActions, NetworkState } from './state/network-types.js'
 */
import { planePicker } from "./controls/plane-picker.js";
import { $, onScreen } from "./page.js";
import { onPlane, planing } from "./state/planing.js";
import { contourView } from "./views/contour.js";
import { startMark } from "./views/start-mark.js";
import { surfaceView } from "./views/surface3d.js";

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
