// What lies under the mouse on the map: coordinates and loss, or the name of a mark.

const MARGIN = 2; // px between the card and the edge of the picture

/**
 * @param {HTMLElement} element
 * @param {(left: number, top: number) => string | null} describe
 * @returns {() => void} undo
 */
export function readout(element, describe) {
  const card = document.createElement('div');
  card.className = 'readout';
  card.hidden = true;
  card.setAttribute('aria-hidden', 'true');
  element.append(card);
  const hide = () => void (card.hidden = true);
  const follow = (/** @type {PointerEvent} */ event) => {
    if (event.pointerType !== 'mouse' || event.buttons !== 0) return hide();
    const box = element.getBoundingClientRect();
    const left = event.clientX - box.left;
    const top = event.clientY - box.top;
    const text = /** @type {Element} */ (event.target).closest('button') ? null : describe(left, top);
    card.hidden = text === null;
    if (text === null) return;
    if (card.textContent !== text) card.textContent = text;
    const wanted = left > box.width / 2 ? left - 14 - card.offsetWidth : left + 14;
    const inside = Math.max(MARGIN, Math.min(wanted, box.width - card.offsetWidth - MARGIN)); // a small picture cuts off what stands out
    const low = top > box.height - 60;
    card.style.transform = `translate(${inside}px, ${top + (low ? -14 : 16)}px) translateY(${low ? -100 : 0}%)`;
  };
  element.addEventListener('pointermove', follow);
  element.addEventListener('pointerleave', hide);
  element.addEventListener('pointerdown', hide);
  return () => {
    element.removeEventListener('pointermove', follow);
    element.removeEventListener('pointerleave', hide);
    element.removeEventListener('pointerdown', hide);
    card.remove();
  };
}
