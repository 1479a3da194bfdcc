// By which scale the surface is raised: a logarithm, or in proportion to the loss.

/**
 * @param {HTMLElement} element with buttons in it that say data-scale: log or linear
 * @param {import('../../state/types.js').State} state
 * @returns {() => void} undo
 */
export function heightSwitch(element, state) {
  const buttons = /** @type {HTMLElement[]} */ ([...element.querySelectorAll('[data-scale]')]);
  const press = (/** @type {Event} */ event) => {
    const button = /** @type {Element} */ (event.target).closest('[data-scale]');
    if (!(button instanceof HTMLElement)) return;
    const linear = button.dataset.scale === 'linear';
    state.view.update((view) => ({ ...view, linear }));
  };
  element.addEventListener('click', press);
  const undo = state.view.subscribe(({ linear }) => {
    for (const button of buttons) button.setAttribute('aria-pressed', String((button.dataset.scale === 'linear') === linear));
  });
  return () => {
    undo();
    element.removeEventListener('click', press);
  };
}
