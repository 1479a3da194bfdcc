// Paints the network of one entrant: lines first, neurons over them, names below and beside.

import { readClassColours } from '../samples/class-colours.js';
import { paintLines } from './lines.js';
import { biasNumber, outline, rangesOf, shadeMaps, shadeWeights, tileSheet, traceNeuron } from './neurons.js';
import { pixelCanvas } from '../samples/response-pixels.js';
import { ramp, rgbOf } from '../samples/class-colours.js';

/** @typedef {import('../../state/network/types.js').Look} Look */
/** @typedef {import('../../state/network/types.js').Sampled} Sampled */
/** @typedef {import('./layout.js').Layout} Layout */
/** @typedef {import('../canvas/palette.js').Palette} Palette */

/**
 * @typedef {object} Subject what is drawn
 * @property {Look} look
 * @property {number[]} dims
 * @property {string[]} activations of the hidden layers
 * @property {Sampled} samples
 */
/** @typedef {'maps' | 'curves' | 'pictures' | 'plain'} Kind */

/** What the neurons of a network can show. @param {Sampled} samples @returns {Kind} */
export function kindOf({ shape, dims }) {
  if (shape && shape[0] * shape[1] === dims[0]) return 'pictures';
  return dims[0] === 2 ? 'maps' : dims[0] === 1 ? 'curves' : 'plain';
}

/** @param {HTMLElement} element */
export function networkPainter(element) {
  let colours = readClassColours(element);
  /** @type {import('./neurons.js').TileSheet | null} */
  let sheet = null;

  /** @param {number} count @param {number} wide @param {number} high */
  function sheetFor(count, wide, high) {
    if (sheet?.count !== count || sheet.wide !== wide || sheet.high !== high) sheet = tileSheet(count, wide, high);
    return sheet;
  }

  /**
   * @param {CanvasRenderingContext2D} c
   * @param {import('./lines.js').Drawn} drawn
   * @param {Subject} subject
   * @param {Palette} palette
   */
  function paint(c, drawn, { look, dims, activations, samples }, palette) {
    const kind = kindOf(samples);
    const { layout, weights } = drawn;
    const signs = /** @type {[string, string]} */ ([colours.strong[0], colours.strong[1]]);
    if (kind === 'pictures') paintBundle(c, layout, palette);
    paintLines(c, drawn, signs);

    if (kind === 'maps' && look.neurons) {
      const [count, , side] = look.shapes.neurons;
      const tiles = sheetFor(count + dims[0], side, side);
      shadeMaps(tiles, look, dims, activations, colours);
      let tile = 0;
      for (const { size, spots } of layout.columns)
        for (const { left, top } of spots) framed(c, left, top, size, palette, (x, y) => tiles.draw(c, tile++, x, y, size, size, 0.5));
    } else if (kind === 'curves' && look.neurons) paintCurves(c, layout, look, dims, activations, palette);
    else {
      for (let layer = 0; layer < layout.columns.length; layer++) {
        const { size, spots } = layout.columns[layer];
        spots.forEach(({ left, top }, neuron) => {
          const bias = layer === 0 ? 0 : weights[biasNumber(dims, layer, neuron)];
          framed(c, left, top, size, palette, (x, y) => {
            c.fillStyle = layer === 0 ? palette.page : tone(bias);
            c.fillRect(x, y, size, size);
          });
        });
      }
      if (kind === 'pictures') paintPictures(c, layout, weights, dims, samples, palette);
    }
  }

  /** A bias as a colour: one is as strong as any. @param {number} bias */
  function tone(bias) {
    const part = Math.min(1, Math.abs(bias));
    if (!(part >= 0)) return 'transparent';
    const [red, green, blue] = colours.between.map((from, i) => Math.round(from + (colours.pale[bias > 0 ? 1 : 0][i] - from) * part));
    return `rgb(${red} ${green} ${blue})`;
  }

  /** @param {CanvasRenderingContext2D} c @param {Layout} layout @param {Look} look @param {number[]} dims @param {string[]} activations @param {Palette} palette */
  function paintCurves(c, { columns }, { neurons, shapes }, dims, activations, palette) {
    const values = /** @type {Float32Array} */ (neurons);
    const count = shapes.neurons[1];
    const ranges = rangesOf(dims, activations, values, count);
    let neuron = 0;
    columns.forEach(({ size, spots }, layer) => {
      for (const { left, top } of spots) {
        framed(c, left, top, size, palette, (x, y) => {
          c.fillStyle = palette.card;
          c.fillRect(x, y, size, size);
          c.beginPath();
          if (layer === 0) traceNeuron(c, [0, 1], 0, 2, [0, 1], x, y, size);
          else {
            const from = neuron++ * count;
            traceNeuron(c, values, from, count, layer === columns.length - 1 ? ownRange(values, from, count) : ranges[layer - 1], x, y, size);
          }
          c.strokeStyle = palette.ink;
          c.lineWidth = Math.min(1.8, size / 14);
          c.stroke();
        });
      }
    });
  }

  /** @param {CanvasRenderingContext2D} c @param {Layout} layout @param {ArrayLike<number>} weights @param {number[]} dims @param {Sampled} samples @param {Palette} palette */
  function paintPictures(c, { columns }, weights, dims, samples, palette) {
    const [high, wide] = /** @type {[number, number]} */ (samples.shape);
    const tiles = sheetFor(dims[1], wide, high);
    shadeWeights(tiles, weights, dims, colours);
    c.imageSmoothingEnabled = columns[1].size > 2 * wide;
    columns[1].spots.forEach(({ left, top }, neuron) => {
      const { size } = columns[1];
      framed(c, left, top, size, palette, (x, y) => tiles.draw(c, neuron, x, y, size, size, 0));
    });
    c.imageSmoothingEnabled = true;
    const [{ left, top }] = columns[0].spots;
    const { size } = columns[0];
    framed(c, left, top, size, palette, (x, y) => c.drawImage(example(samples, palette), x, y, size, size));
  }

  /** One of the pictures, to stand for the inputs. @type {{of: unknown, canvas: HTMLCanvasElement | null}} */
  let shown = { of: null, canvas: null };
  /** @param {Sampled} samples @param {Palette} palette */
  function example(samples, palette) {
    const key = `${samples.of} ${palette.ink}`;
    if (shown.of === key && shown.canvas) return shown.canvas;
    const [high, wide] = /** @type {[number, number]} */ (samples.shape);
    const { canvas, pixels, put } = pixelCanvas(wide, high);
    const shades = ramp([rgbOf(palette.card), rgbOf(palette.ink)]);
    for (let i = 0; i < wide * high; i++) pixels[i] = shades[samples.inputs[i]];
    put();
    shown = { of: key, canvas };
    return canvas;
  }

  return {
    paint,
    /** The colours are others. */
    renew: () => void (colours = readClassColours(element)),
    get colours() {
      return colours;
    },
  };
}

