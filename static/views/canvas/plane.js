// Where a point of the surface lies on the screen: a window of x and y laid over a box of pixels.

/** @typedef {[[number, number], [number, number]]} Window */
/** @typedef {{left: number, top: number, width: number, height: number}} Box pixels within the element */

export class Plane {
  /** @param {Window} window @param {Box} box */
  constructor(window, box) {
    const [[x0, x1], [y0, y1]] = window;
    this.window = window;
    this.box = box;
    this.perX = box.width / (x1 - x0);
    this.perY = -box.height / (y1 - y0);
    this.originX = box.left - x0 * this.perX;
    this.originY = box.top - y1 * this.perY;
  }

  /** @param {number} x @param {number} y @returns {[number, number]} pixels */
  toPixel(x, y) {
    return [this.originX + x * this.perX, this.originY + y * this.perY];
  }

  /** @param {number} left @param {number} top @returns {[number, number]} x and y */
  toPoint(left, top) {
    return [(left - this.originX) / this.perX, (top - this.originY) / this.perY];
  }

  /** @param {number} left @param {number} top @param {number} [margin] pixels beyond the box that still count */
  holds(left, top, margin = 0) {
    const { left: l, top: t, width, height } = this.box;
    return left >= l - margin && left <= l + width + margin && top >= t - margin && top <= t + height + margin;
  }

  /**
   * The window after zooming about a pixel that stays where it is.
   * @param {number} factor below one to come closer
   * @param {number} left @param {number} top
   * @returns {Window}
   */
  zoomed(factor, left = this.box.left + this.box.width / 2, top = this.box.top + this.box.height / 2) {
    const [x, y] = this.toPoint(left, top);
    const [[x0, x1], [y0, y1]] = this.window;
    return [
      [x + (x0 - x) * factor, x + (x1 - x) * factor],
      [y + (y0 - y) * factor, y + (y1 - y) * factor],
    ];
  }
}

/** @param {Window | null} a @param {Window | null} b */
export function sameWindow(a, b) {
  return a === b || (!!a && !!b && a.every((range, i) => range.every((end, j) => end === b[i][j])));
}
