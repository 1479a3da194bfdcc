// What a regression adds to its map, below the trails: the surface of the mini-batch at the playhead as a ghost over the
// full one, and the best of the random tries.

import { traceLevels } from '../canvas/contour-lines.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { addLayer, clipTo } from '../canvas/layer.js';
import { inPlane } from '../../state/regression/section.js';
import { levels, relief } from './relief.js';

const EVERY = 2; // of the map's levels, as lines of the ghost
const ARM = 6; // pixels of the mark of the best try

/**
 * @param {import('../../state/types.js').RegressionState} state
 * @param {number} count of the map's contour lines
 * @returns {import('./contour.js').MoreLayers}
 */
export const regressionLayer = (state, count) => (element, plane, paletteNow) => {
  const layer = addLayer(element, 'regression');

  function paint() {
    const shown = plane.get();
    layer.fit(element.clientWidth, element.clientHeight);
    layer.clear();
    if (!shown) return;
    const { context: c } = layer;
    const palette = paletteNow();
    c.save();
    clipTo(c, shown.box);
    const [map, ghost] = [state.map.get(), state.ghost.get()];
    if (map && ghost) {
      const ground = relief(map);
      const heights = ghost.loss.map((loss) => ground.height(loss));
      c.beginPath();
      traceLevels(c, ghost, heights, levels(ground, count).filter((_, i) => i % EVERY === 0), shown);
      c.globalAlpha = 0.75;
      c.lineWidth = 1.3;
      c.setLineDash([5, 4]);
      c.strokeStyle = palette.accent;
      c.stroke();
      c.setLineDash([]);
      c.globalAlpha = 1;
    }
    paintBest(c, shown, palette);
    c.restore();
  }

  /** @param {CanvasRenderingContext2D} c @param {import('../canvas/plane.js').Plane} shown @param {import('../canvas/palette.js').Palette} palette */
  function paintBest(c, shown, palette) {
    const [tried, fit] = [state.tried.get(), state.fit.get()];
    if (!tried || fit?.dim !== tried.best.length) return;
    const [x, y] = shown.toPixel(...inPlane(fit.plane, tried.best));
    c.lineCap = 'round';
    for (const [style, width] of /** @type {[string, number][]} */ ([[palette.card, 5], [palette.muted, 2]])) {
      c.beginPath();
      c.moveTo(x - ARM, y);
      c.lineTo(x + ARM, y);
      c.moveTo(x, y - ARM);
      c.lineTo(x, y + ARM);
      c.lineWidth = width;
      c.strokeStyle = style;
      c.stroke();
    }
  }

  const frame = painter(paint);
  const undo = onChange([plane, state.map, state.ghost, state.tried, state.fit, state.theme], frame.dirty);
  return () => {
    undo();
    frame.stop();
    layer.canvas.remove();
  };
};
