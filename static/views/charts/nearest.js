// Which of several marks of a chart a hand means.

/**
 * @param {number[]} pixels where the marks are; not a number: nowhere
 * @param {number} to where the hand is
 * @returns {number} which of them is nearest
 */
export function nearest(pixels, to) {
  const gaps = pixels.map((pixel) => (Number.isFinite(pixel) ? Math.abs(pixel - to) : Infinity));
  return gaps.indexOf(Math.min(...gaps));
}
