// The sample that is meant, among all: on the plane of two inputs a hand picks one; a picture is shown as it is.

import { watchSize } from '../../plot.js';
import { readClassColours } from './class-colours.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { addLayer } from '../canvas/layer.js';
import { readPalette } from '../canvas/palette.js';
import { pixelCanvas } from './response-pixels.js';

const [DOT, RING] = [1.9, 6]; // pixels
const SHARP = 112; // pixels a side of a picture in a cell

/**
 * @param {HTMLElement} element
 * @param {import('../../state/network/types.js').NetworkState} state
 * @param {import('../../state/types.js').Writable<number>} row
 */
export function samplePicture(element, state, row) {
  const layer = addLayer(element, 'sample-points');
  let palette = readPalette(element);
  let colours = readClassColours(element);
  /** @type {ArrayLike<number> | null} */
  let values = null; // of the sample that is meant, as the network sees them

  /** The place among the samples on show of the one that is meant; -1: it is not among them. */
  const shown = () => state.samples.get()?.rows.indexOf(row.get()) ?? -1;

  /** Pixels of a sample on the plane. @param {number} i @returns {[number, number]} */
  function spot(i) {
    const samples = state.samples.get();
    if (!samples?.window) return [NaN, NaN];
    const [[x0, x1], [y0, y1]] = samples.window;
    const two = samples.dims[0] === 2;
    const [x, y] = two ? [samples.inputs[2 * i], samples.inputs[2 * i + 1]] : [samples.inputs[i], samples.targets[i]];
    return [((x - x0) / (x1 - x0)) * element.clientWidth, (1 - (y - y0) / (y1 - y0)) * element.clientHeight];
  }

  function paint() {
    const samples = state.samples.get();
    element.hidden = !samples?.window && !samples?.shape;
    if (!samples || element.hidden) return;
    element.classList.toggle('is-plane', Boolean(samples.window));
    layer.fit(element.clientWidth, element.clientHeight);
    layer.clear();
    const c = layer.context;
    const me = shown();
    if (!samples.window) return values && samples.shape ? drawDigit(c, values, samples.shape, element.clientWidth, palette) : undefined;
    for (let i = 0; i < samples.rows.length; i++) {
      const [x, y] = spot(i);
      c.beginPath();
      c.arc(x, y, i === me ? 3.4 : DOT, 0, 2 * Math.PI);
      c.fillStyle = samples.kind === 'classes' ? colours.strong[samples.targets[i] % colours.strong.length] : palette.muted;
      c.globalAlpha = i === me ? 1 : 0.55;
      c.fill();
    }
    c.globalAlpha = 1;
    if (me < 0) return;
    c.beginPath();
    c.arc(...spot(me), RING, 0, 2 * Math.PI);
    c.lineWidth = 2;
    c.strokeStyle = palette.ink;
    c.stroke();
  }

  /** @param {PointerEvent} event */
  function pick({ clientX, clientY }) {
    const samples = state.samples.get();
    if (!samples?.window) return;
    const box = element.getBoundingClientRect();
    let [best, least] = [-1, Infinity];
    for (let i = 0; i < samples.rows.length; i++) {
      const [x, y] = spot(i);
      const far = Math.hypot(x - clientX + box.left, y - clientY + box.top);
      if (far < least) [best, least] = [i, far];
    }
    if (best >= 0) row.set(samples.rows[best]);
  }

  const frame = painter(paint);
  element.addEventListener('pointerdown', pick);
  const undos = [
    watchSize(element, frame.dirty),
    state.theme.subscribe(() => requestAnimationFrame(() => {
      [palette, colours] = [readPalette(element), readClassColours(element)];
      frame.dirty();
    })),
    onChange([state.samples, row, state.inside], frame.dirty),
  ];
  return {
    /** What the network sees of it. @param {ArrayLike<number>} inputs @param {HTMLElement | null} cell that shows it too */
    show(inputs, cell) {
      values = inputs;
      frame.dirty();
      const shape = state.samples.get()?.shape;
      if (!cell || !shape) return;
      const canvas = cell.querySelector('canvas') ?? document.createElement('canvas');
      if (!canvas.isConnected) cell.replaceChildren(canvas);
      [canvas.width, canvas.height] = [SHARP, SHARP];
      drawDigit(/** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')), values, shape, SHARP, palette);
    },
    undo() {
      element.removeEventListener('pointerdown', pick);
      for (const undo of undos) undo();
      frame.stop();
      layer.canvas.remove();
    },
  };
}

/**
 * A picture of ink on paper.
 * @param {CanvasRenderingContext2D} c
 * @param {ArrayLike<number>} values row by row
 * @param {[number, number]} shape
 * @param {number} size pixels a side
 * @param {import('../canvas/palette.js').Palette} palette
 */
export function drawDigit(c, values, [high, wide], size, palette) {
  const { canvas, pixels, put } = pixelCanvas(wide, high);
  const channels = (/** @type {string} */ hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const [paper, ink] = [channels(palette.page), channels(palette.ink)];
  let most = 1e-9;
  for (let k = 0; k < high * wide; k++) most = Math.max(most, values[k]);
  for (let k = 0; k < high * wide; k++) {
    const [red, green, blue] = paper.map((from, channel) => Math.round(from + ((ink[channel] - from) * values[k]) / most));
    pixels[k] = (255 << 24) | (blue << 16) | (green << 8) | red;
  }
  put();
  c.imageSmoothingEnabled = false;
  c.drawImage(canvas, 0, 0, size, size);
}
