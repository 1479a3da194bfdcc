// Which points of the 3-D scene lie behind the surface: its mesh, projected and drawn into a small depth buffer.

import { toScreen } from './projection.js';

const CELL = 3; // pixels of the screen for one cell of the buffer
const GRACE = 0.0012; // of the depth range: trails lie on the surface, they are not behind it

/**
 * @typedef {object} Mesh nodes of the surface as drawn
 * @property {Float64Array} x
 * @property {Float64Array} y
 * @property {Float64Array} z row by row; NaN where there is no ground
 */

/**
 * @param {Mesh} mesh
 * @param {Float64Array} matrix
 * @param {number} width
 * @param {number} height
 * @returns {(left: number, top: number, depth: number) => boolean} true where the surface hides the point
 */
export function depthTest(mesh, matrix, width, height) {
  const columns = mesh.x.length;
  const rows = mesh.y.length;
  const wide = Math.ceil(width / CELL);
  const high = Math.ceil(height / CELL);
  const buffer = new Float32Array(wide * high).fill(Infinity);
  const nodes = new Float64Array(3 * columns * rows);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      const at = j * columns + i;
      toScreen(matrix, mesh.x[i], mesh.y[j], mesh.z[at], wide, high, nodes, 3 * at);
    }
  }
  const triangle = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ c) =>
    fillTriangle(buffer, wide, high, nodes, 3 * a, 3 * b, 3 * c);
  for (let j = 0; j + 1 < rows; j++) {
    for (let i = 0; i + 1 < columns; i++) {
      const at = j * columns + i;
      triangle(at, at + 1, at + columns);
      triangle(at + 1, at + columns, at + columns + 1);
    }
  }
  return (left, top, depth) => {
    const column = Math.floor(left / CELL);
    const row = Math.floor(top / CELL);
    if (!(column >= 0 && row >= 0 && column < wide && row < high)) return false;
    return depth > buffer[row * wide + column] + GRACE;
  };
}

/**
 * Depth is linear over the screen, so it is interpolated by the edge functions at the middle of each cell.
 * @param {Float32Array} buffer @param {number} wide @param {number} high
 * @param {Float64Array} nodes @param {number} a @param {number} b @param {number} c offsets in `nodes`
 */
function fillTriangle(buffer, wide, high, nodes, a, b, c) {
  const ax = nodes[a], ay = nodes[a + 1], bx = nodes[b], by = nodes[b + 1], cx = nodes[c], cy = nodes[c + 1];
  const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  if (!(Math.abs(area) > 1e-9)) return; // also where a node is not finite
  const fromX = Math.max(0, Math.floor(Math.min(ax, bx, cx)));
  const toX = Math.min(wide - 1, Math.ceil(Math.max(ax, bx, cx)));
  const fromY = Math.max(0, Math.floor(Math.min(ay, by, cy)));
  const toY = Math.min(high - 1, Math.ceil(Math.max(ay, by, cy)));
  for (let row = fromY; row <= toY; row++) {
    for (let column = fromX; column <= toX; column++) {
      const x = column + 0.5;
      const y = row + 0.5;
      const wa = ((bx - x) * (cy - y) - (by - y) * (cx - x)) / area;
      const wb = ((cx - x) * (ay - y) - (cy - y) * (ax - x)) / area;
      const wc = 1 - wa - wb;
      if (wa < 0 || wb < 0 || wc < 0) continue;
      const depth = wa * nodes[a + 2] + wb * nodes[b + 2] + wc * nodes[c + 2];
      if (depth < buffer[row * wide + column]) buffer[row * wide + column] = depth;
    }
  }
}