/** Least and greatest of some values, never the same. @param {ArrayLike<number>} values @param {number} from @param {number} count @returns {[number, number]} */
function ownRange(values, from, count) {
  let [low, high] = [Infinity, -Infinity];
  for (let k = from; k < from + count; k++) {
    low = Math.min(low, values[k]);
    high = Math.max(high, values[k]);
  }
  return high > low ? [low, high] : [low - 1, low + 1];
}

/** @param {CanvasRenderingContext2D} c @param {number} left @param {number} top @param {number} size @param {Palette} palette @param {(x: number, y: number) => void} inner */
function framed(c, left, top, size, palette, inner) {
  const [x, y] = [left - size / 2, top - size / 2];
  c.save();
  outline(c, x, y, size);
  c.clip();
  inner(x, y);
  c.restore();
  outline(c, x, y, size);
  c.lineWidth = 1;
  c.strokeStyle = palette.contour;
  c.stroke();
}

/** The pixels of a picture go to every neuron: a fan stands for all those lines. @param {CanvasRenderingContext2D} c @param {Layout} layout @param {Palette} palette */
function paintBundle(c, { columns: [inputs, next] }, palette) {
  const [{ left, top }] = inputs.spots;
  const begin = left + inputs.size / 2;
  const ends = next.spots.filter((spot) => spot.left === next.spots[0].left);
  const edge = next.spots[0].left - next.size / 2;
  const [high, low] = [ends[0].top - next.size / 2, ends[ends.length - 1].top + next.size / 2];
  const middle = (begin + edge) / 2;
  c.beginPath();
  c.moveTo(begin, top - inputs.size / 2);
  c.bezierCurveTo(middle, top - inputs.size / 2, middle, high, edge, high);
  c.lineTo(edge, low);
  c.bezierCurveTo(middle, low, middle, top + inputs.size / 2, begin, top + inputs.size / 2);
  c.closePath();
  c.fillStyle = palette.hairline;
  c.fill();
}
