// The data plane: points to be drawn and moved, and the curve of every entrant among them. Everything follows one
// `plane`, which says which window lies over which pixels.

import { watchSize } from '../../plot.js';
import { writable } from '../../state/store.js';
import { margins } from '../map/contour-figure.js';
import { curveOf } from './curve.js';
import { dataEditing } from './editing.js';
import { describePoint } from './hints.js';
import { dataPicture } from './picture.js';
import { dataWindow } from './window.js';
import { lineHandles } from './line-handles.js';
import { Plane } from '../canvas/plane.js';
import { readout } from '../canvas/readout.js';

const LEAST = 40; // pixels: a narrower element is not to be seen

/**
 * @typedef {object} Scene what the parts of the data plane share
 * @property {import('../../state/types.js').Writable<Plane | null>} plane
 * @property {() => import('./curve.js').Curve | null} curve of the model in force; null when there is none to draw
 * @property {HTMLElement} hand covers the plane and takes pointers and keys
 * @property {import('../../state/types.js').Writable<number | null>} active the point under the arrow keys
 * @property {import('../../state/types.js').Writable<[number, number] | null>} cursor where the arrow keys are between the points
 * @property {import('../../state/types.js').Writable<import('./lasso.js').Loop>} loop being drawn
 */

/**
 * @param {HTMLElement} element with data-part="hand" and "said" in it; its data attributes hold the words
 * @param {import('../../state/types.js').RegressionState} state
 * @param {import('../../state/types.js').RegressionActions} actions
 * @returns {() => void} undo
 */
export function dataPlaneView(element, state, actions) {
  const frame = dataWindow(state.data.get().points);
  let size = { width: 0, height: 0 };
  /** @type {{of: unknown, curve: import('./curve.js').Curve | null}} */
  let known = { of: null, curve: null };

  /** @type {Scene} */
  const scene = {
    plane: writable(/** @type {Plane | null} */ (null)),
    curve() {
      const fit = state.fit.get();
      if (known.of !== fit) known = { of: fit, curve: fit && curveOf(fit) };
      return known.curve;
    },
    hand: /** @type {HTMLElement} */ (element.querySelector('[data-part="hand"]')),
    active: writable(/** @type {number | null} */ (null)),
    cursor: writable(/** @type {[number, number] | null} */ (null)),
    loop: writable(/** @type {import('./lasso.js').Loop} */ ([])),
  };

  function lay() {
    if (size.width < LEAST) return;
    const { l, r, t, b } = margins(size.width);
    const box = { left: l, top: t, width: Math.max(1, size.width - l - r), height: Math.max(1, size.height - t - b) };
    scene.plane.set(new Plane(frame.shown.get(), box));
  }

  const undos = [
    watchSize(element, (width, height) => {
      size = { width, height };
      lay();
    }),
    frame.shown.subscribe(lay),
    dataPicture(element, state, scene),
    dataEditing(element, state, actions, scene, frame.follow),
    lineHandles(element, state, actions, scene),
    readout(element, (left, top) => describePoint(element, state, scene.plane.get(), left, top)),
    frame.stop,
  ];
  return () => undos.forEach((undo) => undo());
}
