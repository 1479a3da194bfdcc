// Random search beside the optimizers, and why a grid would be no better: ten points for one weight, a thousand for three.

import { fill, number } from '../../format.js';
import { entrantNames } from '../../state/names.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { readPalette } from '../canvas/palette.js';
import { powersBetween, searchChart } from '../charts/search-chart.js';

/** @typedef {import('../../state/network/searches.js').Climb} Answer */

const CUTS = 10;
const [DOT, MARGIN] = [2, 10]; // pixels
const PER_YEAR = Math.log10(3.156e13); // microseconds, as a power of ten
const AGE = 10; // of the universe in years, as a power of ten

/**
 * @param {HTMLElement} element
 * @param {import('../../state/network/types.js').NetworkState} state
 * @param {import('../../state/types.js').Readable<Answer | null>} found of the network on show; null: not searched yet
 * @returns {() => void} undo
 */
export function randomSearchView(element, state, found) {
  const words = element.dataset;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));
  const say = (/** @type {Element} */ place, /** @type {string} */ text) => void (place.textContent !== text && (place.textContent = text));
  const chart = searchChart(part('chart'), (palette) => {
    const answer = found.get();
    const run = state.run.get();
    const series = racers(run).map(({ steps, losses, index }) => ({ x: steps, y: losses, colour: state.colours.get()[index] ?? palette.muted }));
    if (!answer && series.length === 0) return null;
    if (answer) {
      const [at, losses] = [Array.from(answer.arrays.at.data), Array.from(answer.arrays.losses.data)];
      series.unshift({ x: [...at, answer.event.tries], y: [...losses, losses.at(-1) ?? NaN], colour: palette.accent, ...STEPS });
    }
    const most = Math.max(10, ...series.map(({ x }) => x[x.length - 1] ?? 1));
    return { series, ticks: powersBetween(1, most), title: words.axis ?? '', label: words.loss ?? '', best: null, span: /** @type {[number, number]} */ ([1, most]) };
  });

  /** The losses of all who are shown, up to the playhead. @param {import('../../state/types.js').Run} run */
  function racers({ records, measured, entrants }) {
    const { step } = state.playhead.get();
    const count = records.filter((each) => each <= step).length;
    return Array.from({ length: entrants }, (_, index) => index)
      .filter((index) => !state.setup.get().entrants[index]?.hidden && measured?.training[index])
      .map((index) => ({ index, steps: records.slice(1, count), losses: measured ? Array.from(measured.training[index].subarray(1, Math.max(1, count))) : [] }));
  }

  function paint() {
    if (element.hidden) return;
    chart.dirty();
    const { weights = 0 } = state.facts.get() ?? {};
    say(part('weights'), fill(words.grid, { weights: weights.toLocaleString('en') }));
    say(part('power'), weights.toLocaleString('en'));
    showYears(weights);
    paintGrids();
    const answer = found.get();
    const names = entrantNames(state.setup.get(), state.catalog);
    const best = answer?.event.loss ?? null;
    const told = racers(state.run.get()).map(({ index, steps, losses }) => {
      const at = best === null ? -1 : losses.findIndex((each) => each < best);
      const text = answer ? fill(at < 0 ? words.never : words.better, { name: names[index], step: steps[at] ?? '' }) : names[index];
      return { colour: state.colours.get()[index] ?? '', text };
    });
    if (answer) told.unshift({ colour: 'var(--accent)', text: words.random ?? '' });
    legend(told);
    if (!answer) return say(part('best'), '');
    const { tries, loss, accuracy } = answer.event;
    const right = accuracy === null ? '' : fill(words.right, { share: number(100 * accuracy, 3) });
    const counted = tries.toLocaleString('en');
    say(part('best'), loss === null ? fill(words.none, { tries: counted }) : fill(words.best, { tries: counted, loss: number(loss, 3), right }));
  }

  /** What each line is. @param {{colour: string, text: string}[]} lines */
  function legend(lines) {
    const list = part('racers');
    while (list.children.length > lines.length) list.lastElementChild?.remove();
    while (list.children.length < lines.length) {
      const [item, dot] = [document.createElement('li'), document.createElement('span')];
      dot.className = 'line-key';
      item.append(dot, document.createElement('span'));
      list.append(item);
    }
    lines.forEach(({ colour, text }, i) => {
      const item = /** @type {HTMLElement} */ (list.children[i]);
      item.style.setProperty('--colour', colour);
      say(/** @type {Element} */ (item.lastElementChild), text);
    });
  }

  /** The powers stand above the line. @param {number} weights */
  function showYears(weights) {
    const power = (/** @type {number} */ exponent) => Object.assign(document.createElement('sup'), { textContent: exponent.toLocaleString('en') });
    const [before, between, after] = (words.years ?? '').split(/\{years\}|\{age\}/);
    const years = Math.round(weights - PER_YEAR);
    part('years').hidden = years <= AGE;
    part('years').replaceChildren(before, power(years), between ?? '', power(AGE), after ?? '');
  }

  function paintGrids() {
    const { accent } = readPalette(element);
    for (const dim of [1, 2, 3]) {
      const canvas = /** @type {HTMLCanvasElement} */ (part(`grid-${dim}`));
      const c = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      const { width } = canvas;
      c.clearRect(0, 0, width, width);
      c.fillStyle = accent;
      const [deep, pitch] = [dim === 3 ? CUTS : 1, (width - 2 * MARGIN) / (CUTS - 1) * (dim === 3 ? 0.7 : 1)];
      for (let k = deep - 1; k >= 0; k--) {
        c.globalAlpha = deep === 1 ? 1 : 0.25 + 0.55 * (1 - k / deep);
        const shift = (k * (width - 2 * MARGIN) * 0.3) / CUTS;
        for (let j = 0; j < (dim > 1 ? CUTS : 1); j++) {
          for (let i = 0; i < CUTS; i++) {
            c.beginPath();
            c.arc(MARGIN + shift + i * pitch, dim > 1 ? width - MARGIN - shift - j * pitch : width / 2, dim === 3 ? DOT * 0.65 : DOT, 0, 2 * Math.PI);
            c.fill();
          }
        }
      }
      c.globalAlpha = 1;
    }
  }

  const frame = painter(paint, () => 100);
  const undos = [
    state.theme.subscribe(() => requestAnimationFrame(frame.dirty)),
    onChange([found, state.run, state.playhead, state.setup, state.colours, state.facts, state.inside], frame.dirty),
  ];
  return () => {
    for (const undo of undos) undo();
    frame.stop();
    chart.undo();
  };
}

const STEPS = { steps: true, width: 2.6 };
