// Small signs on a canvas: heads of trails, minima, saddles, where an entrant died, and who is beyond the edge.

/** @typedef {import('./plane.js').Box} Box */

export const HEAD_RADIUS = 5.5;
export const SAME = 1e-9; // minima whose losses differ by less than this (relatively) are equally low
const HALO = 2;

/** @param {CanvasRenderingContext2D} c @param {number} x @param {number} y @param {string} colour @param {string} halo @param {number} [radius] */
export function head(c, x, y, colour, halo, radius = HEAD_RADIUS) {
  c.beginPath();
  c.arc(x, y, radius + HALO, 0, 2 * Math.PI);
  c.fillStyle = halo;
  c.fill();
  c.beginPath();
  c.arc(x, y, radius, 0, 2 * Math.PI);
  c.fillStyle = colour;
  c.fill();
}

/** A minimum: a star; a lesser one (not the lowest known) is smaller and hollow. */
export function star(
  /** @type {CanvasRenderingContext2D} */ c,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {string} */ ink,
  /** @type {string} */ halo,
  /** @type {boolean} */ lesser,
  size = 1, // of lesser ones: where there are many they are small
) {
  const outer = lesser ? 5 * size : 8;
  c.beginPath();
  for (let k = 0; k < 10; k++) {
    const radius = k % 2 ? outer * 0.42 : outer;
    const angle = (k * Math.PI) / 5 - Math.PI / 2;
    c.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  c.closePath();
  c.lineJoin = 'round';
  c.lineWidth = lesser ? 3 * size : 3.5;
  c.strokeStyle = halo;
  c.stroke();
  if (lesser) {
    c.fillStyle = halo;
    c.fill();
    c.lineWidth = 1.2;
    c.strokeStyle = ink;
    c.stroke();
  } else {
    c.fillStyle = ink;
    c.fill();
  }
}

/** A saddle point: a hollow diamond. */
export function diamond(
  /** @type {CanvasRenderingContext2D} */ c,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {string} */ ink,
  /** @type {string} */ halo,
  size = 1,
) {
  c.beginPath();
  for (const [dx, dy] of [[0, -5], [5, 0], [0, 5], [-5, 0]]) c.lineTo(x + size * dx, y + size * dy);
  c.closePath();
  c.lineWidth = 3.6 * size;
  c.strokeStyle = halo;
  c.stroke();
  c.lineWidth = 1.4 * size;
  c.strokeStyle = ink;
  c.stroke();
}

/** Where an entrant died: a cross in its colour. */
export function cross(
  /** @type {CanvasRenderingContext2D} */ c,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {string} */ colour,
  /** @type {string} */ halo,
) {
  const arm = 5.5;
  c.lineCap = 'round';
  for (const [style, width] of /** @type {[string, number][]} */ ([[halo, 6.5], [colour, 2.8]])) {
    c.beginPath();
    c.moveTo(x - arm, y - arm);
    c.lineTo(x + arm, y + arm);
    c.moveTo(x + arm, y - arm);
    c.lineTo(x - arm, y + arm);
    c.strokeStyle = style;
    c.lineWidth = width;
    c.stroke();
  }
}

/**
 * An entrant beyond the edge of the box: a marker at the edge that points to it.
 * @param {CanvasRenderingContext2D} c @param {Box} box @param {number} x @param {number} y
 * @param {string} colour @param {string} halo
 * @returns {[number, number]} where the marker is
 */
export function edgeMarker(c, box, x, y, colour, halo) {
  const inset = 9;
  const atX = Math.min(Math.max(x, box.left + inset), box.left + box.width - inset);
  const atY = Math.min(Math.max(y, box.top + inset), box.top + box.height - inset);
  const angle = Math.atan2(Math.min(Math.max(y - atY, -1e6), 1e6), Math.min(Math.max(x - atX, -1e6), 1e6));
  c.save();
  c.translate(atX, atY);
  c.rotate(angle);
  c.beginPath();
  c.moveTo(7, 0);
  c.lineTo(-5, -6);
  c.lineTo(-2, 0);
  c.lineTo(-5, 6);
  c.closePath();
  c.lineJoin = 'round';
  c.lineWidth = 4;
  c.strokeStyle = halo;
  c.stroke();
  c.fillStyle = colour;
  c.fill();
  c.restore();
  return [atX, atY];
}
