// The 3-D surface as Plotly draws it: the map's grid, coarser, raised by its heights.

import { tick } from '../../format.js';
import { colourScale } from '../canvas/palette.js';
import { levels } from '../map/relief.js';

/** @typedef {import('../map/relief.js').Grid} Grid */

const FINEST = 64; // nodes along a side: Plotly makes it finer by itself
const ROOMY = 400; // pixels: a scene narrower than this goes without axes
const WIDE = 520; // and one narrower than this without the name of its height, which the title says
const LINES = 12;
const FLAT = 0.62; // height of the scene, whose sides are 1.2, where the screen is wide
const STEEP = 0.95; // and where it is narrow

/** @param {{width: number, height: number}} size pixels @returns {{x: number, y: number, z: number}} the box of the scene */
export const boxOf = ({ width, height }) => ({ x: 1.2, y: 1.2, z: Math.max(FLAT, Math.min(STEEP, (0.8 * height) / width)) });

/** @param {{width: number}} size @returns {boolean} whether there is room for axes and their numbers */
export const hasAxes = ({ width }) => width >= ROOMY;

/**
 * Every so many nodes of the grid, both ends kept.
 * @param {Grid} grid
 * @param {import('../map/relief.js').Relief} ground
 * @returns {import('./occlusion.js').Mesh}
 */
export function coarseMesh(grid, ground) {
  const pick = (/** @type {number} */ length) => {
    const count = Math.min(length, FINEST);
    return Array.from({ length: count }, (_, k) => Math.round((k * (length - 1)) / (count - 1)));
  };
  const columns = pick(grid.x.length);
  const rows = pick(grid.y.length);
  const z = new Float64Array(columns.length * rows.length);
  rows.forEach((j, row) => columns.forEach((i, column) => (z[row * columns.length + column] = ground.heights[j * grid.x.length + i])));
  return { x: Float64Array.from(columns, (i) => grid.x[i]), y: Float64Array.from(rows, (j) => grid.y[j]), z };
}

/**
 * @param {import('./occlusion.js').Mesh} mesh
 * @param {import('../map/relief.js').Relief} ground
 * @param {import('../canvas/palette.js').Palette} palette
 */
export function surfaceData(mesh, ground, palette) {
  const columns = mesh.x.length;
  const size = (ground.high - ground.low) / (LINES + 1);
  return [
    {
      type: 'surface',
      x: mesh.x,
      y: mesh.y,
      z: Array.from(mesh.y, (_, row) => mesh.z.subarray(row * columns, (row + 1) * columns)),
      cmin: ground.low,
      cmax: ground.high,
      colorscale: colourScale(palette.map),
      showscale: false,
      hoverinfo: 'skip',
      contours: {
        x: { highlight: false },
        y: { highlight: false },
        z: { show: true, highlight: false, usecolormap: false, color: palette.contour, width: 1, start: ground.low + size, end: ground.high, size },
      },
      lighting: { ambient: 0.78, diffuse: 0.5, specular: 0.04, roughness: 0.9, fresnel: 0 },
      lightposition: { x: -3000, y: 2000, z: 9000 },
    },
  ];
}

/**
 * @param {Grid} grid
 * @param {import('../map/relief.js').Relief} ground
 * @param {[string, string]} axes names
 * @param {import('../canvas/palette.js').Palette} palette
 * @param {{width: number, height: number}} size pixels
 * @param {object} camera
 * @param {string} height what the surface's height is
 */
export function surfaceLayout(grid, ground, axes, palette, size, camera, height) {
  const roomy = hasAxes(size);
  const axis = (/** @type {string} */ title, /** @type {number[]} */ range) => ({
    range,
    visible: roomy,
    title: { text: title, font: { size: 12, color: palette.muted } },
    tickfont: { size: 10, color: palette.muted },
    nticks: 5,
    showbackground: false,
    gridcolor: palette.hairline,
    linecolor: palette.line,
    zeroline: false,
    showspikes: false,
  });
  const [[x0, x1], [y0, y1]] = grid.window;
  const marked = levels(ground, 4);
  return {
    ...size,
    margin: { l: 0, r: 0, t: 0, b: 0, pad: 0, autoexpand: false },
    font: { family: palette.font },
    paper_bgcolor: 'rgba(0,0,0,0)',
    hovermode: false,
    scene: {
      bgcolor: 'rgba(0,0,0,0)',
      hovermode: false,
      dragmode: 'turntable',
      aspectmode: 'manual',
      aspectratio: boxOf(size),
      camera,
      xaxis: axis(axes[0], [x0, x1]),
      yaxis: axis(axes[1], [y0, y1]),
      zaxis: {
        ...axis(size.width < WIDE ? '' : height, [ground.low, ground.high + 0.04 * (ground.high - ground.low)]),
        tickvals: marked,
        ticktext: marked.map((level) => tick(ground.loss(level), 2)),
      },
    },
  };
}
