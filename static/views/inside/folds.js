// Cross-validation of a network: mean loss over the folds and its spread, by learning rate or width; the winner is starred.

import { fill, number, tick } from '../../format.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { powersBetween, searchChart } from '../charts/search-chart.js';

/** @typedef {import('../../net/socket.js').Answer<"network_validate"> & {values: number[], entrant: number}} Folds values: the rates, or the widths */

/**
 * @param {HTMLElement} element
 * @param {import('../../state/network/types.js').NetworkState} state
 * @param {import('../../state/types.js').Readable<Folds | null>} found
 * @returns {() => void} undo
 */
export function foldsView(element, state, found) {
  const words = element.dataset;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));
  const say = (/** @type {Element} */ place, /** @type {string} */ text) => void (place.textContent !== text && (place.textContent = text));
  const chart = searchChart(part('chart'), (palette) => {
    const answer = found.get();
    if (!answer) return null;
    const { values, event, arrays, entrant } = answer;
    const colour = state.colours.get()[entrant] ?? palette.accent;
    const series = [{ x: values, y: arrays.mean.data, spread: arrays.spread.data, colour, dots: true }];
    const rates = event.over === 'lr';
    const ticks = rates ? powersBetween(values[0], values[values.length - 1]) : values.map((at) => ({ at, text: String(at) }));
    return { series, ticks, title: (rates ? words.axisLr : words.axisWidth) ?? '', label: words.loss ?? '', best: event.best ? [values[event.best.index], event.best.mean] : null };
  });

  const frame = painter(() => {
    if (element.hidden) return;
    chart.dirty();
    const answer = found.get();
    part('found').hidden = !answer;
    if (answer) part('key').style.setProperty('--colour', state.colours.get()[answer.entrant] ?? '');
    part('take').hidden = !answer?.event.best;
    say(part('said'), answer ? sentences(answer) : '');
  });

  /** @param {Folds} answer */
  function sentences({ event: { best, over, test, test_accuracy }, arrays, values }) {
    const lost = Array.from(arrays.diverged.data).filter((count) => count > 0).length;
    if (!best) return words.lost ?? '';
    const right = (/** @type {number | null} */ share) => (share === null ? '' : fill(words.right, { share: number(100 * share, 3) }));
    const value = over === 'lr' ? fill(words.rate, { lr: tick(best.lr ?? NaN, 3) }) : fill(words.width, { width: best.width?.join('-') ?? '' });
    return [
      fill(words.winner, { value, mean: number(best.mean, 3), spread: number(arrays.spread.data[best.index], 2), right: right(best.accuracy) }),
      test === null ? words.untested : fill(words.tested, { test: number(test, 3), right: right(test_accuracy) }),
      lost > 0 ? fill(words.diverged, { count: lost, all: values.length }) : '',
    ].filter(Boolean).join(' ');
  }

  const undos = [
    state.theme.subscribe(() => requestAnimationFrame(frame.dirty)),
    onChange([found, state.colours, state.inside], frame.dirty),
  ];
  return () => {
    for (const undo of undos) undo();
    frame.stop();
    chart.undo();
  };
}
