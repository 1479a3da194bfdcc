// From losses to heights. A loss spans many decades, so ground is coloured and raised by log10(loss - base + eps):
// base is the best loss known, eps the loss below which detail no longer matters in this window. Both depend on the
// grid alone, never on where an optimizer went.

/**
 * @typedef {object} Grid what the server sent for a window
 * @property {[[number, number], [number, number]]} window
 * @property {Float64Array} x
 * @property {Float64Array} y
 * @property {Float64Array} loss row by row, one row per y
 * @property {import('../../state/types.js').Critical[]} minima
 * @property {import('../../state/types.js').Critical[]} saddles
 */

/**
 * @typedef {object} Relief
 * @property {Float64Array} heights as the grid's losses; NaN where the loss is not finite
 * @property {number} low lowest height
 * @property {number} high highest height
 * @property {(loss: number) => number} height
 * @property {(height: number) => number} loss
 */

const DETAIL = 0.02; // eps comes from the loss that this share of the window lies below
const COARSE = 0.3; // the same where no minimum is known: there the lowest spot is only the window's edge
const EDGE = 0.02; // share of the window that may fall without end, as 1/x does beside its pole, and is then level ground
const POLE = 3; // it does where it falls so many times deeper than half of the window lies above it
const FLAT = 1e-12; // a window whose losses differ by less than this (relatively) is level ground

/** @type {{grid: Grid, ground: Relief} | null} one is enough: a table of all, however weak, is emptied too seldom */
let newest = null;

/**
 * The relief of a grid, made once for all views that show it.
 *
 * @param {Grid} grid
 * @returns {Relief}
 */
export function relief(grid) {
  if (newest?.grid !== grid) newest = { grid, ground: made(grid) };
  return newest.ground;
}

/** @param {Grid} grid @returns {Relief} */
function made(grid) {
  const finite = grid.loss.filter(Number.isFinite);
  if (finite.length === 0) return level(grid, 0);
  const quantile = (/** @type {number} */ share) => smallest(finite, Math.floor(share * (finite.length - 1)));
  const [lowest, highest] = [quantile(0), quantile(1)];
  const pole = grid.minima.length === 0 && quantile(EDGE) - lowest > POLE * (quantile(0.5) - quantile(EDGE));
  const base = pole ? quantile(EDGE) : Math.min(lowest, ...grid.minima.map(({ value }) => value ?? Infinity));
  const spread = highest - base;
  if (!(highest - lowest > FLAT * Math.max(1e-300, Math.abs(highest)))) return level(grid, highest);

  const share = grid.minima.length > 0 ? DETAIL : COARSE;
  const detail = quantile(share) - base;
  const eps = Math.min(Math.max(0.3 * detail, 1e-9 * spread), spread);
  const height = (/** @type {number} */ loss) => Math.log10(Math.max(loss - base, 0) + eps);
  return {
    heights: grid.loss.map((loss) => (Number.isFinite(loss) ? height(loss) : NaN)),
    low: height(lowest),
    high: height(highest),
    height,
    loss: (h) => base + 10 ** h - eps,
  };
}

/**
 * The k-th smallest of some numbers, k from 0, which are put in another order (Hoare's quickselect: sorting all takes
 * several times as long).
 *
 * @param {Float64Array} numbers
 * @param {number} k
 */
function smallest(numbers, k) {
  let [from, to] = [0, numbers.length - 1];
  while (from < to) {
    const pivot = numbers[(from + to) >> 1];
    let [i, j] = [from, to];
    while (i <= j) {
      while (numbers[i] < pivot) i++;
      while (numbers[j] > pivot) j--;
      if (i > j) break;
      [numbers[i], numbers[j]] = [numbers[j], numbers[i]];
      i++;
      j--;
    }
    if (k <= j) to = j;
    else if (k >= i) from = i;
    else break;
  }
  return numbers[k];
}

/** @param {Grid} grid @param {number} loss @returns {Relief} ground without any slope */
function level(grid, loss) {
  return {
    heights: grid.loss.map((value) => (Number.isFinite(value) ? 0 : NaN)),
    low: -1,
    high: 1,
    height: () => 0,
    loss: () => loss,
  };
}

/**
 * Heights equally spaced between the lowest and the highest, both left out.
 * @param {Relief} ground
 * @param {number} count
 * @returns {number[]}
 */
export function levels(ground, count) {
  const size = (ground.high - ground.low) / (count + 1);
  return Array.from({ length: count }, (_, i) => ground.low + (i + 1) * size);
}

/**
 * Value of a grid at a point, between its nodes bilinear; NaN outside.
 * @param {Grid} grid
 * @param {Float64Array} values as the grid's losses
 * @param {number} x
 * @param {number} y
 */
export function valueAt(grid, values, x, y) {
  const nx = grid.x.length;
  const ny = grid.y.length;
  const u = ((x - grid.x[0]) / (grid.x[nx - 1] - grid.x[0])) * (nx - 1);
  const v = ((y - grid.y[0]) / (grid.y[ny - 1] - grid.y[0])) * (ny - 1);
  if (!(u >= 0 && v >= 0 && u <= nx - 1 && v <= ny - 1)) return NaN;
  const i = Math.min(Math.floor(u), nx - 2);
  const j = Math.min(Math.floor(v), ny - 2);
  const at = j * nx + i;
  const lower = values[at] + (u - i) * (values[at + 1] - values[at]);
  const upper = values[at + nx] + (u - i) * (values[at + nx + 1] - values[at + nx]);
  return lower + (v - j) * (upper - lower);
}
