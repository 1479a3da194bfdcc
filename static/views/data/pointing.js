// Pointers on the data plane. A mouse taps, drags points, and draws a loop on empty ground; a finger on empty ground
// scrolls the page, so that a phone's reader is not caught here, unless it was told to draw loops.

/**
 * @typedef {object} Hand
 * @property {(left: number, top: number, touch: boolean) => number | null} pointAt
 * @property {() => boolean} loops whether a finger draws loops
 * @property {(left: number, top: number) => void} tapGround
 * @property {(point: number, shift: boolean) => void} tapPoint
 * @property {(point: number) => void} tapTwice
 * @property {(point: number) => void} grab
 * @property {(dx: number, dy: number) => void} drag pixels from where it was grabbed
 * @property {() => void} drop
 * @property {(left: number, top: number, shift: boolean) => void} loop one more place of the loop; `shift`: it adds
 * @property {() => void} looped
 */

const STILL = 4; // pixels that a tap may move
const SHAKY = 9; // a finger's
const SLACK = 24; // between the two taps of a finger's double tap
const SOON = 320; // milliseconds between the two taps of a double tap
const RAW = 'pointerrawupdate';
const PAUSE = 7; // milliseconds between two raw movements that are taken up: a mouse may tell a thousand a second

/**
 * @param {HTMLElement} element
 * @param {Hand} tell
 * @returns {() => void} undo
 */
export function watchHand(element, tell) {
  const controller = new AbortController();
  const { signal } = controller;
  /** @type {{id: number, x: number, y: number, point: number | null, touch: boolean, doing: 'waits' | 'drags' | 'loops'} | null} */
  let down = null;
  /** @type {{time: number, x: number, y: number, point: number | null}} the last tap */
  let before = { time: -Infinity, x: 0, y: 0, point: null };
  let sooner = 0; // when the last movement was taken up

  const local = (/** @type {{clientX: number, clientY: number}} */ { clientX, clientY }) => {
    const box = element.getBoundingClientRect();
    return /** @type {[number, number]} */ ([clientX - box.left, clientY - box.top]);
  };

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const touch = event.pointerType === 'touch';
    const point = tell.pointAt(...local(event), touch);
    down = { id: event.pointerId, x: event.clientX, y: event.clientY, point, touch, doing: 'waits' };
    if (point !== null || !touch || tell.loops()) element.setPointerCapture(event.pointerId);
  }, { signal });

  /** What the hand would do, as the cursor's shape. @param {PointerEvent} event */
  function point(event) {
    const over = event.pointerType === 'mouse' && tell.pointAt(...local(event), false) !== null;
    element.classList.toggle('is-over-point', over);
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (!down) return event.type === RAW ? undefined : point(event);
    if (event.pointerId !== down.id) return;
    if (event.type === RAW && event.timeStamp - sooner < PAUSE) return;
    const [dx, dy] = [event.clientX - down.x, event.clientY - down.y];
    if (down.doing === 'waits') {
      if (Math.hypot(dx, dy) <= (down.touch ? SHAKY : STILL)) return;
      if (down.point !== null) {
        down.doing = 'drags';
        tell.grab(down.point);
      } else if (!down.touch || tell.loops()) {
        down.doing = 'loops';
        const [left, top] = local(event);
        tell.loop(left - dx, top - dy, event.shiftKey);
      } else return void (down = null); // the page scrolls
    }
    sooner = event.timeStamp;
    if (down.doing === 'drags') tell.drag(dx, dy);
    else tell.loop(...local(event), event.shiftKey);
  }
  // A raw movement comes as the hand makes it, a plain one waits for the next frame.
  element.addEventListener(RAW, (event) => move(/** @type {PointerEvent} */ (event)), { signal });
  element.addEventListener('pointermove', move, { signal });

  element.addEventListener('pointerup', (event) => {
    if (!down || event.pointerId !== down.id) return;
    move(event);
    const { doing = 'gone', point = null } = down ?? {};
    down = null;
    if (doing === 'drags') tell.drop();
    else if (doing === 'loops') tell.looped();
    else if (doing === 'waits') tap(event, point);
  }, { signal });
  element.addEventListener('pointercancel', () => {
    if (down?.doing === 'drags') tell.drop();
    else if (down?.doing === 'loops') tell.looped();
    down = null;
  }, { signal });

  /** @param {PointerEvent} event @param {number | null} point */
  function tap(event, point) {
    element.focus({ preventScroll: true });
    const near = Math.hypot(event.clientX - before.x, event.clientY - before.y) < (event.pointerType === 'touch' ? SLACK : STILL);
    const again = near && event.timeStamp - before.time < SOON;
    const same = point === before.point;
    before = { time: again ? -Infinity : event.timeStamp, x: event.clientX, y: event.clientY, point };
    if (point === null) tell.tapGround(...local(event));
    else if (again && same) tell.tapTwice(point);
    else if (!again) tell.tapPoint(point, event.shiftKey); // else it has only just been put down
  }

  // Only now can it be known whether the page may scroll under the finger.
  element.addEventListener('touchstart', (event) => {
    const [touch] = event.touches;
    const held = event.touches.length === 1 && (tell.loops() || tell.pointAt(...local(touch), true) !== null);
    if (held && event.cancelable) event.preventDefault();
  }, { passive: false, signal });
  return () => controller.abort();
}
