// One small multiple: the head with name and accuracy, and a picture of three layers, what the network says to every
// place, the samples, and the cursor of a drawing hand.

import { matrixBox, paintMatrix } from './confusion.js';
import { addLayer } from '../canvas/layer.js';
import { pixelCanvas, shade, shadeClasses } from '../samples/response-pixels.js';

/** @typedef {import('../../state/network/types.js').Look} Look */
/** @typedef {import('../samples/class-colours.js').ClassColours} ClassColours */
/** @typedef {import('../../state/network/types.js').Confused} Confused */
/** @typedef {import('../canvas/plane.js').Plane} Plane */
/** @typedef {import('../canvas/palette.js').Palette} Palette */

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
    this.hint = part('hint');
    this.picture = part('picture');
    this.ground = addLayer(this.picture, 'region-ground');
    this.marks = addLayer(this.picture, 'region-marks');
    this.pixels = pixelCanvas(1, 1);
  }

  /** @param {number} width @param {number} height */
  fit(width, height) {
    this.ground.fit(width, height);
    this.marks.fit(width, height);
  }

  /** Whether a hand draws on the picture, and what it is to those who do not see it. @param {boolean} draws @param {string} label */
  draws(draws, label) {
    const { picture } = this;
    if (picture.ariaLabel !== label) picture.ariaLabel = label;
    if (picture.dataset.pen === String(draws)) return;
    picture.dataset.pen = String(draws);
    picture.setAttribute('role', draws ? 'application' : 'img');
    if (draws) picture.tabIndex = 0;
    else picture.removeAttribute('tabindex');
  }

  /**
   * @param {Plane} plane
   * @param {Look | null} look null: it is not known yet
   * @param {number} entrant
   * @param {{colours: ClassColours, palette: Palette, colour: string}} looks `colour`: the entrant's
   * @param {HTMLCanvasElement} samples painted beforehand
   */
  paint(plane, look, entrant, { colours, palette, colour }, samples) {
    this.ground.clear();
    if (look?.y) this.paintRegion(look, entrant, colours, plane);
    this.marks.clear();
    this.marks.context.drawImage(samples, 0, 0, plane.box.width, plane.box.height);
    if (look && !look.y) this.paintCurves(look, entrant, plane, look.shapes.regions[1] > 1 ? colours.strong : [colour], palette.card);
  }

  /** Who is taken for whom. @param {Confused | null} confused @param {number} entrant @param {string[]} names @param {[number, number]} size @param {Palette} palette */
  paintConfusion(confused, entrant, names, [width, height], palette) {
    const c = this.ground.context;
    this.ground.clear();
    this.marks.clear();
    const from = entrant * names.length ** 2;
    if (!confused || from >= confused.counts.length) return;
    const colours = { right: palette.accent, wrong: palette.danger };
    paintMatrix(c, { counts: confused.counts, from, names }, matrixBox(c, names, width, height, palette), colours, palette);
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
    // The outermost places lie on the edge of the window, so half a pixel is beyond it.
    this.ground.context.drawImage(canvas, 0.5, 0.5, nx - 1, ny - 1, 0, 0, width, height);
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

  /** Where the arrow keys are. @param {number} left @param {number} top @param {Palette} palette */
  paintCursor(left, top, palette) {
    const c = this.marks.context;
    c.beginPath();
    c.moveTo(left - ARM, top);
    c.lineTo(left + ARM, top);
    c.moveTo(left, top - ARM);
    c.lineTo(left, top + ARM);
    for (const [style, width] of /** @type {[string, number][]} */ ([[palette.card, 5], [palette.accent, 2]])) {
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

/** The class that an entrant's network says at a place, and how sure it is of it. @param {Look} look @param {number} entrant @param {Plane} plane @param {number} left @param {number} top @returns {{predicted: number, share: number} | null} */
export function predictedAt({ regions, shapes }, entrant, { box }, left, top) {
  const [, outputs, ny, nx] = shapes.regions;
  const column = Math.round((left / box.width) * (nx - 1));
  const row = Math.round((1 - top / box.height) * (ny - 1));
  const at = (/** @type {number} */ output) => regions?.[((entrant * outputs + output) * ny + row) * nx + column] ?? NaN;
  if (outputs === 1) {
    const share = at(0);
    return Number.isFinite(share) ? { predicted: Number(share > 0.5), share: share > 0.5 ? share : 1 - share } : null;
  }
  let predicted = 0;
  for (let k = 1; k < outputs; k++) if (at(k) > at(predicted)) predicted = k;
  return Number.isFinite(at(predicted)) ? { predicted, share: at(predicted) } : null;
}
