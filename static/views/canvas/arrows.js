// One step, explained on the map: downhill, what the optimizer remembers, and the step it takes.

const LONGEST = 70; // pixels of the longer of gradient and memory, which share one scale
const SHORTEST = 16; // pixels that every arrow has at least, so that its direction can be seen
const NOTHING = 1e-300;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {import('./plane.js').Plane} plane
 * @param {import('../../state/types.js').Explained} explained
 * @param {{gradient: string, memory: string, step: string}} colours
 * @param {string} halo
 */
export function drawArrows(context, plane, explained, colours, halo) {
  const [px, py] = explained.point;
  if (px === null || py === null) return;
  const [x, y] = plane.toPixel(px, py);
  /** What is not finite has no arrow. @param {(number | null)[]} vector */
  const onScreen = ([dx, dy]) => [(dx ?? NaN) * plane.perX, (dy ?? NaN) * plane.perY];
  // The loss falls against the gradient. On a map whose axes differ in scale, the direction is that of the change
  // in x and y, as the trails are; it meets contours at right angles only where the scales agree.
  const downhill = onScreen(explained.gradient).map((part) => -part);
  const memory = explained.memory ? onScreen(explained.memory).map((part) => -part) : [0, 0];
  const step = onScreen(explained.move);
  const lengths = [Math.hypot(...downhill), Math.hypot(...memory)].filter(Number.isFinite);
  const scale = LONGEST / Math.max(...lengths, NOTHING);
  arrow(context, x, y, downhill, scale, colours.gradient, halo, 3);
  arrow(context, x, y, memory, scale, colours.memory, halo, 3);
  arrow(context, x, y, step, 1, colours.step, halo, 3.6);
}

/**
 * @param {CanvasRenderingContext2D} c @param {number} x @param {number} y @param {number[]} direction
 * @param {number} scale @param {string} colour @param {string} halo @param {number} width
 */
function arrow(c, x, y, [dx, dy], scale, colour, halo, width) {
  const size = Math.hypot(dx, dy);
  if (!(size > NOTHING) || !Number.isFinite(size)) return;
  const length = Math.max(size * scale, SHORTEST);
  const barb = 4.2 + width;
  c.save();
  c.translate(x, y);
  c.rotate(Math.atan2(dy, dx));
  c.lineCap = 'round';
  c.lineJoin = 'round';
  for (const [style, extra] of /** @type {[string, number][]} */ ([[halo, 3], [colour, 0]])) {
    c.strokeStyle = style;
    c.fillStyle = style;
    c.lineWidth = width + extra;
    c.beginPath();
    c.moveTo(0, 0);
    c.lineTo(length - barb, 0);
    c.stroke();
    c.lineWidth = 1 + extra;
    c.beginPath();
    c.moveTo(length, 0);
    c.lineTo(length - 1.5 * barb, -0.72 * barb);
    c.lineTo(length - 1.1 * barb, 0);
    c.lineTo(length - 1.5 * barb, 0.72 * barb);
    c.closePath();
    c.fill();
    c.stroke();
  }
  c.restore();
}
