// What every learning rate makes of the network, and of networks of other widths: a curve for each width, and a cell to
// click for each of all.

import { fill, number, tick } from '../format.js';
import { onChange, painter } from './frame-loop.js';
import { powersBetween, searchChart } from './search-chart.js';

/** @typedef {import('../net/socket.js').Answer} Answer */

const DEEPEST = 78; // per cent of the accent in the best cell
const DECADES = 3; // above the best: what is higher has no colour

/**
 * @param {HTMLElement} element
 * @param {import('../state/network-types.js').NetworkState} state
 * @param {import('../state/types.js').Readable<Answer | null>} found
 * @param {(entrant: number, lr: number, width: number[]) => void} race
 * @returns {() => void} undo
 */
export function sweepView(element, state, found, race) {
  const words = element.dataset;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));
  const say = (/** @type {Element} */ place, /** @type {string} */ text) => void (place.textContent !== text && (place.textContent = text));
  const grid = part('grid');
  /** @type {Answer | null} */
  let laid = null;

  /** @param {Answer} answer */
  function tableOf({ event, arrays }) {
    const rates = Array.from(arrays.rates.data);
    const losses = event.widths.map((/** @type {unknown} */ _, /** @type {number} */ i) => Array.from(arrays[event.judge].data.subarray(i * rates.length, (i + 1) * rates.length)));
    return { rates, losses: /** @type {number[][]} */ (losses) };
  }

  const chart = searchChart(part('chart'), (palette) => {
    const answer = found.get();
    if (!answer) return null;
    const { rates, losses } = tableOf(answer);
    const colour = state.colours.get()[answer.event.entrant] ?? palette.accent;
    const { best } = answer.event;
    const own = best ? answer.event.widths.findIndex((/** @type {number[]} */ width) => width.join() === best.width.join()) : 0;
    const series = losses.map((y, i) => ({ x: rates, y, colour: i === own ? colour : palette.muted, width: i === own ? 2.2 : 1, dots: i === own }));
    series.push(...series.splice(own, 1)); // the best lies on top
    return { series, ticks: powersBetween(rates[0], rates[rates.length - 1]), title: words.axis ?? '', best: best ? [best.lr, best.loss] : null };
  });

  /** @param {number[]} width */
  const nameOf = (width) => (width.length > 0 ? fill(words.layers, { neurons: width.join('-') }) : (words.none ?? ''));

  function paint() {
    if (element.hidden) return;
    chart.dirty();
    const answer = found.get();
    part('found').hidden = !answer;
    if (!answer || laid === answer) return answer ? undefined : say(part('said'), '');
    laid = answer;
    const { rates, losses } = tableOf(answer);
    const { event, arrays } = answer;
    const best = Math.min(...losses.flat().filter(Number.isFinite));
    grid.style.setProperty('--columns', String(rates.length));
    grid.replaceChildren(...losses.flatMap((row, i) => {
      const label = document.createElement('span');
      label.className = 'sweep-width';
      label.textContent = event.widths[i][0]?.toString() ?? '0';
      label.title = nameOf(event.widths[i]);
      return [label, ...row.map((loss, j) => cell(i, j, loss, best))];
    }));

    /** @param {number} i @param {number} j @param {number} loss @param {number} best */
    function cell(i, j, loss, best) {
      const button = document.createElement('button');
      button.type = 'button';
      const dead = arrays.diverged.data[i * rates.length + j];
      const values = { lr: tick(rates[j], 3), width: nameOf(event.widths[i]), judge: event.judge, loss: number(loss, 3), step: dead };
      const told = fill(dead >= 0 ? words.cellDiverged : words.cell, values);
      button.title = told;
      button.setAttribute('aria-label', told);
      button.className = `sweep-cell${dead >= 0 ? ' is-dead' : ''}${loss === best ? ' is-best' : ''}`;
      const depth = Math.max(0, 1 - Math.log10(loss / best) / DECADES);
      button.style.setProperty('--depth', `${Number.isFinite(depth) ? Math.round(DEEPEST * depth ** 1.6) : 0}%`);
      button.dataset.place = `${i} ${j}`;
      return button;
    }

    const { best: winner } = event;
    const right = winner?.accuracy == null ? '' : fill(words.right, { share: number(100 * winner.accuracy, 3) });
    const width = event.widths.length > 1 && winner ? fill(words.width, { width: winner.width.join('-') }) : '';
    say(part('said'), winner ? fill(words.best, { lr: tick(winner.lr, 3), width, judge: event.judge, loss: number(winner.loss, 3), right }) : (words.lost ?? ''));
  }

  const frame = painter(paint);
  const controller = new AbortController();
  grid.addEventListener('click', (event) => {
    const { place } = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('button'))?.dataset ?? {};
    const answer = found.get();
    if (place === undefined || !answer) return;
    const [i, j] = place.split(' ').map(Number);
    const [lr, width] = [answer.arrays.rates.data[j], answer.event.widths[i]];
    race(answer.event.entrant, lr, width);
    say(part('said'), fill(words.raced, { lr: tick(lr, 3), width: nameOf(width) }));
  }, { signal: controller.signal });
  const undos = [
    state.theme.subscribe(() => requestAnimationFrame(frame.dirty)),
    onChange([found, state.colours, state.inside], frame.dirty),
  ];
  return () => {
    controller.abort();
    for (const undo of undos) undo();
    frame.stop();
    chart.undo();
  };
}
