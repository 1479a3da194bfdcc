// The lines of the loss curve. Thousands of steps share a column of pixels: of each column the first, lowest, highest
// and last loss are drawn, which looks the same.

/**
 * Add one entrant's losses to the context's current path.
 * @param {CanvasRenderingContext2D} context
 * @param {Float64Array} losses
 * @param {number} last step
 * @param {import('./loss-scale.js').LossScale} scale
 * @param {import('./plane.js').Box} box
 */
export function traceLosses(context, losses, last, scale, box) {
  const perStep = box.width / scale.steps;
  const floor = box.top + box.height + 20;
  const ceiling = box.top - 1e4;
  const height = (/** @type {number} */ loss) =>
    Math.max(ceiling, Math.min(floor, box.top + (1 - scale.at(loss)) * box.height));
  const crowd = Math.max(1, Math.floor(0.8 / perStep)); // steps that share a column
  let drawing = false;
  for (let k = 0; k <= last; k += crowd) {
    const end = Math.min(k + crowd - 1, last);
    let low = k;
    let high = k;
    for (let j = k + 1; j <= end; j++) {
      if (losses[j] < losses[low]) low = j;
      if (losses[j] > losses[high]) high = j;
    }
    if (!Number.isFinite(losses[k])) {
      drawing = false;
      continue;
    }
    const x = box.left + k * perStep;
    for (const j of crowd < 3 ? [k] : [k, Math.min(low, high), Math.max(low, high)]) {
      const y = height(losses[j]);
      if (drawing) context.lineTo(x, y);
      else context.moveTo(x, y);
      drawing = true;
    }
  }
  if (drawing && crowd > 1 && Number.isFinite(losses[last])) context.lineTo(box.left + last * perStep, height(losses[last]));
}
