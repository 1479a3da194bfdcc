// Where all racers begin, on a map on which the start cannot be moved.

import { onChange } from '../canvas/frame-loop.js';

/**
 * @param {HTMLElement} element the map
 * @param {import('../../state/types.js').State} state
 * @param {unknown} _actions nothing can be done with it
 * @param {import('../../state/types.js').Readable<import('../canvas/plane.js').Plane | null>} plane
 * @returns {() => void} undo
 */
export function startMark(element, state, _actions, plane) {
  const mark = document.createElement('span');
  mark.className = 'start-mark';
  mark.setAttribute('aria-hidden', 'true');
  element.append(mark);
  const undo = onChange([plane, state.start], () => {
    const [shown, start] = [plane.get(), state.start.get()];
    const [left, top] = shown?.toPixel(...start) ?? [NaN, NaN];
    mark.hidden = !shown || !shown.holds(left, top);
    if (!mark.hidden) mark.style.transform = `translate(${left}px, ${top}px)`;
  });
  return () => {
    undo();
    mark.remove();
  };
}
