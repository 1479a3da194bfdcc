// The colours of classes as canvases need them: strong ones for samples and weights, and ramps for regions. A ramp goes
// from one class (or from nothing) through "undecided" to the other, as pixels, so that painting is looking up.

export const SHADES = 256; // of a ramp; the last index is the far end

const LETTERS = 'abcdefghij';
const SIX = 6; // hexadecimal digits

/** @typedef {[number, number, number]} Rgb each 0 to 255 */

/**
 * @typedef {object} ClassColours
 * @property {string[]} strong of the classes, the first being A
 * @property {Rgb[]} pale of their regions
 * @property {Rgb} between undecided
 * @property {Uint32Array} diverging pixels: A, undecided, B
 * @property {Uint32Array[]} rising pixels, a ramp for each class: undecided, then the class
 */

/** @param {string} hex "#1c62b0" @returns {Rgb} */
export function rgbOf(hex) {
  const digits = hex.trim().replace('#', '');
  const full = digits.length === SIX ? digits : [...digits].map((digit) => digit + digit).join('');
  const value = Number.parseInt(full, 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** A pixel as it lies in memory: red first. @param {number} red @param {number} green @param {number} blue */
export const pixelOf = (red, green, blue) => (255 << 24) | (blue << 16) | (green << 8) | red;

/**
 * @param {Rgb[]} stops evenly spaced
 * @returns {Uint32Array} SHADES pixels
 */
export function ramp(stops) {
  const pixels = new Uint32Array(SHADES);
  for (let i = 0; i < SHADES; i++) {
    const place = (i / (SHADES - 1)) * (stops.length - 1);
    const k = Math.min(Math.floor(place), stops.length - 2);
    const part = place - k;
    const [red, green, blue] = stops[k].map((from, c) => Math.round(from + (stops[k + 1][c] - from) * part));
    pixels[i] = pixelOf(red, green, blue);
  }
  return pixels;
}

/**
 * @param {Element} element
 * @returns {ClassColours}
 */
export function readClassColours(element) {
  const style = getComputedStyle(element);
  const token = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const strong = [...LETTERS].map((letter) => token(`--class-${letter}`));
  const pale = [...LETTERS].map((letter) => rgbOf(token(`--region-${letter}`)));
  const between = rgbOf(token('--card'));
  return {
    strong,
    pale,
    between,
    diverging: ramp([pale[0], between, pale[1]]),
    rising: pale.map((colour) => ramp([between, colour])),
  };
}
