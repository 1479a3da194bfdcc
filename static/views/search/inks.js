// @ts-check
/** The colours of tries: from that of the best to that of the worst; of what diverged another. */

/** @param {HTMLElement} element */
export function inks(element) {
  const style = getComputedStyle(element);
  const token = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const [good, poor, died] = ["paint-good", "edge", "paint-diverged"].map(token);
  return (/** @type {number} */ rank, /** @type {boolean} */ diverged) =>
    diverged ? died : `color-mix(in oklab, ${poor} ${Math.round(100 * Math.min(1, 1.6 * rank))}%, ${good})`;
}
