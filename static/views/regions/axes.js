// Axes within the pictures of what is learned: they are too small for a margin, so that a few ticks and numbers stand
// along their edges, and the names at the ends.

import { roundTicks } from '../data/axes.js';

const ROOM = 44; // pixels between two ticks
const TICK = 4; // pixels
const SMALL = 130; // pixels: a picture that is smaller has names alone
const CORNER = 26; // pixels at the ends of an axis, for its name

/**
 * @param {CanvasRenderingContext2D} c
 * @param {import('../canvas/plane.js').Plane} plane
 * @param {[string, string]} names across and up
 * @param {import('../canvas/palette.js').Palette} palette
 */
export function paintRegionAxes(c, { window, box: { width, height }, perX, perY, originX, originY }, names, palette) {
  c.save();
  c.font = `10px ${palette.font}`;
  c.lineJoin = 'round';
  c.lineWidth = 3;
  const write = (/** @type {string} */ text, /** @type {number} */ left, /** @type {number} */ top) => {
    c.strokeStyle = palette.card;
    c.globalAlpha = 0.75;
    c.strokeText(text, left, top);
    c.globalAlpha = 1;
    c.fillStyle = palette.ink;
    c.fillText(text, left, top);
  };
  const tick = (/** @type {number} */ left, /** @type {number} */ top, /** @type {number} */ wide, /** @type {number} */ high) => {
    c.fillStyle = palette.ink;
    c.fillRect(left, top, wide, high);
  };
  if (width >= SMALL) {
    c.textAlign = 'center';
    c.textBaseline = 'bottom';
    for (const { value, text } of roundTicks(window[0], width / ROOM)) {
      const x = Math.round(originX + value * perX);
      if (x < CORNER / 2 || x > width - CORNER) continue;
      tick(x, height - TICK, 1, TICK);
      write(text, x, height - TICK - 1);
    }
    c.textAlign = 'left';
    c.textBaseline = 'middle';
    for (const { value, text } of roundTicks(window[1], height / ROOM)) {
      const y = Math.round(originY + value * perY);
      if (y < CORNER || y > height - CORNER / 2) continue;
      tick(0, y, TICK, 1);
      write(text, TICK + 2, y);
    }
  }
  c.font = `italic 11px ${palette.font}`;
  c.textBaseline = 'alphabetic';
  c.textAlign = 'right';
  write(names[0], width - 5, height - 5);
  c.textAlign = 'left';
  write(names[1], 5, 13);
  c.restore();
}
