// The colours that canvases and Plotly need, read from the style sheet's custom properties.

/**
 * @typedef {object} Palette
 * @property {string[]} map colours of the ground, deepest first
 * @property {string} contour
 * @property {string} card
 * @property {string} page
 * @property {string} ink
 * @property {string} muted
 * @property {string} line
 * @property {string} hairline
 * @property {string} accent
 * @property {string} danger
 * @property {{gradient: string, memory: string, step: string}} arrows
 * @property {string} font the font family of the page
 */

/**
 * @param {HTMLElement} element
 * @returns {Palette}
 */
export function readPalette(element) {
  const style = getComputedStyle(element);
  const token = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  const ink = token('ink');
  return {
    map: ['map-deepest', 'map-low', 'map-middle', 'map-high'].map(token),
    contour: token('contour'),
    card: token('card'),
    page: token('page'),
    ink,
    muted: token('muted'),
    line: token('line'),
    hairline: token('hairline'),
    accent: token('accent'),
    danger: token('danger'),
    arrows: {
      gradient: token('arrow-gradient') || token('muted'),
      memory: token('arrow-memory') || token('accent'),
      step: token('arrow-step') || ink,
    },
    font: style.fontFamily,
  };
}

/** @param {string[]} colours lowest first @returns {[number, string][]} Plotly's form of a colour scale */
export function colourScale(colours) {
  return colours.map((colour, i) => [i / (colours.length - 1), colour]);
}
