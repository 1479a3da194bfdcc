// One small multiple: the head with name and accuracy, and a picture of three layers, what the network says to every
// place, the samples, and the cursor of a drawing hand.

import { addLayer } from './layer.js';
import { pixelCanvas, shade, shadeClasses } from './region-pixels.js';

/** @typedef {import('../state/network-types.js').Look} Look */
/** @typedef {import('./class-colours.js').ClassColours} ClassColours */
/** @typedef {import('./plane.js').Plane} Plane */

const LINE = 2.4; // pixels wide
const HALO = 2.6;
const BEYOND = 1e4; // pixels: further away all is the same
const ARM = 8; // pixels of the cursor's cross

export class RegionCell {
  /** @param {HTMLTemplateElement} template of a cell */
  constructor(template) {
    this.element = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (this.element.querySelector(`[data-part="${name}"]`));
    this.head = /** @type {HTMLButtonElement} */ (part('choose'));
    this.dot = part('dot');
    this.name = part('name');
    this.score = part('score');
    this.fate = part('fate');
    this.picture = part('picture');
    this.ground = addLayer(this.picture, 'region-ground');
    this.marks = addLayer(this.picture, 'region-marks');
    this.pixels = pixelCanvas(1, 1);
  }

  /** @param {number} width @param {number} height @returns {boolean} whether the size is another */
  fit(width, height) {
    this.marks.fit(width, height);
    return this.ground.fit(width, height);
  }

  /** What the network says over the plane of two inputs. @param {Look} look @param {number} entrant @param {ClassColours} colours @param {Plane} plane */
  paintRegion(look, entrant, colours, { box: { width, height } }) {
    const { regions, shapes } = look;
    const [, outputs, ny, nx] = shapes.regions;
    if (this.pixels.width !== nx || this.pixels.height !== ny) this.pixels = pixelCanvas(nx, ny);
    const { canvas, pixels, put } = this.pixels;
    const values = /** @type {Float32Array} */ (regions);
    const from = entrant * outputs * nx * ny;
    if (outputs === 1) shade(pixels, values, from, nx, ny, colours.diverging);
    else shadeClasses(pixels, values, from, nx, ny, outputs, colours);
    put();
    const c = this.ground.context;
    this.ground.clear();
    // The outermost places lie on the edge of the window, so half a pixel is beyond it.
    c.drawImage(canvas, 0.5, 0.5, nx - 1, ny - 1, 0, 0, width, height);
  }

  /** The answers of a network of one input, a curve for each output. @param {Look} look @param {number} entrant @param {Plane} plane @param {string[]} colours @param {string} halo */
  paintCurves({ x, regions, shapes }, entrant, plane, colours, halo) {
    const [, outputs, count] = shapes.regions;
    const values = /** @type {Float32Array} */ (regions);
    const inputs = /** @type {Float64Array} */ (x);
    const c = this.marks.context;
    c.lineJoin = 'round';
    for (let output = 0; output < outputs; output++) {
      const from = (entrant * outputs + output) * count;
      c.beginPath();
      for (let i = 0; i < count; i++) {
        const top = plane.originY + values[from + i] * plane.perY;
        if (Number.isFinite(top)) c.lineTo(plane.originX + inputs[i] * plane.perX, Math.max(-BEYOND, Math.min(top, BEYOND)));
      }
      c.lineWidth = LINE + HALO;
      c.strokeStyle = halo;
      c.stroke();
      c.lineWidth = LINE;
      c.strokeStyle = colours[output % colours.length];
      c.stroke();
    }
  }

  /** @param {HTMLCanvasElement | null} samples painted beforehand, the same for all cells @param {Plane} plane */
  paintMarks(samples, { box: { width, height } }) {
    this.marks.clear();
    if (samples) this.marks.context.drawImage(samples, 0, 0, width, height);
  }

  /** Where the arrow keys are. @param {number} left @param {number} top @param {string} colour @param {string} halo */
  paintCursor(left, top, colour, halo) {
    const c = this.marks.context;
    c.beginPath();
    c.moveTo(left - ARM, top);
    c.lineTo(left + ARM, top);
    c.moveTo(left, top - ARM);
    c.lineTo(left, top + ARM);
    for (const [style, width] of /** @type {[string, number][]} */ ([[halo, 5], [colour, 2]])) {
      c.lineWidth = width;
      c.strokeStyle = style;
      c.stroke();
    }
  }
}

/** Columns for so many cells that rows are as full as they can be. @param {number} count @param {number} width pixels @param {number} least of a cell */
export function columnsOf(count, width, least) {
  const most = Math.max(1, Math.floor(width / least));
  return Math.max(1, Math.ceil(count / Math.ceil(count / most)));
}

/** The class that an entrant's network says at a place, and how sure it is of it. @param {Look} look @param {number} entrant @param {Plane} plane @param {number} left @param {number} top @returns {{said: number, share: number} | null} */
export function saidAt({ regions, shapes }, entrant, { box }, left, top) {
  const [, outputs, ny, nx] = shapes.regions;
  const column = Math.round((left / box.width) * (nx - 1));
  const row = Math.round((1 - top / box.height) * (ny - 1));
  const at = (/** @type {number} */ output) => regions?.[((entrant * outputs + output) * ny + row) * nx + column] ?? NaN;
  if (outputs === 1) {
    const share = at(0);
    return Number.isFinite(share) ? { said: Number(share > 0.5), share: share > 0.5 ? share : 1 - share } : null;
  }
  let said = 0;
  for (let k = 1; k < outputs; k++) if (at(k) > at(said)) said = k;
  return Number.isFinite(at(said)) ? { said, share: at(said) } : null;
}
