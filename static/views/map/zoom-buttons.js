// The buttons on the map: closer, farther, the whole.

const ZOOM = 1.6; // one press

/**
 * @param {HTMLElement} element with buttons in it that say data-zoom: in, out or all
 * @param {(factor: number | null) => void} zoom null: back to the whole
 * @returns {() => void} undo
 */
export function zoomButtons(element, zoom) {
  const press = (/** @type {Event} */ event) => {
    const button = /** @type {Element} */ (event.target).closest('[data-zoom]');
    if (button instanceof HTMLElement) zoom({ in: 1 / ZOOM, out: ZOOM }[button.dataset.zoom ?? ''] ?? null);
  };
  element.addEventListener('click', press);
  return () => element.removeEventListener('click', press);
}
