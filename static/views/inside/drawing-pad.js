// A square on which a hand, or the keys, draw with a soft pen. What is drawn is kept as ink on few pixels.

import { watchSize } from '../../plot.js';
import { painter } from '../canvas/frame-loop.js';
import { addLayer } from '../canvas/layer.js';
import { readPalette } from '../canvas/palette.js';

const SIDE = 56; // pixels of the ink a side
const PEN = 4.6; // of these, how wide a stroke is
const STEP = 1.5; // of these, one press of an arrow key

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @param {HTMLElement} element
 * @param {(pixels: number[] | null) => void} drawn row by row, 0 to 255; null when it has been wiped
 */
export function drawingPad(element, drawn) {
  const layer = addLayer(element, 'pad');
  const ink = document.createElement('canvas');
  [ink.width, ink.height] = [SIDE, SIDE];
  const c = /** @type {CanvasRenderingContext2D} */ (ink.getContext('2d', { willReadFrequently: true }));
  [c.lineCap, c.lineJoin, c.lineWidth] = ['round', 'round', PEN];
  const shade = document.createElement('canvas');
  [shade.width, shade.height] = [SIDE, SIDE];
  const tint = /** @type {CanvasRenderingContext2D} */ (shade.getContext('2d'));
  let palette = readPalette(element);
  let pen = { x: SIDE / 2, y: SIDE / 2, down: false, keys: false };

  function paint() {
    palette = readPalette(element);
    const [width, height] = [element.clientWidth, element.clientHeight];
    layer.fit(width, height);
    layer.clear();
    tint.globalCompositeOperation = 'copy';
    tint.drawImage(ink, 0, 0);
    tint.globalCompositeOperation = 'source-in';
    tint.fillStyle = palette.ink;
    tint.fillRect(0, 0, SIDE, SIDE);
    layer.context.drawImage(shade, 0, 0, width, height);
    if (!pen.keys) return;
    const [x, y] = [(pen.x / SIDE) * width, (pen.y / SIDE) * height];
    layer.context.beginPath();
    layer.context.arc(x, y, (PEN / SIDE / 2) * width + 2, 0, 2 * Math.PI);
    layer.context.lineWidth = 2;
    layer.context.strokeStyle = palette.accent;
    if (pen.down) {
      layer.context.fillStyle = palette.accent;
      layer.context.fill();
    }
    layer.context.stroke();
  }
  const frame = painter(paint);

  /** @param {number} x @param {number} y of the ink's pixels */
  function strokeTo(x, y) {
    c.beginPath();
    c.moveTo(pen.x, pen.y);
    c.lineTo(x, y);
    c.strokeStyle = '#000';
    c.stroke();
    [pen.x, pen.y] = [x, y];
    tell();
  }

  function tell() {
    const { data } = c.getImageData(0, 0, SIDE, SIDE);
    drawn(Array.from({ length: SIDE * SIDE }, (_, i) => data[4 * i + 3]));
    frame.dirty();
  }

  /** @param {PointerEvent} event @returns {[number, number]} */
  function place(event) {
    const box = element.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * SIDE, ((event.clientY - box.top) / box.height) * SIDE];
  }

  function wipe() {
    c.clearRect(0, 0, SIDE, SIDE);
    pen.down = false;
    drawn(null);
    frame.dirty();
  }

  const controller = new AbortController();
  const hear = (/** @type {string} */ type, /** @type {(event: any) => void} */ act) => element.addEventListener(type, act, { signal: controller.signal });
  hear('pointerdown', (/** @type {PointerEvent} */ event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    const [x, y] = place(event);
    pen = { x, y, down: false, keys: false };
    strokeTo(x + 0.01, y);
  });
  hear('pointermove', (/** @type {PointerEvent} */ event) => {
    if (!element.hasPointerCapture(event.pointerId)) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) strokeTo(...place(each));
  });
  hear('keydown', (/** @type {KeyboardEvent} */ event) => {
    const way = ARROWS[event.key];
    if (way) {
      const [x, y] = [pen.x + STEP * way[0], pen.y + STEP * way[1]].map((at) => Math.max(0, Math.min(SIDE, at)));
      pen.keys = true;
      if (pen.down) strokeTo(x, y);
      else [pen.x, pen.y] = [x, y];
    } else if (event.key === ' ') {
      pen.keys = true;
      pen.down = !pen.down;
      if (pen.down) strokeTo(pen.x + 0.01, pen.y);
    } else if (event.key === 'Delete' || event.key === 'Backspace') wipe();
    else return;
    event.preventDefault();
    event.stopPropagation();
    frame.dirty();
  });
  hear('blur', () => {
    pen.keys = pen.down = false;
    frame.dirty();
  });
  const undo = watchSize(element, frame.dirty);

  return {
    wipe,
    dirty: frame.dirty,
    /** A picture in place of the drawing. @param {ArrayLike<number>} values @param {[number, number]} shape */
    put(values, [high, wide]) {
      const image = c.createImageData(wide, high);
      let most = 1e-9;
      for (let k = 0; k < high * wide; k++) most = Math.max(most, values[k]);
      for (let k = 0; k < high * wide; k++) image.data[4 * k + 3] = (255 * values[k]) / most;
      const small = document.createElement('canvas');
      [small.width, small.height] = [wide, high];
      small.getContext('2d')?.putImageData(image, 0, 0);
      c.clearRect(0, 0, SIDE, SIDE);
      c.drawImage(small, 0, 0, SIDE, SIDE);
      tell();
    },
    undo() {
      controller.abort();
      undo();
      frame.stop();
      layer.canvas.remove();
    },
  };
}
