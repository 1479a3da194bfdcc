// The weights of the chosen entrant as bars, with the exact answer's as a mark on each.

import { number } from '../format.js';
import { onChange, painter } from './frame-loop.js';
import { seenEntrants, shownStep } from './trail-scene.js';

/**
 * @param {HTMLElement} element the card; it is shown where there are more weights than the map has axes
 * @param {import('../state/types.js').RegressionState} state
 * @returns {() => void} undo
 */
export function weightsView(element, state) {
  const list = /** @type {HTMLElement} */ (element.querySelector('[data-part="bars"]'));
  const owner = /** @type {HTMLElement} */ (element.querySelector('[data-part="owner"]'));
  const template = /** @type {HTMLTemplateElement} */ (element.querySelector('template'));
  let built = '';

  /** @param {string[]} names */
  function build(names) {
    if (names.join('\n') === built) return;
    built = names.join('\n');
    list.replaceChildren(
      ...names.map((name) => {
        const row = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
        part(row, 'name').textContent = name;
        return row;
      }),
    );
  }

  function paint() {
    const [run, fit, step] = [state.run.get(), state.fit.get(), shownStep(state)];
    element.hidden = !fit || fit.dim === 2;
    if (!fit || fit.dim === 2 || run.dim !== fit.dim || step < 0) return;
    const chosen = state.chosen.get();
    const entrant = seenEntrants(state).find(({ index }) => index === chosen);
    build(fit.names);
    const weights = run.weights[chosen]?.subarray(run.dim * step, run.dim * (step + 1));
    if (!weights || !entrant) return;
    owner.textContent = entrant.name;
    list.style.setProperty('--colour', entrant.colour);
    const exact = fit.exact?.weights ?? [];
    const sizes = [...weights, ...exact].map((weight) => Math.abs(weight ?? NaN)).filter(Number.isFinite);
    const most = Math.max(...sizes, 1e-300);
    const place = (/** @type {number} */ weight) => `${(50 + (50 * weight) / most).toFixed(2)}%`;
    [...list.children].forEach((each, i) => {
      const row = /** @type {HTMLElement} */ (each);
      const weight = Number.isFinite(weights[i]) ? weights[i] : 0;
      const answer = exact[i] ?? null;
      row.style.setProperty('--from', place(Math.min(0, weight)));
      row.style.setProperty('--to', place(Math.max(0, weight)));
      row.style.setProperty('--exact', answer === null ? '-10%' : place(answer));
      const text = number(weights[i], 4);
      if (part(row, 'value').textContent !== text) part(row, 'value').textContent = text;
    });
  }

  const frame = painter(paint);
  const undo = onChange([state.run, state.playhead, state.fit, state.chosen, state.colours, state.view, state.setup], frame.dirty);
  return () => {
    undo();
    frame.stop();
  };
}

/** @param {HTMLElement} row @param {string} name */
const part = (row, name) => /** @type {HTMLElement} */ (row.querySelector(`[data-part="${name}"]`));
