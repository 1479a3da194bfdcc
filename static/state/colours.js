// @ts-check
/**
 * One colour per entrant: its own if the person chose one, else the optimizer's (`--opt-adam`), and for a second
 * of the same colour the next spare (`--spare-1`, `--spare-2`, ...).
 *
 * @import { Entrant, Readable, Setup } from './types.js'
 */
import { derived } from "./store.js";

const GOLDEN_ANGLE = 137.508; // degrees; hues that stay apart however many follow

/**
 * @param {Entrant[]} entrants
 * @param {(variable: string) => string} read the value of a CSS variable, "" where there is none
 * @returns {string[]}
 */
export function coloursOf(entrants, read) {
  const taken = new Set(entrants.flatMap(({ color }) => (color ? [color.toLowerCase()] : [])));
  let spare = 0;
  const next = () => read(`--spare-${++spare}`) || `hsl(${Math.round(spare * GOLDEN_ANGLE) % 360} 62% 46%)`;
  return entrants.map(({ optimizer, color }) => {
    if (color) return color;
    let colour = read(`--opt-${optimizer}`) || next();
    while (taken.has(colour.toLowerCase())) colour = next();
    taken.add(colour.toLowerCase());
    return colour;
  });
}

/**
 * @param {Readable<Setup>} setup
 * @param {Readable<"light" | "dark">} theme read again when it changes
 * @param {Element} root
 * @returns {Readable<string[]>}
 */
export function colours(setup, theme, root) {
  /** @type {string} */
  let key = "";
  /** @type {string[]} */
  let last = [];
  return derived([setup, theme], ({ entrants }, shade) => {
    const fresh = JSON.stringify([shade, entrants.map(({ optimizer, color }) => [optimizer, color])]);
    if (fresh === key) return last; // the same array: views redraw only for colours that changed
    key = fresh;
    const style = getComputedStyle(root);
    return (last = coloursOf(entrants, (variable) => style.getPropertyValue(variable).trim()));
  });
}
