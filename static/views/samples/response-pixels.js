// What networks say to every place of the plane, as pixels. Values lie as the server sends them: rows from below, x from
// the left, one such grid for each output; pixels lie from above. What is no number is left transparent.

import { SHADES } from './class-colours.js';

/** @typedef {import('./class-colours.js').ClassColours} ClassColours */

const LAST = SHADES - 1;

/**
 * One output: low is the first end of the ramp, high the other.
 * @param {Uint32Array} pixels at least nx * ny from `at` on
 * @param {ArrayLike<number>} values
 * @param {number} from where the grid begins in `values`
 * @param {number} nx @param {number} ny
 * @param {Uint32Array} ramp
 * @param {number} [low] value of the ramp's first colour
 * @param {number} [high] value of its last
 * @param {number} [at] first pixel
 * @param {number} [stride] pixels from one row to the next
 */
export function shade(pixels, values, from, nx, ny, ramp, low = 0, high = 1, at = 0, stride = nx) {
  const scale = LAST / (high - low);
  for (let row = 0; row < ny; row++) {
    let source = from + (ny - 1 - row) * nx;
    let target = at + row * stride;
    for (let column = 0; column < nx; column++) {
      const place = (values[source++] - low) * scale;
      // Of what is no number neither comparison is true.
      pixels[target++] = place > LAST ? ramp[LAST] : place >= 0 ? ramp[(place + 0.5) | 0] : place < 0 ? ramp[0] : 0;
    }
  }
}

/**
 * Several outputs, one for each class: the colour of the largest, as pale as the second comes near it.
 * @param {Uint32Array} pixels
 * @param {ArrayLike<number>} values
 * @param {number} from
 * @param {number} nx @param {number} ny
 * @param {number} outputs
 * @param {ClassColours} colours
 */
export function shadeClasses(pixels, values, from, nx, ny, outputs, { rising }) {
  const size = nx * ny;
  for (let row = 0; row < ny; row++) {
    for (let column = 0; column < nx; column++) {
      const source = from + (ny - 1 - row) * nx + column;
      let best = 0;
      let first = -Infinity;
      let second = -Infinity;
      for (let k = 0; k < outputs; k++) {
        const value = values[source + k * size];
        if (value > first) {
          second = first;
          first = value;
          best = k;
        } else if (value > second) second = value;
      }
      const lead = Math.min(1, Math.max(0, first - Math.max(0, second)));
      pixels[row * nx + column] = first > -Infinity ? rising[best % rising.length][(lead * LAST + 0.5) | 0] : 0;
    }
  }
}

/**
 * A canvas with as many pixels as a grid has places, to be drawn larger.
 * @param {number} width @param {number} height
 */
export function pixelCanvas(width, height) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(width, height);
  return {
    canvas,
    width,
    height,
    pixels: new Uint32Array(image.data.buffer),
    put: () => context.putImageData(image, 0, 0),
  };
}

/** @typedef {ReturnType<typeof pixelCanvas>} PixelCanvas */
