// @ts-check
/**
 * Shares of the training, validation and test set, in per cent: together always 100, and never none for training.
 *
 * @typedef {[number, number, number]} Split
 */

const LEAST = 5; // per cent for training

/**
 * One share changed. Training takes up the difference as far as it can, then the other set does; a change of the
 * training share is made up by the two others in proportion.
 *
 * @param {Split} split
 * @param {0 | 1 | 2} which
 * @param {number} share
 * @returns {Split}
 */
export function withShare([training, validation, test], which, share) {
  if (which === 0) {
    const now = Math.max(LEAST, Math.min(100, share));
    const others = validation + test;
    const rest = 100 - now;
    const first = others > 0 ? Math.round((rest * validation) / others) : rest;
    return [now, first, rest - first];
  }
  const now = Math.max(0, Math.min(100 - LEAST, share));
  const other = Math.min(which === 1 ? test : validation, 100 - LEAST - now);
  const rest = 100 - now - other;
  return which === 1 ? [rest, now, other] : [rest, other, now];
}

/** Without a validation set nothing stops early. @template {{split: Split, patience: number}} S @param {S} setup @returns {S} */
export const withStopping = (setup) => (setup.split[1] === 0 && setup.patience > 0 ? { ...setup, patience: 0 } : setup);
