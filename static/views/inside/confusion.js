// Who is taken for whom: the confusion matrix of the chosen network over a whole set, and its worst mistakes.

import { fill, number } from '../../format.js';
import { certainty } from '../samples/certainty.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { readPalette } from '../canvas/palette.js';
import { drawDigit } from '../samples/sample-picture.js';

/** @typedef {import('../../net/socket.js').Answer<"confusion">} Answer */

/** The set that a button chooses. @param {HTMLElement} button */
const setOf = (button) => /** @type {import('../../state/network/types.js').SetName} */ (button.dataset.set);

const [LEAST, DEEP] = [18, 80]; // per cent of the strongest colour: one mistake among thousands is seen, too
const PICTURE = 56; // pixels a side of a mistake

/**
 * @param {HTMLElement} element
 * @param {import('../../state/network/types.js').NetworkState} state
 * @param {{set: import('../../state/types.js').Writable<import('../../state/network/types.js').SetName>, answer: import('../../state/types.js').Readable<Answer | null>,
 *   follow: (row: number) => void}} found follow: one sample is to be followed back
 * @returns {() => void} undo
 */
export function confusionView(element, state, { set, answer, follow }) {
  const words = element.dataset;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));
  const say = (/** @type {Element} */ place, /** @type {string} */ text) => void (place.textContent !== text && (place.textContent = text));
  const buttons = [.../** @type {NodeListOf<HTMLButtonElement>} */ (element.querySelectorAll('[data-set]'))];
  const table = /** @type {HTMLTableElement} */ (part('table'));
  const [head, body] = [/** @type {HTMLElement} */ (table.tHead), table.tBodies[0]];
  let laid = '';

  /** @param {string[]} classes @param {boolean} pictures */
  function lay(classes, pictures) {
    if (laid === `${classes} ${pictures}`) return;
    laid = `${classes} ${pictures}`;
    const cell = (/** @type {string} */ tag, /** @type {string} */ text, /** @type {Record<string, string>} */ attributes = {}) => {
      const made = document.createElement(tag);
      made.textContent = text;
      for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
      return made;
    };
    const row = (/** @type {HTMLElement[]} */ ...cells) => {
      const made = document.createElement('tr');
      made.append(...cells);
      return made;
    };
    const count = String(classes.length);
    head.replaceChildren(
      row(cell('td', '', { colspan: '2' }), cell('th', words.across ?? '', { colspan: count, scope: 'colgroup', class: 'axis-across' })),
      row(cell('td', '', { colspan: '2' }), ...classes.map((name) => cell('th', name, { scope: 'col' }))),
    );
    const side = cell('th', '', { rowspan: count, scope: 'rowgroup', class: 'axis-up' });
    side.append(cell('span', (pictures ? words.upDigit : words.up) ?? ''));
    body.replaceChildren(...classes.map((name, i) => row(...(i === 0 ? [side] : []), cell('th', name, { scope: 'row' }), ...classes.map(() => cell('td', '')))));
    table.classList.toggle('is-large', classes.length > 4);
  }

  function paint() {
    const sizes = state.facts.get()?.sets ?? [0, 0, 0];
    buttons.forEach((button, i) => {
      button.disabled = sizes[i] === 0;
      button.setAttribute('aria-pressed', String(button.dataset.set === set.get()));
    });
    const [found, samples] = [answer.get(), state.samples.get()];
    if (!found || !samples || element.hidden) return;
    const { event, arrays } = found;
    const [, count] = arrays.counts.shape;
    if (count !== samples.classes.length || event.entrant === null || arrays.counts.shape[0] <= event.entrant) return;
    lay(samples.classes, samples.shape !== null);
    const own = arrays.counts.data.subarray(event.entrant * count * count, (event.entrant + 1) * count * count);
    for (let target = 0; target < count; target++) {
      const row = own.subarray(target * count, (target + 1) * count);
      const total = [...row].reduce((sum, each) => sum + each, 0) || 1;
      for (let said = 0; said < count; said++) {
        const cell = body.rows[target].cells[body.rows[target].cells.length - count + said];
        say(cell, row[said] > 0 ? row[said].toLocaleString('en') : '');
        cell.title = fill(words.cell, { count: row[said], target: samples.classes[target], said: samples.classes[said] });
        cell.className = target === said ? 'is-right' : row[said] > 0 ? 'is-wrong' : '';
        cell.style.setProperty('--share', `${Math.round(LEAST + (DEEP - LEAST) * Math.sqrt(row[said] / total))}%`);
      }
    }
    const missed = event.mistakes ?? 0;
    const right = event.samples - missed;
    say(part('right'), fill(words.right, { right: right.toLocaleString('en'), all: event.samples.toLocaleString('en'), share: number((100 * right) / event.samples, 3) }));
    say(part('mistakes'), missed > 1 ? fill(words.mistakes, { count: missed.toLocaleString('en') }) : (missed === 1 ? words.one : words.faultless) ?? '');
    showWorst(/** @type {Required<Answer["arrays"]>} */ (arrays), samples); // an entrant was named
  }

  /** @param {Required<Answer["arrays"]>} arrays @param {import('../../state/network/types.js').Sampled} samples */
  function showWorst({ rows, targets, said, loss, probability, inputs }, samples) {
    const list = part('worst');
    const palette = readPalette(element);
    const count = rows.data.length;
    while (list.children.length > count) list.lastElementChild?.remove();
    while (list.children.length < count) list.append(/** @type {HTMLTemplateElement} */ (part('mistake')).content.cloneNode(true));
    for (let i = 0; i < count; i++) {
      const item = list.children[i];
      const canvas = /** @type {HTMLCanvasElement} */ (item.querySelector('canvas'));
      canvas.hidden = !samples.shape;
      const width = inputs.shape[1];
      if (samples.shape) drawDigit(/** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')), inputs.data.subarray(i * width, (i + 1) * width), samples.shape, PICTURE, palette);
      const name = (/** @type {number} */ which) => samples.classes[which] ?? String(which);
      say(/** @type {Element} */ (item.querySelector('[data-part="wrong"]')), fill(words.wrong, { target: name(targets.data[i]), said: name(said.data[i]) }));
      say(/** @type {Element} */ (item.querySelector('[data-part="sure"]')), fill(words.told, { sure: sure(samples, said.data[i], probability.data[i]), loss: number(loss.data[i], 3) }));
      const button = /** @type {HTMLButtonElement} */ (item.firstElementChild);
      button.dataset.row = String(rows.data[i]);
      button.title = fill(words.row, { row: rows.data[i] });
    }
  }

  /** @param {import('../../state/network/types.js').Sampled} samples @param {number} said @param {number} probability */
  function sure({ dims }, said, probability) {
    const { loss } = state.setup.get();
    const first = loss === 'mse' && dims[dims.length - 1] === 1 && said === 0; // of the first of two it is 1 less the output
    return certainty(words, loss, first ? 1 - probability : probability);
  }

  const frame = painter(paint);
  const controller = new AbortController();
  for (const button of buttons) button.addEventListener('click', () => set.set(setOf(button)), { signal: controller.signal });
  part('worst').addEventListener('click', (event) => {
    const { row } = /** @type {HTMLElement} */ (/** @type {Element} */ (event.target).closest('button'))?.dataset ?? {};
    if (row !== undefined) follow(Number(row));
  }, { signal: controller.signal });
  const undos = [
    state.facts.subscribe((facts) => {
      const sizes = facts?.sets ?? [1, 1, 1];
      const names = buttons.map(setOf);
      if (sizes[names.indexOf(set.get())] === 0) set.set(names[sizes.findIndex((size) => size > 0)]);
    }),
    state.theme.subscribe(() => requestAnimationFrame(frame.dirty)),
    onChange([answer, set, state.facts, state.samples, state.inside], frame.dirty),
  ];
  return () => {
    controller.abort();
    for (const undo of undos) undo();
    frame.stop();
  };
}
