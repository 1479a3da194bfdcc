// @ts-check
/** The logarithmic scale of small charts: powers of ten up the side. */
import { powerOfTen } from '../../format.js';

const MOST = 4; // decades above the lowest value, where nothing is said of how far it goes
const LINES = 6; // at the most, but for rounding

/** Exponents of ten between which the means lie. @param {number[]} means @param {number} [reach] what is higher leaves through the top */
export function decades(means, reach) {
  const known = means.filter((mean) => mean > 0 && Number.isFinite(mean));
  const lowest = known.length > 0 ? Math.min(...known) : 1;
  const highest = Math.max(lowest, ...known.filter((mean) => mean <= (reach ?? lowest * 10 ** MOST)));
  const low = Math.floor(Math.log10(lowest) - 0.15);
  return { low, high: Math.max(low + 1, Math.ceil(Math.log10(highest) + 0.1)) };
}

/**
 * Hairlines across and their numbers at the left; the pens stay as they are left.
 *
 * @param {CanvasRenderingContext2D} c
 * @param {import('../canvas/plane.js').Box} box
 * @param {number} low @param {number} high powers of ten at the bottom and at the top
 * @param {import('../canvas/palette.js').Palette} palette
 */
export function paintDecades(c, box, low, high, palette) {
  c.font = `12px ${palette.font}`;
  c.fillStyle = palette.muted;
  c.strokeStyle = palette.hairline;
  c.lineWidth = 1;
  c.textBaseline = 'middle';
  c.textAlign = 'right';
  const step = Math.ceil((high - low) / LINES);
  for (let decade = low; decade <= high; decade += step) {
    const at = Math.round(box.top + (1 - (decade - low) / (high - low)) * box.height) + 0.5;
    c.beginPath();
    c.moveTo(box.left, at);
    c.lineTo(box.left + box.width, at);
    c.stroke();
    c.fillText(powerOfTen(decade), box.left - 7, at);
  }
}
