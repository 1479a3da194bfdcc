// Where the eye stands at first: as near as it can with the whole surface in view, whatever its form and the screen's.

import { publicMatrix, toScreen } from './projection.js';
import { boxOf } from './surface-figure.js';

const WIDE = { x: -0.5, y: -0.73, z: 0.46 }; // seen from the lower left and above
const TALL = { x: -0.22, y: -0.72, z: 0.66 }; // more from the front, and from higher up
const EDGE = { left: 10, right: 10, top: 34, bottom: 12 }; // pixels kept free; the title stands at the top
const LABELS = [26, 50]; // pixels around the floor for the numbers of the axes, and with long names beside them
const LONG = 8; // letters
const FOV = Math.tan(Math.PI / 8);
const ROUNDS = 14;
const SPARSE = 3; // every so many nodes of the mesh are looked at

/**
 * @param {import('./occlusion.js').Mesh} mesh
 * @param {import('../map/relief.js').Grid} grid
 * @param {import('../map/relief.js').Relief} ground
 * @param {{width: number, height: number}} size pixels of the scene
 * @param {string[]} axes names of those of the floor; none where they are not drawn
 * @returns {{eye: object, center: object, up: object}} Plotly's camera
 */
export function fittedCamera(mesh, { window: [[x0, x1], [y0, y1]] }, ground, size, axes) {
  const { width, height } = size;
  const direction = width > 1.2 * height ? WIDE : TALL;
  const top = ground.high + 0.04 * (ground.high - ground.low);
  const scene = {
    xaxis: { range: [x0, x1] },
    yaxis: { range: [y0, y1] },
    zaxis: { range: [ground.low, top] },
    aspectratio: boxOf(size),
    camera: cameraAt({ x: 0, y: 0, z: 0 }, direction, 3),
  };
  const room = LABELS[Number(axes.some((name) => name.length > LONG))];
  const floor = axes.length > 0 ? [[x0, y0], [x1, y0], [x0, y1], [x1, y1]].map(([x, y]) => [x, y, ground.low, room]) : [];
  const points = [...nodes(mesh), ...floor];
  const center = { x: 0, y: 0, z: 0 };
  let distance = 3;
  const spot = new Float64Array(3);
  for (let round = 0; round < ROUNDS; round++) {
    scene.camera = cameraAt(center, direction, distance);
    const matrix = publicMatrix(scene, width / height);
    let [left, right, high, low] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [x, y, z, around] of points) {
      toScreen(matrix, x, y, z, width, height, spot);
      left = Math.min(left, spot[0] - around);
      right = Math.max(right, spot[0] + around);
      high = Math.min(high, spot[1] - around);
      low = Math.max(low, spot[1] + around);
    }
    if (!Number.isFinite(left + right + high + low)) return cameraAt({ x: 0, y: 0, z: 0 }, direction, 2.6);
    const [wide, tall] = [width - EDGE.left - EDGE.right, height - EDGE.top - EDGE.bottom];
    const pixel = (2 * FOV * distance) / height; // length of a pixel at the centre
    shift(center, direction, pixel * ((left + right) / 2 - EDGE.left - wide / 2), -pixel * ((high + low) / 2 - EDGE.top - tall / 2));
    distance = Math.min(12, Math.max(0.8, distance * Math.max((right - left) / wide, (low - high) / tall) ** 0.9));
  }
  return cameraAt(center, direction, distance);
}

/** @typedef {{x: number, y: number, z: number}} Vector */

/** @param {Vector} center @param {Vector} direction @param {number} distance */
function cameraAt(center, direction, distance) {
  const eye = { x: center.x + distance * direction.x, y: center.y + distance * direction.y, z: center.z + distance * direction.z };
  return { eye, center: { ...center }, up: { x: 0, y: 0, z: 1 } };
}

/**
 * Move the centre to the right and up, as the eye sees it.
 * @param {Vector} center @param {Vector} direction @param {number} right @param {number} up
 */
function shift(center, { x, y, z }, right, up) {
  const flat = Math.hypot(x, y);
  const length = Math.hypot(flat, z);
  center.x += (-y / flat) * right - ((x / flat) * z * up) / length;
  center.y += (x / flat) * right - ((y / flat) * z * up) / length;
  center.z += (flat * up) / length;
}

/** @param {import('./occlusion.js').Mesh} mesh @returns {number[][]} x, y, height and no room, of nodes near one another */
function nodes({ x, y, z }) {
  const found = [];
  const last = { column: x.length - 1, row: y.length - 1 };
  for (let row = 0; row <= last.row; row++)
    for (let column = 0; column <= last.column; column++) {
      if ((row % SPARSE && row !== last.row) || (column % SPARSE && column !== last.column)) continue;
      const height = z[row * x.length + column];
      if (Number.isFinite(height)) found.push([x[column], y[row], height, 0]);
    }
  return found;
}
