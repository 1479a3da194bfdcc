// A canvas laid over an element: sharp on dense screens, transparent to the pointer.

const DENSEST = 2; // more pixels than this per CSS pixel cost time and show nothing

/**
 * @typedef {object} Layer
 * @property {HTMLCanvasElement} canvas
 * @property {CanvasRenderingContext2D} context draws in CSS pixels of the element
 * @property {(width: number, height: number) => boolean} fit true when the size changed (which clears the canvas)
 * @property {() => void} clear
 */

/**
 * @param {HTMLElement} element
 * @param {string} name class of the canvas
 * @returns {Layer}
 */
export function addLayer(element, name) {
  const canvas = document.createElement('canvas');
  canvas.className = `layer ${name}`;
  canvas.setAttribute('aria-hidden', 'true');
  element.append(canvas);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  let scale = 0;
  return {
    canvas,
    context,
    fit(width, height) {
      const dense = Math.min(window.devicePixelRatio || 1, DENSEST);
      const wide = Math.round(width * dense);
      const high = Math.round(height * dense);
      if (canvas.width === wide && canvas.height === high && scale === dense) return false;
      scale = dense;
      canvas.width = wide;
      canvas.height = high;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${height}px`;
      context.setTransform(scale, 0, 0, scale, 0, 0);
      return true;
    },
    clear() {
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.restore();
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {import('./plane.js').Box} box */
export function clipTo(context, { left, top, width, height }) {
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
}
