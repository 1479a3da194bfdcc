// Losses against what was searched over, both on logarithmic scales: lines, staircases, bands of spread, and a star for
// the best. A place under the hand is the nearest of their points.

import { powerOfTen } from '../../format.js';
import { watchSize } from '../../plot.js';
import { decades, paintDecades } from './log-axis.js';
import { nearest } from './nearest.js';
import { painter } from '../canvas/frame-loop.js';
import { addLayer } from '../canvas/layer.js';
import { star } from '../canvas/marks.js';
import { readPalette } from '../canvas/palette.js';

export const MARGIN = { left: 58, right: 10, top: 12, bottom: 38 };
const TICK = 44; // pixels from one tick to the next, at least
const FAR = 10; // times what is usual: what is higher leaves through the top

/**
 * @typedef {object} Series
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y
 * @property {ArrayLike<number>} [spread] of y, either way
 * @property {string} colour
 * @property {number} [width]
 * @property {boolean} [steps] what was reached holds until something better is found
 * @property {boolean} [dots]
 */
/**
 * @typedef {object} Chart
 * @property {Series[]} series
 * @property {{at: number, text: string}[]} ticks
 * @property {string} title of the axis across
 * @property {string} label of the axis up
 * @property {[number, number] | null} best
 * @property {[number, number]} [span]
 * @property {number} [mark] a place across that is meant
 */

/**
 * @param {HTMLElement} element
 * @param {(palette: import('../canvas/palette.js').Palette) => Chart | null} chart null: nothing is known yet
 * @returns {{dirty: () => void, near: (x: number, y: number) => {series: number, index: number} | null, undo: () => void}}
 *   near: the point that is nearest to a place of the window, first across and then up
 */
export function searchChart(element, chart) {
  const layer = addLayer(element, 'search-chart');
  /** @type {{series: Series[], x: (at: number) => number, y: (loss: number) => number} | null} */
  let painted = null;

  function paint() {
    const [width, height] = [element.clientWidth, element.clientHeight];
    layer.fit(width, height);
    layer.clear();
    const palette = readPalette(element);
    const shown = width > 60 ? chart(palette) : null;
    painted = null;
    if (!shown) return;
    const { series, ticks, title, label, best, mark } = shown;
    const box = { left: MARGIN.left, top: MARGIN.top, width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
    const { low, high } = decades(series.flatMap(({ y }) => Array.from(y)), FAR * usualLoss(series));
    const [from, to] = shown.span ?? spanOf(series);
    const x = (/** @type {number} */ at) => box.left + ((Math.log(at) - Math.log(from)) / (Math.log(to) - Math.log(from) || 1)) * box.width;
    const y = (/** @type {number} */ loss) => box.top + (1 - (Math.log10(Math.max(loss, 1e-300)) - low) / (high - low)) * box.height;
    const c = layer.context;
    painted = { series, x, y };
    paintAxes(c, box, low, high, ticks.map(({ at, text }) => ({ place: x(at), text })), title, label, palette);
    if (mark !== undefined) upright(c, x(mark), box, palette.muted);
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
    near(left, top) {
      if (!painted) return null;
      const [corner, { series, x, y }] = [element.getBoundingClientRect(), painted];
      const index = nearest(Array.from(series[0].x, x), left - corner.left);
      return { series: nearest(series.map((each) => y(each.y[index])), top - corner.top), index };
    },
    undo() {
      undo();
      frame.stop();
      layer.canvas.remove();
    },
  };
}

/** The highest loss that is nothing unusual: where a line begins, or its median. @param {{y: ArrayLike<number>}[]} series */
export function usualLoss(series) {
  return Math.max(...series.map(({ y }) => {
    const known = Array.from(y).filter((loss) => loss > 0 && Number.isFinite(loss));
    return known.length > 0 ? Math.max(known[0], known.toSorted((a, b) => a - b)[known.length >> 1]) : 0;
  }));
}

/** @param {Series[]} series @returns {[number, number]} */
function spanOf(series) {
  const all = series.flatMap(({ x }) => Array.from(x)).filter((each) => each > 0);
  return [Math.min(...all), Math.max(...all)];
}

/** @param {CanvasRenderingContext2D} c @param {Series} series @param {(at: number) => number} x @param {(loss: number) => number} y @param {string} card */
function line(c, { x: at, y: losses, colour, width = 2, steps = false, dots = false }, x, y, card) {
  c.beginPath();
  let drawing = false;
  for (let i = 0; i < at.length; i++) {
    if (!Number.isFinite(losses[i])) {
      drawing = false;
      continue;
    }
    if (steps && drawing) c.lineTo(x(at[i]), y(losses[i - 1]));
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
  /** @type {import('../canvas/plane.js').Box} */ box,
  /** @type {number} */ low,
  /** @type {number} */ high,
  /** @type {{place: number, text: string}[]} */ ticks,
  /** @type {string} */ title,
  /** @type {string} */ label,
  /** @type {import('../canvas/palette.js').Palette} */ palette,
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
  c.save();
  c.translate(9, box.top + box.height / 2);
  c.rotate(-Math.PI / 2);
  c.fillText(label, 0, 0);
  c.restore();
}

/** @param {CanvasRenderingContext2D} c @param {number} x @param {import('../canvas/plane.js').Box} box @param {string} colour */
function upright(c, x, box, colour) {
  c.beginPath();
  c.moveTo(x, box.top);
  c.lineTo(x, box.top + box.height);
  c.lineWidth = 1;
  c.strokeStyle = colour;
  c.stroke();
}

/** Powers of ten between two numbers. @param {number} from @param {number} to */
export const powersBetween = (from, to) =>
  Array.from({ length: Math.max(0, Math.floor(Math.log10(to) + 1e-9) - Math.ceil(Math.log10(from) - 1e-9) + 1) }, (_, i) => {
    const power = Math.ceil(Math.log10(from) - 1e-9) + i;
    return { at: 10 ** power, text: powerOfTen(power) };
  });
