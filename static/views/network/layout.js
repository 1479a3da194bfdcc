// Where the neurons of a network stand: a column for each layer, inputs at the left. A first layer that looks at
// pictures stands as a grid, so that its own pictures are large enough to be seen.

/** @typedef {{left: number, top: number}} Spot the middle of a neuron, pixels */
/**
 * @typedef {object} Column
 * @property {number} size of a neuron, pixels
 * @property {Spot[]} spots one for each neuron; of pictures as inputs there is one for all
 * @property {number} middle of the column, pixels
 * @property {number} right where its lines have left it
 */
/** @typedef {{columns: Column[], width: number, height: number, foot: number}} Layout foot: where the names of layers stand */

const LARGE = [36, 64]; // pixels, a neuron of a narrow element and of a wide one
const PART = 0.075; // of the width, a neuron in between
const LAST = 1.5; // neurons, a single output
const TILE = 76; // a picture of weights
const LEAST = 8; // from one neuron to the next
const BASE = [250, 360]; // height, that of a narrow element and that of a wide one
const HIGHEST = 720; // pixels: a network is drawn no higher where there is room
const FOOT = 26; // names of the layers
const TOP = 6;
const AIR = 0.42; // of what lies between two columns stays free at least
const GRID = 0.46; // of the width: a grid of pictures

/**
 * @param {number[]} dims sizes of the layers, inputs first
 * @param {number} width pixels
 * @param {{picture: boolean, left: number, right: number}} shape whether the inputs are a picture; room for names
 * @param {number} [room] height that there is
 * @returns {Layout}
 */
export function layoutOf(dims, width, { picture, left, right }, room = 0) {
  const counts = picture ? [1, ...dims.slice(1)] : dims;
  const grid = picture && dims.length > 2 ? 1 : -1; // without hidden layers the outputs look at the pictures
  const inColumn = counts.filter((_, layer) => layer !== grid);
  const base = Math.min(Math.max(width * 0.68, BASE[0]), BASE[1]);
  const high = Math.max(base, Math.min(room - TOP - FOOT, HIGHEST), LEAST * Math.max(...inColumn));
  const pitchX = (width - left - right) / counts.length;
  const most = Math.max(4, pitchX * (1 - AIR));

  const large = Math.min(Math.max(width * PART, LARGE[0]), LARGE[1]);
  const sizes = counts.map((count, layer) => {
    const pitch = high / count;
    const gap = pitch > 22 ? 6 : pitch > 13 ? 3 : 1;
    const largest = picture && layer === 0 ? TILE : layer === counts.length - 1 && count === 1 ? LAST * large : large;
    return Math.max(4, Math.min(largest, pitch - gap, most));
  });
  const tiles = grid < 0 ? null : tilesOf(counts[grid], GRID * (width - left - right), high);
  if (tiles) sizes[grid] = tiles.size;
  const wide = sizes.map((size, layer) => (layer === grid && tiles ? tiles.columns * (size + tiles.gap) - tiles.gap : size));
  const free = width - left - right - wide.reduce((sum, each) => sum + each, 0);
  const between = counts.length > 1 ? Math.max(4, free / (counts.length - 1)) : 0;

  let x = left;
  const columns = counts.map((count, layer) => {
    const begin = x;
    x += wide[layer] + between;
    const size = sizes[layer];
    const spots = layer === grid && tiles ? inGrid(count, tiles, begin, high) : inLine(count, size, begin + size / 2, high);
    return { size, spots, middle: begin + wide[layer] / 2, right: begin + wide[layer] };
  });
  const lowest = Math.max(...columns.map(({ size, spots }) => spots[spots.length - 1].top + size / 2));
  return { columns, width, height: TOP + high + FOOT, foot: Math.min(lowest + FOOT + 4, TOP + high + FOOT - 8) };
}

/** @param {number} count @param {number} size @param {number} left @param {number} high @returns {Spot[]} */
function inLine(count, size, left, high) {
  const pitch = Math.min(high / count, size * 1.6 + 4);
  const first = TOP + high / 2 - (pitch * (count - 1)) / 2;
  return Array.from({ length: count }, (_, i) => ({ left, top: first + i * pitch }));
}

/** @typedef {{columns: number, size: number, gap: number}} Tiles */

/** As large as they can be in so much room. @param {number} count @param {number} width @param {number} height @returns {Tiles} */
function tilesOf(count, width, height) {
  const gap = 5;
  let best = { columns: 1, size: 0, gap };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const size = Math.min(TILE, (width + gap) / columns - gap, (height + gap) / rows - gap);
    if (size > best.size) best = { columns, size, gap };
  }
  return best;
}

/** @param {number} count @param {Tiles} tiles @param {number} left @param {number} high @returns {Spot[]} */
function inGrid(count, { columns, size, gap }, left, high) {
  const pitch = size + gap;
  const first = TOP + high / 2 - (Math.ceil(count / columns) * pitch - gap) / 2 + size / 2;
  return Array.from({ length: count }, (_, i) => ({
    left: left + size / 2 + (i % columns) * pitch,
    top: first + Math.floor(i / columns) * pitch,
  }));
}
