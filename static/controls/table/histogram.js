// @ts-check
/**
 * A tiny histogram of a column: rows in equal parts from the lowest value to the highest, or of each word.
 *
 * @import { LookedColumn } from '../../net/messages.js'
 */

const WIDTH = 80;
const HEIGHT = 22;
const GAP = 1;
const LEAST = 1; // px of a bar that is not empty
const MOST = 16; // px of a bar's width: two words are no banner

/**
 * @param {SVGSVGElement} svg
 * @param {LookedColumn} column
 * @param {string} says what it shows, in words
 */
export function draw(svg, { bars, kind, words }, says) {
  const highest = Math.max(1, ...bars);
  const width = Math.min(MOST, WIDTH / Math.max(1, bars.length));
  svg.setAttribute("aria-label", kind === "word" ? bars.map((count, i) => `${words[i]} ${count}`).join(", ") : says);
  svg.replaceChildren(
    ...bars.map((count, i) => {
      const height = count === 0 ? 0 : Math.max(LEAST, (HEIGHT * count) / highest);
      const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const place = { x: i * width, y: HEIGHT - height, width: Math.max(1, width - GAP), height };
      for (const [name, value] of Object.entries(place)) bar.setAttribute(name, value.toFixed(2));
      const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
      title.textContent = kind === "word" ? `${words[i]}: ${count}` : String(count);
      bar.append(title);
      return bar;
    }),
  );
}
