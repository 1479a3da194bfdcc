// The wheel over a picture that can be zoomed: it scrolls the page, as everywhere else, and zooms with Ctrl or Cmd held
// (which is also how browsers tell of two fingers on a touchpad).

const SHOWN = 1600; // milliseconds that the hint stays after the last turn

/**
 * @param {HTMLElement} element data-wheel is the hint, data-wheel-mac the same where the key is called otherwise
 * @returns {() => void} undo
 */
export function wheelZoom(element) {
  const hint = document.createElement('p');
  hint.className = 'wheel-hint';
  hint.hidden = true;
  hint.setAttribute('aria-hidden', 'true'); // it is about the mouse
  const { wheel = '', wheelMac = '' } = element.dataset;
  hint.textContent = /Mac|iPhone|iPad/.test(navigator.platform) ? wheelMac : wheel;
  element.append(hint);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let going;
  const hide = () => {
    clearTimeout(going);
    hint.hidden = true;
  };
  const turn = (/** @type {WheelEvent} */ event) => {
    if (event.ctrlKey || event.metaKey) {
      if (event.cancelable) event.preventDefault(); // the page itself is not to be zoomed
      return hide();
    }
    event.stopPropagation(); // Plotly would take it and hold the page
    hint.hidden = false;
    clearTimeout(going);
    going = setTimeout(hide, SHOWN);
  };
  element.addEventListener('wheel', turn, { capture: true, passive: false });
  element.addEventListener('pointerdown', hide);
  return () => {
    hide();
    hint.remove();
    element.removeEventListener('wheel', turn, { capture: true });
    element.removeEventListener('pointerdown', hide);
  };
}
