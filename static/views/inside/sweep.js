// What every learning rate makes of the network, and of networks of other widths: a curve for each width, and below it a
// cell for each of all. One of them is chosen, by pointer, finger or arrow keys, in the cells or in the curves, and raced
// by the button that says so; what lies under the pointer is told meanwhile.

import { fill, number, tick } from '../../format.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { powersBetween, usualLoss, searchChart } from '../charts/search-chart.js';
import { sweepCells } from '../charts/sweep-cells.js';

/** @typedef {import('../../net/socket.js').Answer<"sweep">} Answer */
/** @typedef {import('../charts/sweep-cells.js').Place} Place */

const [PALE, DEEP] = [25, 100]; // per cent of the ink in the line of the narrowest network, and of the widest

/** @param {number} i @param {number} count @returns {string} the colour of a width's line */
const shadeOf = (i, count) => `color-mix(in srgb, var(--ink) ${Math.round(PALE + ((DEEP - PALE) * (i + 1)) / count)}%, var(--card))`;

/**
 * @param {HTMLElement} element
 * @param {import('../../state/network/types.js').NetworkState} state
 * @param {import('../../state/types.js').Readable<Answer | null>} found
 * @param {(entrant: number, lr: number, width: number[]) => void} race
 * @returns {() => void} undo
 */
export function sweepView(element, state, found, race) {
  const words = element.dataset;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));
  const say = (/** @type {string} */ name, /** @type {string} */ text) => void (part(name).textContent !== text && (part(name).textContent = text));
  /** @type {Answer | null} */
  let laid = null;
  /** @type {Place} */
  let chosen = [0, 0];
  /** @type {Place | null} */
  let pointed = null;
  /** @type {number[]} */
  let order = []; // of the lines: which width each is of

  const shown = () => pointed ?? chosen;
  const cells = sweepCells(part('grid'), choose);

  /** @param {Answer} answer */
  function tableOf({ event, arrays }) {
    const rates = Array.from(arrays.rates.data);
    const judged = lossesOf({ event, arrays });
    const losses = event.widths.map((_, i) => Array.from(judged.subarray(i * rates.length, (i + 1) * rates.length)));
    return { rates, losses };
  }

  const chart = searchChart(part('chart'), (palette) => {
    const answer = found.get();
    if (!answer) return null;
    const { rates, losses } = tableOf(answer);
    const colour = state.colours.get()[answer.event.entrant] ?? palette.accent;
    const { best, judge } = answer.event;
    const [own, at] = shown();
    order = [...losses.keys()].filter((i) => i !== own).concat(own); // what is meant lies on top
    const series = order.map((i) => ({ x: rates, y: losses[i], colour: i === own ? colour : inkOf(i), width: i === own ? 2.4 : 1.2, dots: i === own }));
    const half = Math.sqrt(rates[1] / rates[0]);
    return {
      series, ticks: powersBetween(rates[0], rates[rates.length - 1]), title: words.axis ?? '', label: fill(words.loss, { judge }),
      best: best ? [best.lr, best.loss] : null, mark: rates[at], span: [rates[0] / half, rates[rates.length - 1] * half],
    };
  });

  /** The colour of a width's line, which its row has too. @param {number} i */
  const inkOf = (i) => getComputedStyle(/** @type {Element} */ (part('grid').querySelectorAll('.line-key')[i])).backgroundColor;

  /** @param {number[]} width */
  const nameOf = (width) => (width.length > 0 ? fill(words.layers, { neurons: width.join('-') }) : (words.none ?? ''));

  /** What became of a rate and a width. @param {Answer} answer @param {Place} place */
  function told({ event, arrays }, [i, j]) {
    const at = i * arrays.rates.data.length + j;
    const dead = arrays.diverged.data[at];
    const values = { lr: tick(arrays.rates.data[j], 3), width: nameOf(event.widths[i]), judge: event.judge, loss: number(lossesOf({ event, arrays })[at], 3), step: dead };
    return fill(dead >= 0 ? words.cellDiverged : words.cell, values);
  }

  /** @param {Answer} answer */
  function lay(answer) {
    laid = answer;
    const { rates, losses } = tableOf(answer);
    const { widths, best } = answer.event;
    const known = losses.flat().filter(Number.isFinite);
    const [low, high] = [Math.min(...known), usualLoss(losses.map((y) => ({ y })))];
    const winner = best ? losses.flat().indexOf(best.loss) : 0;
    chosen = [Math.floor(winner / rates.length), winner % rates.length];
    pointed = null;
    const rows = losses.map((row, i) => ({
      name: widths[i][0]?.toString() ?? '0',
      title: nameOf(widths[i]),
      shade: shadeOf(i, losses.length),
      cells: row.map((loss, j) => ({
        told: told(answer, [i, j]),
        depth: Number.isFinite(loss) ? Math.max(0, Math.min(1, Math.log(high / loss) / (Math.log(high / low) || 1))) : null,
        best: loss === best?.loss,
      })),
    }));
    cells.lay(rows);
    say('low', number(low, 2));
    say('high', fill(words.more, { loss: number(high, 2) }));
    const right = best?.accuracy == null ? '' : fill(words.right, { share: number(100 * best.accuracy, 3) });
    const width = widths.length > 1 && best ? fill(words.width, { width: best.width.join('-') }) : '';
    say('said', best ? fill(words.best, { lr: tick(best.lr, 3), width, judge: answer.event.judge, loss: number(best.loss, 3), right }) : (words.lost ?? ''));
  }

  function paint() {
    if (element.hidden) return;
    const answer = found.get();
    part('found').hidden = !answer;
    if (!answer) say('said', '');
    else {
      if (laid !== answer) lay(answer);
      cells.mark(chosen, pointed);
      say('cell', told(answer, shown()));
      part('grid').style.setProperty('--colour', state.colours.get()[answer.event.entrant] ?? '');
    }
    chart.dirty();
  }

  const frame = painter(paint);

  /** @param {Place} place @param {boolean} [only] looked at */
  function choose(place, only = false) {
    if (only) pointed = place;
    else [chosen, pointed] = [place, null];
    frame.dirty();
  }

  /** The place under the pointer, in the curves. @param {PointerEvent} event */
  function point(event) {
    const near = chart.near(event.clientX, event.clientY);
    if (near) choose([order[near.series], near.index], event.pointerType === 'mouse' && event.type === 'pointermove');
  }

  const controller = new AbortController();
  const { signal } = controller;
  part('chart').addEventListener('pointermove', point, { signal });
  part('chart').addEventListener('pointerdown', point, { signal });
  part('found').addEventListener('pointerleave', () => ((pointed = null), frame.dirty()), { signal });
  part('race').addEventListener('click', () => {
    const answer = found.get();
    if (!answer) return;
    const [i, j] = chosen;
    const [lr, width] = [answer.arrays.rates.data[j], answer.event.widths[i]];
    race(answer.event.entrant, lr, width);
    say('said', fill(words.raced, { lr: tick(lr, 3), width: nameOf(width) }));
  }, { signal });
  const undos = [
    state.theme.subscribe(() => requestAnimationFrame(frame.dirty)),
    onChange([found, state.colours, state.inside], frame.dirty),
  ];
  return () => {
    controller.abort();
    for (const undo of undos) undo();
    frame.stop();
    cells.undo();
    chart.undo();
  };
}

/** Those of the set that judges, which has samples. @param {Answer} answer */
const lossesOf = ({ event, arrays }) => arrays[event.judge]?.data ?? new Float64Array();
