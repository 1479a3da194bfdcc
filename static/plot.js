// A thin wrapper over Plotly, which draws what stands still: the map and the 3-D surface.
// The page does not wait for its script; whoever needs it awaits plotly().

/** @typedef {any} PlotlyModule Plotly ships no types that match its bundle */

/** @type {Promise<PlotlyModule> | null} */
let arrival = null;

/** @returns {Promise<PlotlyModule>} resolves when Plotly's script has run */
export function plotly() {
  arrival ??= new Promise((resolve) => {
    const look = () => {
      const found = /** @type {any} */ (window).Plotly;
      if (found) resolve(found);
      else setTimeout(look, 20);
    };
    look();
  });
  return arrival;
}

/** What every figure here has in common: no buttons of Plotly's own, no logo. */
export const CONFIG = {
  displayModeBar: false,
  displaylogo: false,
  doubleClick: false,
  responsive: false,
  scrollZoom: true,
  showTips: false,
};

/**
 * Draw a figure, or bring a drawn one up to date.
 * @param {HTMLElement} element
 * @param {object[]} data
 * @param {object} layout
 * @param {object} [config]
 */
export async function draw(element, data, layout, config = CONFIG) {
  const Plotly = await plotly();
  if (!element.isConnected) return;
  await Plotly.react(element, data, layout, config);
}

/** @param {HTMLElement} element */
export function erase(element) {
  /** @type {any} */ (window).Plotly?.purge(element);
}

/**
 * Follow an element's size, from now on and whenever it changes.
 * @param {HTMLElement} element
 * @param {(width: number, height: number) => void} follow
 * @returns {() => void} undo
 */
export function watchSize(element, follow) {
  const observer = new ResizeObserver(() => follow(element.clientWidth, element.clientHeight));
  observer.observe(element);
  follow(element.clientWidth, element.clientHeight);
  return () => observer.disconnect();
}
