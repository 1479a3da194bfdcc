// Cross-validation as a curve: the mean error over the folds and its spread, against the degree or the penalty, on a
// logarithmic scale; the winner is marked.

import { powerOfTen, tick } from '../format.js';
import { watchSize } from '../plot.js';
import { onChange, painter } from './frame-loop.js';
import { addLayer } from './layer.js';
import { star } from './marks.js';
import { readPalette } from './palette.js';

const MARGIN = { left: 44, right: 12, top: 10, bottom: 36 };
const MOST = 4; // decades above the lowest mean; what is higher leaves through the top

/**
 * @param {HTMLElement} element data-degree and data-lambda name the axes, data-error the other one
 * @param {import('../state/types.js').RegressionState} state
 * @param {import('../state/types.js').Readable<"degree" | "lambda">} axis
 * @returns {() => void} undo
 */
export function validationCurve(element, state, axis) {
  const layer = addLayer(element, 'validation');
  let palette = readPalette(element);

  function paint() {
    const [width, height] = [element.clientWidth, element.clientHeight];
    layer.fit(width, height);
    layer.clear();
    const found = state.validated.get();
    if (!found || width < 40) return;
    const box = { left: MARGIN.left, top: MARGIN.top, width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
    const { points, names, best } = alongAxis(found, axis.get());
    const lowest = Math.min(...points.map(({ mean }) => mean).filter((mean) => mean > 0));
    const highest = Math.max(...points.map(({ mean }) => mean).filter((mean) => mean < lowest * 10 ** MOST));
    const low = Math.floor(Math.log10(lowest) - 0.15);
    const high = Math.max(low + 1, Math.ceil(Math.log10(highest) + 0.1));
    const x = (/** @type {number} */ i) => box.left + ((i + 0.5) / points.length) * box.width;
    const y = (/** @type {number} */ error) => {
      const place = (Math.log10(Math.max(error, 1e-300)) - low) / (high - low);
      return box.top + (1 - Math.max(-0.2, Math.min(1.2, place))) * box.height;
    };
    paintAxes(layer.context, box, low, high, names, x);

    const c = layer.context;
    c.save();
    c.beginPath();
    c.rect(box.left, box.top, box.width, box.height);
    c.clip();
    c.beginPath();
    points.forEach(({ mean, spread }, i) => c.lineTo(x(i), y(mean + spread)));
    points.toReversed().forEach(({ mean, spread }, k) => c.lineTo(x(points.length - 1 - k), y(mean - spread)));
    c.closePath();
    c.globalAlpha = 0.16;
    c.fillStyle = palette.accent;
    c.fill();
    c.globalAlpha = 1;
    c.beginPath();
    points.forEach(({ mean }, i) => c.lineTo(x(i), y(mean)));
    c.lineWidth = 2;
    c.lineJoin = 'round';
    c.strokeStyle = palette.accent;
    c.stroke();
    for (const [i, { mean }] of points.entries()) {
      c.beginPath();
      c.arc(x(i), y(mean), 3, 0, 2 * Math.PI);
      c.fillStyle = palette.accent;
      c.fill();
    }
    if (best >= 0) star(c, x(best), y(points[best].mean), palette.ink, palette.card, false);
    c.restore();
  }

  function paintAxes(
    /** @type {CanvasRenderingContext2D} */ c,
    /** @type {import('./plane.js').Box} */ box,
    /** @type {number} */ low,
    /** @type {number} */ high,
    /** @type {string[]} */ names,
    /** @type {(i: number) => number} */ x,
  ) {
    c.font = `12px ${palette.font}`;
    c.fillStyle = palette.muted;
    c.strokeStyle = palette.hairline;
    c.lineWidth = 1;
    c.textBaseline = 'middle';
    c.textAlign = 'right';
    for (let decade = low; decade <= high; decade += 1) {
      const at = Math.round(box.top + (1 - (decade - low) / (high - low)) * box.height) + 0.5;
      c.beginPath();
      c.moveTo(box.left, at);
      c.lineTo(box.left + box.width, at);
      c.stroke();
      c.fillText(powerOfTen(decade), box.left - 8, at);
    }
    c.textAlign = 'center';
    names.forEach((name, i) => c.fillText(name, x(i), box.top + box.height + 12));
    c.fillText(element.dataset[axis.get()] ?? '', box.left + box.width / 2, box.top + box.height + 28);
  }

  const frame = painter(paint);
  const undos = [
    watchSize(element, frame.dirty),
    state.theme.subscribe(() => requestAnimationFrame(() => {
      palette = readPalette(element);
      frame.dirty();
    })),
    onChange([state.validated, axis], frame.dirty),
  ];
  return () => {
    for (const undo of undos) undo();
    frame.stop();
    layer.canvas.remove();
  };
}

/**
 * The errors along one axis through the winner.
 * @param {import('../state/types.js').Validated} found
 * @param {"degree" | "lambda"} axis
 */
function alongAxis({ degrees, lambdas, mean, spread, best }, axis) {
  const [row, column] = [degrees.indexOf(best.degree), lambdas.indexOf(best.l2)];
  if (axis === 'degree') {
    const points = degrees.map((_, i) => ({ mean: mean[i][column], spread: spread[i][column] }));
    return { points, names: degrees.map(String), best: row };
  }
  const points = lambdas.map((_, j) => ({ mean: mean[row][j], spread: spread[row][j] }));
  return { points, names: lambdas.map((value) => tick(value, 2)), best: column };
}
