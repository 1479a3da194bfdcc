// The paths of the chosen entrant's weights: each against the step, with the exact answer's as marks at the end.

import { tick } from '../../format.js';
import { watchSize } from '../../plot.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { addLayer } from '../canvas/layer.js';
import { readPalette } from '../canvas/palette.js';
import { seenEntrants, shownStep } from '../canvas/trail-scene.js';

const MARGIN = { left: 52, right: 104, top: 10, bottom: 26 };
const LINE = 13; // pixels from one name to the next
const FAR = 2; // exact answers so many times beyond the paths do not set the scale
const LATER = 100; // milliseconds between two paintings while a point is held
const LONGEST = 15; // letters of a name

/**
 * @param {HTMLElement} element data-step names the axis
 * @param {import('../../state/types.js').RegressionState} state
 * @returns {() => void} undo
 */
export function weightPathsView(element, state) {
  const layer = addLayer(element, 'weight-paths');
  let palette = readPalette(element);

  function paint() {
    const [width, height] = [element.clientWidth, element.clientHeight];
    layer.fit(width, height);
    layer.clear();
    const [run, fit, step] = [state.run.get(), state.fit.get(), shownStep(state)];
    const chosen = seenEntrants(state).find(({ index }) => index === state.chosen.get());
    if (!fit || fit.dim === 2 || run.dim !== fit.dim || step < 0 || !chosen || width < 200) return;
    const weights = run.weights[chosen.index];
    const exact = (fit.exact?.weights ?? []).map((weight) => weight ?? NaN);
    const [low, high] = extent(weights.subarray(0, run.dim * (run.have + 1)), exact);
    const box = { left: MARGIN.left, top: MARGIN.top, width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
    const x = (/** @type {number} */ at) => box.left + (box.width * at) / Math.max(1, run.steps);
    const y = (/** @type {number} */ weight) => box.top + box.height * (1 - (weight - low) / (high - low));
    paintAxes(layer.context, box, low, high, run.steps, x, y);
    paintPaths(layer.context, box, weights, run, chosen.colour, x, y);
    const c = layer.context;
    c.strokeStyle = palette.accent;
    c.lineWidth = 1.6;
    c.beginPath();
    c.moveTo(x(step), box.top);
    c.lineTo(x(step), box.top + box.height);
    c.stroke();
    paintNames(c, box, fit.names.map((name, k) => ({ name, y: y(weights[run.dim * run.have + k]), goal: y(exact[k]) })));
  }

  /** @param {CanvasRenderingContext2D} c @param {import('../canvas/plane.js').Box} box @param {number} low @param {number} high @param {number} steps @param {(at: number) => number} x @param {(weight: number) => number} y */
  function paintAxes(c, box, low, high, steps, x, y) {
    c.font = `12px ${palette.font}`;
    c.fillStyle = palette.muted;
    c.lineWidth = 1;
    c.textBaseline = 'middle';
    c.textAlign = 'right';
    const size = rounded((high - low) / 5);
    for (let k = Math.ceil(low / size); k * size <= high; k++) {
      const at = Math.round(y(k * size)) + 0.5;
      c.strokeStyle = k === 0 ? palette.line : palette.hairline;
      c.beginPath();
      c.moveTo(box.left, at);
      c.lineTo(box.left + box.width, at);
      c.stroke();
      c.fillText(tick(k * size, 3), box.left - 8, at);
    }
    c.textAlign = 'center';
    for (const at of [0, steps]) c.fillText(String(at), x(at), box.top + box.height + 14);
    c.fillText(element.dataset.step ?? '', box.left + box.width / 2, box.top + box.height + 14);
  }

  /** @param {CanvasRenderingContext2D} c @param {import('../canvas/plane.js').Box} box @param {Float64Array} weights @param {import('../../state/types.js').Run} run @param {string} colour @param {(at: number) => number} x @param {(weight: number) => number} y */
  function paintPaths(c, box, weights, run, colour, x, y) {
    const every = Math.max(1, Math.floor(run.have / box.width)); // no more points than pixels
    c.save();
    c.beginPath();
    c.rect(box.left, box.top, box.width, box.height);
    c.clip();
    c.strokeStyle = colour;
    c.globalAlpha = 0.75;
    c.lineWidth = 1.5;
    c.lineJoin = 'round';
    c.beginPath();
    for (let k = 0; k < run.dim; k++) {
      for (let at = 0; at <= run.have; at += every) {
        const height = y(weights[run.dim * at + k]);
        if (at === 0) c.moveTo(x(at), height);
        else c.lineTo(x(at), height);
      }
    }
    c.stroke();
    c.restore();
  }

  /** @param {CanvasRenderingContext2D} c @param {import('../canvas/plane.js').Box} box @param {{name: string, y: number, goal: number}[]} ends */
  function paintNames(c, box, ends) {
    const right = box.left + box.width;
    const inside = (/** @type {number} */ at) => at >= box.top - 1 && at <= box.top + box.height + 1;
    c.strokeStyle = palette.ink;
    c.lineWidth = 1.5;
    for (const { goal } of ends.filter(({ goal }) => inside(goal))) {
      c.beginPath();
      c.moveTo(right - 3, goal);
      c.lineTo(right + 6, goal);
      c.stroke();
    }
    c.font = `11px ${palette.font}`;
    c.fillStyle = palette.muted;
    c.textAlign = 'left';
    let free = box.top - LINE;
    for (const { name, y } of ends.filter(({ y }) => inside(y)).sort((a, b) => a.y - b.y)) {
      if (y < free + LINE) continue; // a name under a name is none
      free = y;
      c.fillText(name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name, right + 10, y);
    }
  }

  const frame = painter(paint, () => (state.held.get() ? LATER : 0));
  const undos = [
    watchSize(element, frame.dirty),
    state.theme.subscribe(() => requestAnimationFrame(() => {
      palette = readPalette(element);
      frame.dirty();
    })),
    onChange([state.run, state.playhead, state.fit, state.chosen, state.colours, state.view, state.setup], frame.dirty),
  ];
  return () => {
    for (const undo of undos) undo();
    frame.stop();
    layer.canvas.remove();
  };
}

/**
 * The lowest and the highest to be shown: all paths, and what of the exact answer is not far beyond them.
 * @param {Float64Array} paths
 * @param {number[]} exact
 * @returns {[number, number]}
 */
function extent(paths, exact) {
  let [low, high] = [0, 0];
  for (const weight of paths) {
    if (!Number.isFinite(weight)) continue;
    low = Math.min(low, weight);
    high = Math.max(high, weight);
  }
  const span = high - low || 1;
  for (const weight of exact) {
    if (weight < low && weight > low - FAR * span) low = weight;
    if (weight > high && weight < high + FAR * span) high = weight;
  }
  const room = 0.06 * (high - low || 1);
  return [low - room, high + room];
}

/** @param {number} size @returns {number} 1, 2 or 5 times a power of ten, not far from it */
function rounded(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return power * ([1, 2, 5].find((each) => each * power >= size) ?? 10);
}
