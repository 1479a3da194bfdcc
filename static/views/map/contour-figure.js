// The map as Plotly draws it: filled contours of the height, and the two axes. Trails are not Plotly's business.

import { colourScale } from '../canvas/palette.js';

export const LEVELS = 16; // contour lines in a window
const NARROW = 480; // a map narrower than this has no room for wide margins

/** Fixed margins. @typedef {{l: number, r: number, t: number, b: number}} Margins */

/** @param {number} width of the element, pixels @returns {Margins} */
export function margins(width) {
  return width < NARROW ? { l: 44, r: 10, t: 10, b: 36 } : { l: 54, r: 14, t: 10, b: 40 };
}

/** Where the name of the upward axis is long and its numbers may be anything. @param {number} width @returns {Margins} */
export function wideMargins(width) {
  const usual = margins(width);
  return { ...usual, l: 66 };
}

/**
 * @param {import('./relief.js').Grid} grid
 * @param {import('./relief.js').Relief} ground
 * @param {import('../canvas/palette.js').Palette} palette
 */
export function contourData(grid, ground, palette) {
  const columns = grid.x.length;
  const size = (ground.high - ground.low) / (LEVELS + 1);
  return [
    {
      type: 'contour',
      x: grid.x,
      y: grid.y,
      z: Array.from(grid.y, (_, row) => ground.heights.subarray(row * columns, (row + 1) * columns)),
      zmin: ground.low,
      zmax: ground.high,
      zauto: false,
      autocontour: false,
      contours: { start: ground.low + size, end: ground.high - size / 2, size, coloring: 'fill' },
      colorscale: colourScale(palette.map),
      line: { color: palette.contour, width: 0.9, smoothing: 0.7 },
      showscale: false,
      hoverinfo: 'skip',
    },
  ];
}

/**
 * @param {import('../canvas/plane.js').Plane} plane
 * @param {[string, string]} axes names
 * @param {import('../canvas/palette.js').Palette} palette
 * @param {number} width
 * @param {number} height
 * @param {Margins} margin
 */
export function contourLayout(plane, axes, palette, width, height, margin) {
  const axis = (/** @type {0 | 1} */ which) => ({
    range: [...plane.window[which]],
    title: { text: axes[which], standoff: 4, font: { size: 13, color: palette.muted } },
    automargin: false,
    showgrid: false,
    zeroline: false,
    ticks: 'outside',
    ticklen: 4,
    tickcolor: palette.line,
    tickfont: { size: 12, color: palette.muted },
    nticks: Math.max(3, Math.round((which ? plane.box.height : plane.box.width) / 75)),
  });
  return {
    width,
    height,
    margin: { ...margin, pad: 0, autoexpand: false },
    xaxis: axis(0),
    yaxis: axis(1),
    font: { family: palette.font },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: palette.map[2],
    dragmode: 'pan',
    hovermode: false,
    showlegend: false,
  };
}
