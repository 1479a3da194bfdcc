// Pointers on the map, beside what Plotly does with them (dragging pans, the wheel zooms): a tap, a double tap,
// two fingers. One finger scrolls the page, so that a phone's reader is not caught in the map.

const STILL = 5; // pixels that a tap may move
const SOON = 320; // milliseconds between the two taps of a double tap
const TOUCH_SLACK = 24; // pixels between these two taps

/**
 * @typedef {object} Gestures
 * @property {(left: number, top: number) => void} tap
 * @property {() => void} doubleTap the second tap of two; its first has been told as a tap
 * @property {(factor: number, left: number, top: number, dx: number, dy: number) => void} pinch zoom by a factor about a
 *   pixel, and shift
 * @property {() => void} pinched after the last of them
 */

/**
 * @param {HTMLElement} element
 * @param {Gestures} tell
 * @returns {() => void} undo
 */
export function watchGestures(element, tell) {
  const signal = new AbortController();
  const local = (/** @type {{clientX: number, clientY: number}} */ { clientX, clientY }) => {
    const box = element.getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  };
  let down = { id: -1, x: 0, y: 0 };
  let before = { time: -Infinity, x: 0, y: 0 };

  // Plotly covers the page while the mouse is down, so the release is heard at the window, before anyone else.
  const begin = (/** @type {PointerEvent} */ event) => {
    // After a tap the start lies under the finger: the second tap of two falls on it, and still belongs to the map.
    const second = event.timeStamp - before.time < SOON;
    const foreign = !second && /** @type {Element} */ (event.target).closest('button, a, input');
    down = { id: foreign || event.button !== 0 || !event.isPrimary ? -1 : event.pointerId, x: event.clientX, y: event.clientY };
  };
  const end = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId !== down.id) return;
    down.id = -1;
    if (Math.hypot(event.clientX - down.x, event.clientY - down.y) > STILL) return;
    const slack = event.pointerType === 'touch' ? TOUCH_SLACK : STILL;
    const again = event.timeStamp - before.time < SOON && Math.hypot(event.clientX - before.x, event.clientY - before.y) < slack;
    before = { time: again ? -Infinity : event.timeStamp, x: event.clientX, y: event.clientY };
    const [left, top] = local(event);
    if (again) tell.doubleTap();
    else tell.tap(left, top);
  };
  element.addEventListener('pointerdown', begin, { capture: true, signal: signal.signal });
  window.addEventListener('pointerup', end, { capture: true, signal: signal.signal });
  window.addEventListener('pointercancel', () => (down.id = -1), { capture: true, signal: signal.signal });

  /** @type {{gap: number, x: number, y: number} | null} */
  let fingers = null;
  const spread = (/** @type {TouchList} */ touches) => {
    const [ax, ay] = local(touches[0]);
    const [bx, by] = local(touches[1]);
    return { gap: Math.max(20, Math.hypot(ax - bx, ay - by)), x: (ax + bx) / 2, y: (ay + by) / 2 };
  };
  const touch = (/** @type {TouchEvent} */ event) => {
    if (/** @type {Element} */ (event.target).closest('button')) return;
    event.stopPropagation(); // Plotly would pan by one finger and keep the page from scrolling
    if (event.touches.length !== 2) {
      if (fingers) tell.pinched();
      fingers = null;
      return;
    }
    if (event.cancelable) event.preventDefault();
    down.id = -1;
    const now = spread(event.touches);
    if (fingers) tell.pinch(fingers.gap / now.gap, now.x, now.y, now.x - fingers.x, now.y - fingers.y);
    fingers = now;
  };
  for (const kind of /** @type {const} */ (['touchstart', 'touchmove', 'touchend', 'touchcancel'])) {
    element.addEventListener(kind, touch, { capture: true, passive: false, signal: signal.signal });
  }
  return () => signal.abort();
}
