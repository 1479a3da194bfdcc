// The lines of the curves. Thousands of steps share a column of pixels: of each column the first, lowest, highest and
// last value are drawn, which looks the same.

/**
 * @typedef {object} Line
 * @property {ArrayLike<number>} values
 * @property {number} count so many of them are there
 * @property {ArrayLike<number> | null} steps to which they belong; null where there is one for every step
 */

/** A line as far as a step. @param {Line} line @param {number} step @returns {Line} */
export function upTo({ values, count, steps }, step) {
  if (!steps) return { values, steps, count: Math.min(count, step + 1) };
  let seen = count;
  while (seen > 0 && steps[seen - 1] > step) seen -= 1;
  return { values, steps, count: seen };
}

/**
 * Add one line to the context's current path.
 * @param {CanvasRenderingContext2D} context
 * @param {Line} line
 * @param {(step: number) => number} across place of a step, 0 at the left, 1 at the right
 * @param {(value: number) => number} up place of a value, 0 at the bottom, 1 at the top
 * @param {import('../canvas/plane.js').Box} box
 */
export function traceLine(context, { values, count, steps }, across, up, box) {
  const last = count - 1;
  const floor = box.top + box.height + 20;
  const ceiling = box.top - 1e4;
  const left = (/** @type {number} */ k) => box.left + across(steps ? steps[k] : k) * box.width;
  const height = (/** @type {number} */ value) => Math.max(ceiling, Math.min(floor, box.top + (1 - up(value)) * box.height));
  const perValue = (left(last) - left(0)) / Math.max(1, last);
  const crowd = Math.max(1, Math.floor(0.8 / perValue)); // values that share a column
  let drawing = false;
  for (let k = 0; k <= last; k += crowd) {
    const end = Math.min(k + crowd - 1, last);
    let low = k;
    let high = k;
    for (let j = k + 1; j <= end; j++) {
      if (values[j] < values[low]) low = j;
      if (values[j] > values[high]) high = j;
    }
    if (!Number.isFinite(values[k])) {
      drawing = false;
      continue;
    }
    const x = left(k);
    for (const j of crowd < 3 ? [k] : [k, Math.min(low, high), Math.max(low, high)]) {
      const y = height(values[j]);
      if (drawing) context.lineTo(x, y);
      else context.moveTo(x, y);
      drawing = true;
    }
  }
  if (drawing && crowd > 1 && Number.isFinite(values[last])) context.lineTo(left(last), height(values[last]));
}
