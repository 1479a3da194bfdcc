// Neurons as cells in columns, a column for each layer, and lines between them. What stands in a cell is put there by
// whoever shows it.

import { watchSize } from '../../plot.js';
import { firstOf, isBias } from '../../state/network/weights.js';
import { painter } from '../canvas/frame-loop.js';
import { addLayer } from '../canvas/layer.js';
import { traceLine } from './lines.js';

const [ROOMY, CROWDED] = [12, 22]; // neurons of a layer whose cells have room for a number, and for a small one
const MOST = 1200; // lines between two layers: of more the strongest are drawn
const [THIN, THICK] = [0.6, 3.4]; // pixels
const STUB = 22; // pixels of the line of a bias

/**
 * How the lines into a layer are drawn.
 * @typedef {{values: ArrayLike<number>, scale: number, alpha: number, lit?: (from: number, to: number) => boolean} | null} Lines
 *   values: in the order of weights; lit: which of them are drawn as strongly as can be
 */

/**
 * @param {HTMLElement} element
 * @returns {{cells: () => HTMLElement[][], lay: (dims: number[], picture: [number, number] | null) => void,
 *   paint: (lines: (layer: number) => Lines, signs: string[], mark: {weight: import('../../state/network/types.js').Weight, colour: string} | null) => void,
 *   undo: () => void}} lay: makes the cells, if they are not there already; inputs that are a
 *   picture, whose height and width are given, are one cell
 */
export function neuronColumns(element) {
  const layer = addLayer(element, 'flow-lines');
  /** @type {HTMLElement[][]} */
  let cells = [];
  /** @type {number[]} */
  let dims = [];
  /** @type {[number, number] | null} */
  let shape = null; // of the inputs
  const pixel = document.createElement('span'); // from which the marked weight comes, in the picture
  pixel.className = 'flow-pixel';
  let laid = '';
  /** @type {() => void} */
  let last = () => {};

  /** The middle of a cell's side. @param {HTMLElement} cell @param {0 | 1} side */
  function spot(cell, side) {
    return [cell.offsetLeft + side * cell.offsetWidth, cell.offsetTop + cell.offsetHeight / 2];
  }

  const frame = painter(() => last());
  const undo = watchSize(element, frame.dirty);

  return {
    cells: () => cells,
    lay(sizes, picture) {
      const now = `${sizes} ${picture}`;
      if (now === laid) return;
      laid = now;
      [dims, shape] = [sizes, picture];
      for (const old of element.querySelectorAll('.flow-column')) old.remove();
      cells = sizes.map((size, which) => {
        const column = document.createElement('div');
        column.className = 'flow-column';
        const count = picture && which === 0 ? 1 : size;
        column.classList.toggle('is-crowded', count > ROOMY);
        column.classList.toggle('is-dense', count > CROWDED);
        column.style.setProperty('--count', String(count));
        const own = Array.from({ length: count }, () => {
          const cell = document.createElement('div');
          cell.className = 'flow-cell';
          return cell;
        });
        column.append(...own);
        element.append(column);
        return own;
      });
    },
    paint(lines, signs, mark) {
      last = () => {
        layer.canvas.hidden = true; // as large as the cells need, not as the last picture was
        const [width, height] = [element.scrollWidth, element.scrollHeight];
        layer.canvas.hidden = false;
        layer.fit(width, height);
        layer.clear();
        const c = layer.context;
        for (let into = 1; into < cells.length; into++) {
          const style = lines(into);
          if (!style) continue;
          const [before, after] = [cells[into - 1], cells[into]];
          if (before.length !== dims[into - 1]) continue; // a picture: its pixels are too many to be drawn
          const starts = before.map((cell) => spot(cell, 1));
          const ends = after.map((cell) => spot(cell, 0));
          const begin = firstOf(dims, into - 1);
          const own = [];
          for (let i = 0; i < before.length; i++) for (let j = 0; j < after.length; j++) own.push({ i, j, value: style.values[begin + i * after.length + j] });
          if (own.length > MOST) own.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)).splice(MOST);
          for (const { i, j, value } of own) {
            const share = Math.min(1, Math.abs(value) / style.scale);
            if (!(share > 0.01)) continue;
            c.beginPath();
            traceLine(c, starts[i][0], starts[i][1], ends[j][0], ends[j][1]);
            c.globalAlpha = (style.lit?.(i, j) ? 1 : style.alpha) * (0.35 + 0.65 * share);
            c.lineWidth = THIN + (THICK - THIN) * share;
            c.strokeStyle = signs[value > 0 ? 1 : 0];
            c.stroke();
          }
        }
        c.globalAlpha = 1;
        if (mark) outlineWeight(c, mark);
      };
      frame.dirty();
    },
    undo() {
      undo();
      frame.stop();
      layer.canvas.remove();
    },
  };

  /** @param {CanvasRenderingContext2D} c @param {{weight: import('../../state/network/types.js').Weight, colour: string}} mark */
  function outlineWeight(c, { weight, colour }) {
    const { layer: which, from, to } = weight;
    const end = cells[which + 1]?.[to];
    const bias = isBias(dims, weight);
    const place = which === 0 && shape && !bias ? pixelAt(from, shape) : null;
    if (!place) pixel.remove();
    if (!end) return;
    const [right, bottom] = spot(end, 0);
    const [left, top] = place ?? (bias ? [right - STUB, bottom] : spot(cells[which][from], 1));
    c.beginPath();
    traceLine(c, left, top, right, bottom);
    c.lineWidth = 2;
    c.strokeStyle = colour;
    c.setLineDash([4, 3]);
    c.stroke();
    c.setLineDash([]);
    if (!bias) return;
    c.beginPath(); // from nowhere: what a bias is multiplied by is 1
    c.arc(left, top, 3, 0, 2 * Math.PI);
    c.fillStyle = colour;
    c.fill();
  }

  /** Marks a pixel of the picture. @param {number} from @param {[number, number]} shape @returns where its line leaves the picture */
  function pixelAt(from, [high, wide]) {
    const cell = cells[0][0];
    const canvas = cell.querySelector('canvas');
    if (!canvas) return spot(cell, 1);
    const [row, column] = [Math.floor(from / wide), from % wide];
    const x = canvas.offsetLeft + ((column + 0.5) / wide) * canvas.offsetWidth;
    const y = canvas.offsetTop + ((row + 0.5) / high) * canvas.offsetHeight;
    pixel.style.left = `${x}px`;
    pixel.style.top = `${y}px`;
    if (pixel.parentElement !== cell) cell.append(pixel);
    return [cell.offsetLeft + cell.offsetWidth, cell.offsetTop + cell.clientTop + y];
  }
}

/** @typedef {ReturnType<typeof neuronColumns>} NeuronColumns */
