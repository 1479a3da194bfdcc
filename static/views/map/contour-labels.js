// Losses written along contour lines. Plotly could only write the heights (logarithms), so we choose the places: for
// each line the spot where it runs most nearly level, away from the edges and from the labels placed before.

import { tick } from '../../format.js';
import { clipTo } from '../canvas/layer.js';
import { levels } from './relief.js';

/** @typedef {{x: number, y: number, slope: number, text: string}} Label slope: of the line there, dy/dx in data units */

const SPACING = 74; // pixels between two labels, at least
const INSET = 26; // pixels kept free along the edge
const EVERY = 2; // one label for so many lines
const STRIDE = 2; // columns of the grid that are searched

/**
 * @param {import('./relief.js').Grid} grid
 * @param {import('./relief.js').Relief} ground
 * @param {import('../canvas/plane.js').Plane} plane
 * @param {number} count of contour lines
 * @returns {Label[]}
 */
export function placeLabels(grid, ground, plane, count) {
  const { x, y } = grid;
  const { heights } = ground;
  const columns = x.length;
  const aspect = plane.perY / plane.perX;
  /** @type {{at: [number, number], label: Label}[]} */
  const placed = [];
  for (const level of levels(ground, count).filter((_, i) => i % EVERY === 0)) {
    let best = -Infinity;
    /** @type {typeof placed[number] | null} */
    let choice = null;
    for (let j = 1; j < y.length - 2; j++) {
      for (let i = 1; i < columns - 1; i += STRIDE) {
        const at = j * columns + i;
        const below = heights[at];
        const above = heights[at + columns];
        if (!(below < level !== above < level) || !Number.isFinite(above - below)) continue;
        const rise = above - below;
        const run = (heights[at + 1] - heights[at - 1]) / 2;
        const slope = (-run / rise) * ((y[1] - y[0]) / (x[1] - x[0]));
        const pointY = y[j] + ((level - below) / rise) * (y[j + 1] - y[j]);
        const [left, top] = plane.toPixel(x[i], pointY);
        if (!plane.holds(left, top, -INSET)) continue;
        const room = placed.reduce((least, { at: [a, b] }) => Math.min(least, Math.hypot(a - left, b - top)), 1e3);
        if (room < SPACING) continue;
        const score = Math.min(room, 250) / 250 - 1.4 * Math.abs(Math.atan(slope * aspect));
        if (score > best) {
          best = score;
          choice = { at: [left, top], label: { x: x[i], y: pointY, slope, text: tick(ground.loss(level), 2) } };
        }
      }
    }
    if (choice) placed.push(choice);
  }
  return placed.map(({ label }) => label);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Label[]} labels
 * @param {import('../canvas/plane.js').Plane} plane
 * @param {import('../canvas/palette.js').Palette} palette
 */
export function drawLabels(context, labels, plane, palette) {
  context.save();
  clipTo(context, plane.box);
  context.font = `11px ${palette.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  for (const label of labels) {
    const [left, top] = plane.toPixel(label.x, label.y);
    context.save();
    context.translate(left, top);
    context.rotate(Math.atan(label.slope * (plane.perY / plane.perX)));
    context.globalAlpha = 0.8;
    context.strokeStyle = palette.map[2];
    context.strokeText(label.text, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = palette.muted;
    context.fillText(label.text, 0, 0);
    context.restore();
  }
  context.restore();
}
