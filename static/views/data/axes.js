// Grid and axes of the data plane. They are drawn by hand, since they move with the points when the window eases from
// one set of data to another.

import { tick } from '../../format.js';

const ROOM = [75, 48]; // pixels between two labels, across and up
const NAME = 16; // pixels at the left for the name of the upward axis
const PLAIN = 1e6; // whole numbers below this are written out

/**
 * @param {CanvasRenderingContext2D} c
 * @param {import('../canvas/plane.js').Plane} plane
 * @param {[string, string]} names
 * @param {import('../canvas/palette.js').Palette} palette
 */
export function paintAxes(c, { window, box, perX, perY, originX, originY }, names, palette) {
  const { left, top, width, height } = box;
  c.font = `12px ${palette.font}`;
  c.lineWidth = 1;
  c.fillStyle = palette.muted;
  c.textBaseline = 'middle';

  c.textAlign = 'center';
  for (const { value, text } of roundTicks(window[0], width / ROOM[0])) {
    const x = Math.round(originX + value * perX) + 0.5;
    rule(c, x, top, x, top + height, value === 0 ? palette.line : palette.hairline);
    c.fillText(text, x, top + height + 12);
  }
  c.textAlign = 'right';
  let widest = 0;
  for (const { value, text } of roundTicks(window[1], height / ROOM[1])) {
    const y = Math.round(originY + value * perY) + 0.5;
    rule(c, left, y, left + width, y, value === 0 ? palette.line : palette.hairline);
    c.fillText(text, left - 7, y);
    widest = Math.max(widest, c.measureText(text).width);
  }

  c.font = `13px ${palette.font}`;
  c.textAlign = 'center';
  c.fillText(names[0], left + width / 2, top + height + 28);
  if (widest > left - 7 - NAME) return; // long numbers take the room of the name
  c.save();
  c.translate(9, top + height / 2);
  c.rotate(-Math.PI / 2);
  c.fillText(names[1], 0, 0);
  c.restore();
}

function rule(
  /** @type {CanvasRenderingContext2D} */ c,
  /** @type {number} */ x0,
  /** @type {number} */ y0,
  /** @type {number} */ x1,
  /** @type {number} */ y1,
  /** @type {string} */ colour,
) {
  c.beginPath();
  c.moveTo(x0, y0);
  c.lineTo(x1, y1);
  c.strokeStyle = colour;
  c.stroke();
}

/**
 * Round numbers in a range, as short as tells them apart.
 * @param {[number, number]} range
 * @param {number} most about as many
 * @returns {{value: number, text: string}[]}
 */
export function roundTicks([low, high], most) {
  const rough = (high - low) / Math.max(2, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  const size = ([1, 2, 2.5, 5].find((part) => part * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / size);
  const count = Math.floor(high / size) - first + 1;
  if (!(count > 0 && count < 100)) return []; // a range at the end of what numbers can tell apart
  const digits = Math.max(2, 2 + Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / size)));
  return Array.from({ length: count }, (_, i) => {
    const value = (first + i) * size;
    const plain = Number.isInteger(value) && Math.abs(value) < PLAIN;
    return { value, text: plain ? String(value).replace('-', '−') : tick(value, Math.min(digits, 15)) };
  });
}
