// The same scale for x and y, so that a round bowl is round: the plot area gives up width or height. A switch fills the card
// instead, and so does a window so long and thin that little would be left of it.

const LEAST = 110; // pixels of width and height that must be left

/** @typedef {import('./contour-figure.js').Margins} Margins */

/**
 * Margins that leave a plot area in which a unit of x is as long as one of y; null where it would be too thin.
 *
 * @param {import('../canvas/plane.js').Window} window
 * @param {Margins} margin
 * @param {{width: number, height: number}} size of the element, pixels
 * @returns {Margins | null}
 */
export function equalMargins([[x0, x1], [y0, y1]], { l, r, t, b }, { width, height }) {
  const [wide, high] = [width - l - r, height - t - b];
  const unit = Math.min(wide / (x1 - x0), high / (y1 - y0));
  const [spareX, spareY] = [wide - unit * (x1 - x0), high - unit * (y1 - y0)];
  if (!(wide - spareX >= Math.min(LEAST, wide) && high - spareY >= Math.min(LEAST, high))) return null;
  return { l: l + spareX / 2, r: r + spareX / 2, t: t + spareY / 2, b: b + spareY / 2 };
}

/**
 * The switch. Without it in the element x and y are of different kinds, and the card is filled.
 *
 * @param {HTMLElement} element with a button in it that says data-part="equal"
 * @param {import('../../state/types.js').State} state
 * @param {() => void} changed
 * @returns {{wanted: () => boolean, show: (equal: boolean) => void, undo: () => void}}
 */
export function equalSwitch(element, state, changed) {
  const button = /** @type {HTMLButtonElement | null} */ (element.querySelector('[data-part="equal"]'));
  const press = () => state.view.update((view) => ({ ...view, filled: !view.filled }));
  const wanted = () => button !== null && !state.view.get().filled;
  button?.addEventListener('click', press);
  let before = wanted();
  const undo = state.view.subscribe(() => {
    button?.setAttribute('aria-pressed', String(wanted()));
    if (wanted() === before) return;
    before = wanted();
    changed();
  });
  return {
    wanted,
    /** One axis alone cannot be stretched while both have one scale. */
    show: (equal) => void element.classList.toggle('is-equal', equal),
    undo() {
      undo();
      button?.removeEventListener('click', press);
    },
  };
}
