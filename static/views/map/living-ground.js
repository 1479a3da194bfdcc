// The ground while it changes under the hand: Plotly needs longer than a frame for its contours, so until it has drawn
// them the same bands and lines are painted here.

import { traceLevels } from '../canvas/contour-lines.js';
import { addLayer, clipTo } from '../canvas/layer.js';
import { levels } from './relief.js';

/**
 * @param {HTMLElement} element
 * @param {number} count of contour lines
 */
export function livingGround(element, count) {
  const layer = addLayer(element, 'ground');
  layer.canvas.hidden = true;
  /** @type {ImageData | null} */
  let image = null;
  const bands = document.createElement('canvas');

  /** @param {import('./relief.js').Grid} grid @param {import('./relief.js').Relief} ground @param {import('../canvas/plane.js').Plane} plane @param {number[][]} tones red, green, blue of each band */
  function paintBands(grid, ground, plane, tones) {
    const [wide, high] = [Math.round(plane.box.width), Math.round(plane.box.height)];
    const context = /** @type {CanvasRenderingContext2D} */ (bands.getContext('2d'));
    if (!image || image.width !== wide || image.height !== high) {
      [bands.width, bands.height] = [wide, high];
      image = context.createImageData(wide, high);
    }
    const pixels = new Uint32Array(image.data.buffer);
    const colours = tones.map(([red, green, blue]) => (255 << 24) | (blue << 16) | (green << 8) | red);
    const { x, y } = grid;
    const { heights, low, high: top } = ground;
    const columns = x.length;
    const across = cells(x, wide, (pixel) => plane.toPoint(plane.box.left + pixel + 0.5, 0)[0]);
    const up = cells(y, high, (pixel) => plane.toPoint(0, plane.box.top + pixel + 0.5)[1]);
    const scale = (count + 1) / (top - low);
    const line = new Float64Array(columns); // bands along the grid at one row of pixels
    for (let j = 0; j < high; j++) {
      const row = up.cell[j] * columns;
      const v = up.part[j];
      for (let k = 0; k < columns; k++) {
        const below = heights[row + k];
        line[k] = (below + v * (heights[row + columns + k] - below) - low) * scale;
      }
      for (let i = 0, at = j * wide; i < wide; i++, at++) {
        const cell = across.cell[i];
        const band = line[cell] + across.part[i] * (line[cell + 1] - line[cell]);
        pixels[at] = colours[band > 0 ? (band < count ? band | 0 : count) : 0];
      }
    }
    context.putImageData(image, 0, 0);
  }

  return {
    /** @param {import('./relief.js').Grid} grid @param {import('./relief.js').Relief} ground @param {import('../canvas/plane.js').Plane} plane @param {import('../canvas/palette.js').Palette} palette */
    paint(grid, ground, plane, palette) {
      layer.fit(element.clientWidth, element.clientHeight);
      layer.clear();
      layer.canvas.hidden = false;
      const { context: c } = layer;
      paintBands(grid, ground, plane, tonesOf(palette.map, count + 1));
      c.drawImage(bands, plane.box.left, plane.box.top, plane.box.width, plane.box.height);
      c.save();
      clipTo(c, plane.box);
      c.beginPath();
      traceLevels(c, grid, ground.heights, levels(ground, count), plane);
      c.lineWidth = 0.9;
      c.strokeStyle = palette.contour;
      c.stroke();
      c.restore();
    },
    hide: () => void (layer.canvas.hidden = true),
    undo: () => layer.canvas.remove(),
  };
}

/**
 * In which cell of an axis each pixel lies, and how far.
 * @param {Float64Array} axis
 * @param {number} pixels
 * @param {(pixel: number) => number} valueOf
 */
function cells(axis, pixels, valueOf) {
  const cell = new Int32Array(pixels);
  const part = new Float64Array(pixels);
  const last = axis.length - 1;
  for (let k = 0; k < pixels; k++) {
    const place = ((valueOf(k) - axis[0]) / (axis[last] - axis[0])) * last;
    cell[k] = Math.max(0, Math.min(last - 1, Math.floor(place)));
    part[k] = Math.max(0, Math.min(1, place - cell[k]));
  }
  return { cell, part };
}

/** @param {string[]} stops hex, lowest first @param {number} count @returns {number[][]} */
function tonesOf(stops, count) {
  const parts = stops.map((hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));
  return Array.from({ length: count }, (_, k) => {
    const place = (k / (count - 1)) * (parts.length - 1);
    const at = Math.min(parts.length - 2, Math.floor(place));
    return parts[at].map((from, channel) => Math.round(from + (parts[at + 1][channel] - from) * (place - at)));
  });
}
