// Losses against what was searched over, both on logarithmic scales: lines, staircases, bands of spread, and a star for
// the best.

import { powerOfTen } from '../format.js';
import { watchSize } from '../plot.js';
import { decades, paintDecades } from './decades.js';
import { painter } from './frame-loop.js';
import { addLayer } from './layer.js';
import { star } from './marks.js';
import { readPalette } from './palette.js';

const MARGIN = { left: 42, right: 10, top: 10, bottom: 38 };
const TICK = 44; // pixels from one tick to the next, at least

/**
 * @typedef {object} Series
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y
 * @property {ArrayLike<number>} [spread] of y, either way
 * @property {string} colour
 * @property {number} [width]
 * @property {boolean} [stairs] what was reached holds until something better is found
 * @property {boolean} [dots]
 */
/** @typedef {{series: Series[], ticks: {at: number, text: string}[], title: string, best: [number, number] | null, span?: [number, number]}} Chart */

/**
 * @param {HTMLElement} element
 * @param {(palette: import('./palette.js').Palette) => Chart | null} chart null: nothing is known yet
 * @returns {{dirty: () => void, undo: () => void}}
 */
export function searchChart(element, chart) {
  const layer = addLayer(element, 'search-chart');

  function paint() {
    const [width, height] = [element.clientWidth, element.clientHeight];
    layer.fit(width, height);
    layer.clear();
    const palette = readPalette(element);
    const shown = width > 60 ? chart(palette) : null;
    if (!shown) return;
    const { series, ticks, title, best } = shown;
    const box = { left: MARGIN.left, top: MARGIN.top, width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
    const { low, high } = decades(series.flatMap(({ y }) => Array.from(y)));
    const [from, to] = shown.span ?? spanOf(series);
    const x = (/** @type {number} */ at) => box.left + ((Math.log(at) - Math.log(from)) / (Math.log(to) - Math.log(from) || 1)) * box.width;
    const y = (/** @type {number} */ loss) => box.top + (1 - (Math.log10(Math.max(loss, 1e-300)) - low) / (high - low)) * box.height;
    const c = layer.context;
    paintAxes(c, box, low, high, ticks.map(({ at, text }) => ({ place: x(at), text })), title, palette);
    c.save();
    c.beginPath();
    c.rect(box.left - 6, box.top - 6, box.width + 12, box.height + 6);
    c.clip();
    for (const each of series) {
      if (each.spread) band(c, each, x, y, high);
      line(c, each, x, y, palette.card);
    }
    if (best) star(c, x(best[0]), y(best[1]), palette.ink, palette.card, false);
    c.restore();
  }

  const frame = painter(paint);
  const undo = watchSize(element, frame.dirty);
  return {
    dirty: frame.dirty,
    undo() {
      undo();
      frame.stop();
      layer.canvas.remove();
    },
  };
}

/** @param {Series[]} series @returns {[number, number]} */
function spanOf(series) {
  const all = series.flatMap(({ x }) => Array.from(x)).filter((each) => each > 0);
  return [Math.min(...all), Math.max(...all)];
}

/** @param {CanvasRenderingContext2D} c @param {Series} series @param {(at: number) => number} x @param {(loss: number) => number} y @param {string} card */
function line(c, { x: at, y: losses, colour, width = 2, stairs = false, dots = false }, x, y, card) {
  c.beginPath();
  let drawing = false;
  for (let i = 0; i < at.length; i++) {
    if (!Number.isFinite(losses[i])) {
      drawing = false;
      continue;
    }
    if (stairs && drawing) c.lineTo(x(at[i]), y(losses[i - 1]));
    if (drawing) c.lineTo(x(at[i]), y(losses[i]));
    else c.moveTo(x(at[i]), y(losses[i]));
    drawing = true;
  }
  c.lineWidth = width;
  c.lineJoin = 'round';
  c.strokeStyle = colour;
  c.stroke();
  if (!dots) return;
  for (let i = 0; i < at.length; i++) {
    if (!Number.isFinite(losses[i])) continue;
    c.beginPath();
    c.arc(x(at[i]), y(losses[i]), 3, 0, 2 * Math.PI);
    c.fillStyle = card;
    c.fill();
    c.stroke();
  }
}

/** @param {CanvasRenderingContext2D} c @param {Series} series @param {(at: number) => number} x @param {(loss: number) => number} y @param {number} high */
function band(c, { x: at, y: losses, spread = [], colour }, x, y, high) {
  c.beginPath();
  const known = Array.from(at, (_, i) => i).filter((i) => Number.isFinite(losses[i]) && Number.isFinite(spread[i]));
  for (const i of known) c.lineTo(x(at[i]), y(Math.min(losses[i] + spread[i], 10 ** high)));
  for (const i of known.toReversed()) c.lineTo(x(at[i]), y(Math.max(losses[i] - spread[i], 1e-300)));
  c.closePath();
  c.globalAlpha = 0.16;
  c.fillStyle = colour;
  c.fill();
  c.globalAlpha = 1;
}

function paintAxes(
  /** @type {CanvasRenderingContext2D} */ c,
  /** @type {import('./plane.js').Box} */ box,
  /** @type {number} */ low,
  /** @type {number} */ high,
  /** @type {{place: number, text: string}[]} */ ticks,
  /** @type {string} */ title,
  /** @type {import('./palette.js').Palette} */ palette,
) {
  paintDecades(c, box, low, high, palette);
  c.textAlign = 'center';
  let last = -Infinity;
  for (const { place, text } of ticks) {
    if (place - last < TICK || place > box.left + box.width + 2) continue;
    last = place;
    c.fillText(text, Math.min(place, box.left + box.width - 8), box.top + box.height + 12);
  }
  c.fillText(title, box.left + box.width / 2, box.top + box.height + 28);
}

/** Powers of ten between two numbers. @param {number} from @param {number} to */
export const powersBetween = (from, to) =>
  Array.from({ length: Math.max(0, Math.floor(Math.log10(to) + 1e-9) - Math.ceil(Math.log10(from) - 1e-9) + 1) }, (_, i) => {
    const power = Math.ceil(Math.log10(from) - 1e-9) + i;
    return { at: 10 ** power, text: powerOfTen(power) };
  });
