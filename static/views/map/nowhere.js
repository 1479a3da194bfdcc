// Where there is no value: hatched, which no ground is. Plotly leaves such places out; what lies around them looks like
// ground all the more.

import { addLayer } from '../canvas/layer.js';

const SPACING = 9; // pixels from line to line of the hatching
const HELD = 0.9; // of the way to the nearest value: so far Plotly's contours reach

/**
 * @param {HTMLElement} element
 */
export function nowhereLayer(element) {
  const layer = addLayer(element, 'nowhere');
  const mask = document.createElement('canvas');
  let empty = true;

  return {
    /** @param {import('./relief.js').Grid} grid @param {number} defined its nodes with a value @param {import('../canvas/plane.js').Plane} plane @param {import('../canvas/palette.js').Palette} palette */
    paint(grid, defined, plane, palette) {
      layer.fit(element.clientWidth, element.clientHeight);
      if (!empty) layer.clear();
      empty = defined === grid.loss.length;
      layer.canvas.dataset.share = String(1 - defined / grid.loss.length);
      if (empty) return;
      const { left, top, width, height } = plane.box;
      const [wide, high] = [Math.max(1, Math.round(width)), Math.max(1, Math.round(height))];
      [mask.width, mask.height] = [wide, high];
      const context = /** @type {CanvasRenderingContext2D} */ (mask.getContext('2d'));
      const image = context.createImageData(wide, high);
      const pixels = new Uint32Array(image.data.buffer);
      const [x, y] = [axis(grid.x, wide, (pixel) => plane.toPoint(left + pixel, 0)[0]), axis(grid.y, high, (pixel) => plane.toPoint(0, top + pixel)[1])];
      const columns = grid.x.length;
      const held = (/** @type {number} */ at) => (Number.isFinite(grid.loss[at]) ? 1 : 0);
      for (let j = 0; j < high; j++) {
        for (let i = 0; i < wide; i++) {
          const at = y.cell[j] * columns + x.cell[i];
          if (!(at >= 0)) continue; // beyond the grid nothing is known
          const [u, v] = [x.part[i], y.part[j]];
          const share = (1 - v) * ((1 - u) * held(at) + u * held(at + 1)) + v * ((1 - u) * held(at + columns) + u * held(at + columns + 1));
          if (share < HELD) pixels[j * wide + i] = 0xff000000;
        }
      }
      context.putImageData(image, 0, 0);
      context.globalCompositeOperation = 'source-in';
      context.fillStyle = palette.card;
      context.fillRect(0, 0, wide, high);
      context.globalCompositeOperation = 'source-atop';
      context.beginPath();
      for (let k = -high; k < wide; k += SPACING) {
        context.moveTo(k, high);
        context.lineTo(k + high, 0);
      }
      context.strokeStyle = palette.edge;
      context.stroke();
      layer.context.drawImage(mask, left, top, width, height);
    },
    undo: () => layer.canvas.remove(),
  };
}

/**
 * In which cell of an axis each pixel lies (NaN: in none), and how far.
 * @param {Float64Array} nodes
 * @param {number} count pixels
 * @param {(pixel: number) => number} valueOf
 */
function axis(nodes, count, valueOf) {
  const cell = new Float64Array(count).fill(NaN);
  const part = new Float64Array(count);
  const last = nodes.length - 1;
  for (let k = 0; k < count; k++) {
    const place = ((valueOf(k + 0.5) - nodes[0]) / (nodes[last] - nodes[0])) * last;
    if (!(place >= 0 && place <= last)) continue;
    cell[k] = Math.min(last - 1, Math.floor(place));
    part[k] = place - cell[k];
  }
  return { cell, part };
}
