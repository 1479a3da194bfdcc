// The samples of a network as marks on its plane.

/** @typedef {import('../../state/network/types.js').Sampled} Sampled */
/** @typedef {import('../canvas/plane.js').Plane} Plane */

const REACH = 7; // pixels around a sample that belong to it

/** One input: its plane is that of the input and what it leads to. @param {Sampled} samples */
export const single = ({ dims }) => dims[0] === 1;

/** Coordinates of every sample: two inputs, or one and its value. @param {Sampled} samples */
function coordinates(samples) {
  const { inputs, targets } = samples;
  if (single(samples)) return { x: inputs, y: targets };
  const count = targets.length;
  const [x, y] = [new Float32Array(count), new Float32Array(count)];
  for (let i = 0; i < count; i++) {
    x[i] = inputs[2 * i];
    y[i] = inputs[2 * i + 1];
  }
  return { x, y };
}

/**
 * @param {Sampled} samples
 * @param {import('../samples/class-colours.js').ClassColours} colours
 * @param {import('../canvas/palette.js').Palette} palette
 * @returns {import('../samples/samples-layer.js').Marks}
 */
export function marksOf(samples, { strong }, palette) {
  const { kind, targets, sets } = samples;
  const bySet = [palette.ink, strong[0], strong[1]]; // of a curve, as on the page of regressions
  const colour = kind === 'curve' ? (/** @type {number} */ i) => bySet[sets[i]] : (/** @type {number} */ i) => strong[targets[i] % strong.length];
  return { ...coordinates(samples), sets, colour };
}

/** The row, among all, of the sample under a hand. @param {Sampled | null} samples @param {Plane} plane @param {number} left @param {number} top @returns {number | null} */
export function sampleNear(samples, plane, left, top) {
  if (!samples) return null;
  const { x, y } = coordinates(samples);
  let nearest = null;
  let least = REACH;
  for (let i = 0; i < x.length; i++) {
    const gap = Math.hypot(plane.originX + x[i] * plane.perX - left, plane.originY + y[i] * plane.perY - top);
    if (gap < least) [nearest, least] = [samples.rows[i], gap];
  }
  return nearest;
}
