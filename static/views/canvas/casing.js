// The casing of a trail: the one of two colours that stands out more from it, so that a trail of any colour is seen on any
// ground.

/** @param {string} colour "#rrggbb" @returns {number} relative luminance, as WCAG has it; NaN of other notations */
export function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours, from 1 to 21. @param {string} a @param {string} b */
export function contrast(a, b) {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const ENOUGH = 3;

/**
 * @param {string} colour of the trail
 * @param {{card: string, ink: string}} palette
 * @returns {string} the card's colour, unless too little stands out from it
 */
export function casingOf(colour, { card, ink }) {
  return contrast(colour, card) < ENOUGH && contrast(colour, ink) > contrast(colour, card) ? ink : card;
}
