// Cross-validation as a curve: the mean error over the folds and its spread, against the degree or the penalty, on a
// logarithmic scale; the winner is marked. The curve of the other way, trained or exact, stands beside it.

import { tick } from '../../format.js';
import { watchSize } from '../../plot.js';
import { decades, paintDecades } from './log-axis.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { addLayer } from '../canvas/layer.js';
import { star } from '../canvas/marks.js';
import { readPalette } from '../canvas/palette.js';

const MARGIN = { left: 44, right: 12, top: 10, bottom: 36 };
const BEYOND = 1e300; // of what is infinite

/** @typedef {import('../../state/types.js').Validated} Validated */
/** @typedef {{mean: number, spread: number}} Place */

/**
 * @param {HTMLElement} element data-degree and data-lambda name the axes, data-error the other one
 * @param {import('../../state/types.js').RegressionState} state
 * @param {import('../../state/types.js').Readable<"degree" | "lambda">} axis
 * @returns {() => void} undo
 */
export function validationCurve(element, state, axis) {
  const layer = addLayer(element, 'validation');
  let palette = readPalette(element);

  function paint() {
    const [width, height] = [element.clientWidth, element.clientHeight];
    layer.fit(width, height);
    layer.clear();
    const { shown, rival } = state.validated.get();
    if (!shown || width < 40) return;
    const box = { left: MARGIN.left, top: MARGIN.top, width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
    const { names, best } = stops(shown, axis.get());
    const points = alongAxis(shown, shown.best, axis.get());
    const others = rival && alongAxis(rival, shown.best, axis.get());
    const { low, high } = decades([...points, ...(others ?? [])].map(({ mean }) => mean));
    const x = (/** @type {number} */ i) => box.left + ((i + 0.5) / names.length) * box.width;
    const y = (/** @type {number} */ error) => {
      const place = (Math.log10(Math.min(Math.max(error, 1 / BEYOND), BEYOND)) - low) / (high - low);
      return box.top + (1 - Math.max(-0.2, Math.min(1.2, place))) * box.height;
    };
    paintAxes(layer.context, box, low, high, names, x);

    const c = layer.context;
    c.save();
    c.beginPath();
    c.rect(box.left, box.top, box.width, box.height);
    c.clip();
    if (rival && others) paintCurve(c, others, rival, x, y, 1.4);
    paintSpread(c, points, colourOf(shown), x, y);
    paintCurve(c, points, shown, x, y, 2);
    if (Number.isFinite(points[best]?.mean)) star(c, x(best), y(points[best].mean), palette.ink, palette.card, false);
    c.restore();
  }

  /** The accent where it was solved exactly; else the entrant's own, wherever it stands by now. @param {Validated} found */
  function colourOf({ by }) {
    if (!by) return palette.accent;
    const { entrants } = state.setup.get();
    const same = entrants[by.entrant]?.optimizer === by.optimizer;
    const index = same ? by.entrant : entrants.findIndex(({ optimizer }) => optimizer === by.optimizer);
    return state.colours.get()[index] ?? palette.muted;
  }

  /**
   * @param {CanvasRenderingContext2D} c @param {Place[]} points @param {string} colour
   * @param {(i: number) => number} x @param {(error: number) => number} y
   */
  function paintSpread(c, points, colour, x, y) {
    const last = points.length - 1;
    const wide = (/** @type {Place} */ { spread }) => (Number.isFinite(spread) ? spread : 0);
    c.beginPath();
    points.forEach((each, i) => c.lineTo(x(i), y(each.mean + wide(each))));
    points.toReversed().forEach((each, k) => c.lineTo(x(last - k), y(each.mean - wide(each))));
    c.closePath();
    c.globalAlpha = 0.16;
    c.fillStyle = colour;
    c.fill();
    c.globalAlpha = 1;
  }

  /**
   * Full dots for what was solved exactly, rings for what was trained.
   * @param {CanvasRenderingContext2D} c @param {Place[]} points @param {Validated} found
   * @param {(i: number) => number} x @param {(error: number) => number} y @param {number} width
   */
  function paintCurve(c, points, found, x, y, width) {
    const colour = colourOf(found);
    c.beginPath();
    points.forEach(({ mean }, i) => c.lineTo(x(i), y(mean)));
    c.lineWidth = width;
    c.lineJoin = 'round';
    c.strokeStyle = colour;
    c.stroke();
    for (const [i, { mean }] of points.entries()) {
      c.beginPath();
      c.arc(x(i), y(mean), 3, 0, 2 * Math.PI);
      c.fillStyle = found.by ? palette.card : colour;
      c.fill();
      if (found.by) c.stroke();
    }
  }

  function paintAxes(
    /** @type {CanvasRenderingContext2D} */ c,
    /** @type {import('../canvas/plane.js').Box} */ box,
    /** @type {number} */ low,
    /** @type {number} */ high,
    /** @type {string[]} */ names,
    /** @type {(i: number) => number} */ x,
  ) {
    paintDecades(c, box, low, high, palette);
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
    onChange([state.validated, state.colours, axis], frame.dirty),
  ];
  return () => {
    for (const undo of undos) undo();
    frame.stop();
    layer.canvas.remove();
  };
}

/**
 * The errors along one axis through a setting.
 * @param {Validated} found
 * @param {{degree: number, l2: number}} through
 * @param {"degree" | "lambda"} axis
 * @returns {Place[]}
 */
export function alongAxis({ degrees, lambdas, mean, spread }, { degree, l2 }, axis) {
  const [row, column] = [degrees.indexOf(degree), lambdas.indexOf(l2)];
  if (axis === 'degree') return degrees.map((_, i) => ({ mean: mean[i][column], spread: spread[i][column] }));
  return lambdas.map((_, j) => ({ mean: mean[row][j], spread: spread[row][j] }));
}

/** What stands along an axis, and where the winner does. @param {Validated} found @param {"degree" | "lambda"} axis */
function stops({ degrees, lambdas, best }, axis) {
  if (axis === 'degree') return { names: degrees.map(String), best: degrees.indexOf(best.degree) };
  return { names: lambdas.map((value) => tick(value, 2)), best: lambdas.indexOf(best.l2) };
}
