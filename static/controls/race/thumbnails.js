// @ts-check
/**
 * Little contour pictures: a grid of levels (0 the lowest ground, 1 the highest) painted as bands of the map's
 * colours with a line between them.
 *
 * @import { LossMap } from '../../state/types.js'
 * @typedef {{levels: ArrayLike<number>, width: number, height: number}} Relief  rows from the lowest y up
 * @typedef {{keys: string[], levels: Float32Array, size: [number, number]}} Thumbnails
 *   `levels` holds one relief after the other, in the order of `keys`; `size` is [width, height] of each
 */

const BANDS = 9;
const LOW = 0.02; // share of the map that counts as its lowest ground
const LOW_OPEN = 0.3; // the same where no minimum is known: there the lowest spot is only the map's edge
const THIN = 4; // of the points of a large grid across, and up, one in so many is enough
const WIDTH = 168; // pixels of the picture, about: twice what it takes on the page, for fine screens

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Relief} relief
 */
export function paintThumbnail(canvas, { levels, width, height }) {
  const tones = palette(canvas);
  const scale = Math.max(1, Math.round(WIDTH / (width - 1))); // pixels for one cell of the grid
  const [wide, high] = [(width - 1) * scale, (height - 1) * scale];
  const context = canvas.getContext("2d");
  if (!context) return;
  canvas.width = wide;
  canvas.height = high;
  const bands = new Uint8Array((wide + 1) * (high + 1));
  for (let j = 0; j <= high; j++)
    for (let i = 0; i <= wide; i++) {
      const level = between(levels, width, height, i / scale, (high - j) / scale);
      bands[j * (wide + 1) + i] = band(level);
    }
  const image = context.createImageData(wide, high);
  const pixels = new Uint32Array(image.data.buffer);
  for (let j = 0; j < high; j++)
    for (let i = 0; i < wide; i++) {
      const at = j * (wide + 1) + i;
      const edge = bands[at] !== bands[at + 1] || bands[at] !== bands[at + wide + 1];
      pixels[j * wide + i] = edge ? tones.contour : tones.bands[bands[at]];
    }
  context.putImageData(image, 0, 0);
}

/**
 * So few points of a map's grid that its picture is soon painted.
 *
 * @param {LossMap} map
 * @returns {Pick<LossMap, "loss" | "x" | "y" | "minima">}
 */
export function thinned({ x, y, loss, minima }) {
  const few = (/** @type {Float64Array} */ axis) => axis.filter((_, i) => i % THIN === 0);
  const kept = loss.filter((_, at) => at % x.length % THIN === 0 && Math.floor(at / x.length) % THIN === 0);
  return { x: few(x), y: few(y), loss: kept, minima };
}

/**
 * The relief of a map: log(loss - lowest known + the loss of its lowest ground), scaled to 0..1.
 *
 * @param {Pick<LossMap, "loss" | "x" | "y" | "minima">} map
 * @returns {Relief}
 */
export function reliefOf({ loss, x, y, minima }) {
  const finite = loss.filter(Number.isFinite).sort();
  const [lowest, highest] = [finite[0] ?? 0, finite[finite.length - 1] ?? 0];
  const base = Math.min(lowest, ...minima.map(({ value }) => value ?? Infinity));
  const ground = finite[Math.floor((minima.length > 0 ? LOW : LOW_OPEN) * (finite.length - 1))] - base;
  const eps = Math.max(0.3 * ground, 1e-6 * (highest - base), Number.MIN_VALUE);
  const height = (/** @type {number} */ each) => Math.log(Math.max(0, each - base) + eps);
  const [from, span] = [height(lowest), height(highest) - height(lowest) || 1];
  const levels = loss.map((each) => (Number.isFinite(each) ? (height(each) - from) / span : 1));
  return { levels, width: x.length, height: y.length };
}

/** @param {number} level 0..1 */
const band = (level) => Math.max(0, Math.min(BANDS - 1, Math.floor(level * BANDS)));

/**
 * The level between four cells.
 *
 * @param {ArrayLike<number>} levels
 * @param {number} width
 * @param {number} height
 * @param {number} x in cells
 * @param {number} y in cells
 */
function between(levels, width, height, x, y) {
  const i = Math.min(width - 2, Math.floor(x));
  const j = Math.min(height - 2, Math.floor(y));
  const [u, v] = [x - i, y - j];
  const row = (/** @type {number} */ at) => levels[at] * (1 - u) + levels[at + 1] * u;
  return row(j * width + i) * (1 - v) + row((j + 1) * width + i) * v;
}

/** @param {Element} element */
function palette(element) {
  const style = getComputedStyle(element);
  const read = (/** @type {string} */ name) => {
    const hex = style.getPropertyValue(name).trim();
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  };
  const pixel = (/** @type {number[]} */ [red, green, blue]) => (255 << 24) | (blue << 16) | (green << 8) | red;
  const stops = ["--map-deepest", "--map-low", "--map-middle", "--map-high"].map(read);
  const bands = Array.from({ length: BANDS }, (_, k) => {
    const place = (k / (BANDS - 1)) * (stops.length - 1);
    const at = Math.min(stops.length - 2, Math.floor(place));
    return pixel(stops[at].map((from, channel) => Math.round(from + (stops[at + 1][channel] - from) * (place - at))));
  });
  return { bands, contour: pixel(read("--contour")) };
}
