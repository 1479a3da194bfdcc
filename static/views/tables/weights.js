// The weights of the chosen entrant as bars, with the exact answer's as a mark on each.

import { typeable } from '../../format.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { seenEntrants, shownStep } from '../canvas/trail-scene.js';

const MOST_DIGITS = 8; // what the column has room for; the exact answer's card has them all
const FAR = 4; // an exact answer so many times larger does not set the scale: its mark stands at the end

/** @param {ArrayLike<number>} weights @returns {number} the largest size that is finite */
function largest(weights) {
  let most = 0;
  for (let i = 0; i < weights.length; i++) {
    const size = Math.abs(weights[i]);
    if (size > most && size < Infinity) most = size;
  }
  return most;
}

/**
 * @param {HTMLElement} element the card; it is shown where there are more weights than the map has axes
 * @param {import('../../state/types.js').RegressionState} state
 * @returns {() => void} undo
 */
export function weightsView(element, state) {
  const list = /** @type {HTMLElement} */ (element.querySelector('[data-part="bars"]'));
  const owner = /** @type {HTMLElement} */ (element.querySelector('[data-part="owner"]'));
  const template = /** @type {HTMLTemplateElement} */ (element.querySelector('template'));
  let built = '';
  /** @type {{run: unknown, index: number, most: number}} the largest weight of the chosen entrant on its way */
  let measured = { run: null, index: -1, most: 0 };

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
    const answer = largest(exact.map((weight) => weight ?? NaN));
    if (measured.run !== run || measured.index !== chosen) measured = { run, index: chosen, most: largest(run.weights[chosen].subarray(0, run.dim * (run.have + 1))) };
    const most = answer < FAR * measured.most ? Math.max(answer, measured.most) : measured.most;
    const place = (/** @type {number} */ weight) => `${Math.max(1, Math.min(99, 50 + (48 * weight) / (most || 1))).toFixed(2)}%`;
    [...list.children].forEach((each, i) => {
      const row = /** @type {HTMLElement} */ (each);
      const weight = Number.isFinite(weights[i]) ? weights[i] : 0;
      const goal = exact[i] ?? null;
      row.style.setProperty('--from', place(Math.min(0, weight)));
      row.style.setProperty('--to', place(Math.max(0, weight)));
      row.style.setProperty('--exact', goal === null ? '-10%' : place(goal));
      const text = typeable(weights[i], Math.min(MOST_DIGITS, fit.exact?.digits ?? 4));
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
