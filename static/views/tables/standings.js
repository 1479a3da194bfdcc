// The table of standings at the playhead, lowest loss first. Rows are kept and moved, never made anew while racing.

import { fill } from '../../format.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { ranked, standing, SURFACE_COLUMNS } from './standing.js';
import { seenEntrants, shownStep } from '../canvas/trail-scene.js';

const READABLE = 100; // milliseconds that a number stands: nobody reads faster, and a table takes long to lay out

/** @typedef {import('./standing.js').Standing} Standing */

const SLIDE = 180; // milliseconds for a row to move to its new place
const REST = 250; // milliseconds between two changes of the order, so that the eye can follow
const RACING = 1500; // and while it plays: a row stays where it is long enough to be read

/**
 * @param {HTMLElement} body the table's body
 * @param {import('../../state/types.js').State} state
 * @param {import('../../state/types.js').Actions} actions
 * @param {import('./standing.js').Columns} [columns]
 * @returns {() => void} undo
 */
export function standingsView(body, state, actions, columns = SURFACE_COLUMNS) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById('standing-row'));
  const goal = /** @type {HTMLElement} */ (document.getElementById('goal'));
  const heads = /** @type {HTMLElement[]} */ ([...(body.closest('table')?.querySelectorAll('th[data-column]') ?? [])]);
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  /** @type {Map<number, Row>} */
  const rows = new Map();
  /** @type {number[]} */
  let order = [];
  let ordered = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;

  function paint() {
    const run = state.run.get();
    const step = shownStep(state);
    if (step < 0) return;
    say(goal, columns.pill(run, goal.dataset));
    const minima = state.ground.get().minima;
    const chosen = state.chosen.get();
    const seen = seenEntrants(state);
    for (const [index, row] of rows) {
      if (seen.some((entrant) => entrant.index === index)) continue;
      row.element.remove();
      rows.delete(index);
    }
    const standings = seen.map((entrant) => standing(run, entrant, step, minima));
    /** @type {Set<string>} */
    const told = new Set();
    for (const each of standings) {
      const row = rows.get(each.index) ?? addRow(each.index);
      const cells = columns.cells(each, run, step, goal.dataset);
      for (const [name, text] of Object.entries(cells)) if (text !== null) told.add(name);
      row.show(each, cells, each.index === chosen);
    }
    const below = columns.heads?.(run, goal.dataset) ?? {};
    for (const head of heads) {
      const name = head.dataset.column ?? '';
      head.hidden = !told.has(name);
      say(/** @type {HTMLElement} */ (head.lastElementChild), below[name] ?? '');
    }
    const byOrder = standings.sort((a, b) => place(a.index) - place(b.index));
    arrange(ranked(byOrder).map(({ index }) => index));
  }

  const place = (/** @type {number} */ index) => {
    const at = order.indexOf(index);
    return at < 0 ? order.length + index : at;
  };

  function addRow(/** @type {number} */ index) {
    const row = makeRow(template, () => actions.choose(index));
    rows.set(index, row);
    body.append(row.element);
    return row;
  }

  function arrange(/** @type {number[]} */ wanted) {
    if (wanted.length === order.length && wanted.every((index, i) => index === order[i])) return;
    const now = performance.now();
    const sameRows = wanted.length === order.length && wanted.every((index) => order.includes(index));
    const rest = state.playhead.get().playing ? RACING : REST;
    if (sameRows && now - ordered < rest) {
      later ??= setTimeout(() => {
        later = undefined;
        frame.dirty();
      }, REST);
      return;
    }
    ordered = now;
    order = wanted;
    const elements = wanted.map((index) => /** @type {Row} */ (rows.get(index)).element);
    const before = elements.map((element) => element.offsetTop);
    const held = document.activeElement;
    elements.forEach((element, i) => {
      if (body.children[i] !== element) body.insertBefore(element, body.children[i]);
    });
    if (held instanceof HTMLElement && body.contains(held) && held !== document.activeElement) held.focus({ preventScroll: true });
    if (!sameRows || calm.matches) return;
    const moves = elements.map((element, i) => before[i] - element.offsetTop);
    elements.forEach((element, i) => {
      if (moves[i]) element.animate([{ transform: `translateY(${moves[i]}px)` }, { transform: 'none' }], { duration: SLIDE, easing: 'ease-out' });
    });
  }

  const frame = painter(paint, () => (state.held.get() || state.playhead.get().playing ? READABLE : 0));
  const undo = onChange([state.run, state.playhead, state.setup, state.view, state.chosen, state.colours, state.ground], frame.dirty);
  return () => {
    undo();
    frame.stop();
    clearTimeout(later);
    for (const { element } of rows.values()) element.remove();
  };
}

/** @param {HTMLElement} cell @param {string} text */
function say(cell, text) {
  if (cell.textContent !== text) cell.textContent = text;
}

/** @typedef {{element: HTMLElement, show: (standing: Standing, cells: Record<string, string | null>,
 *   chosen: boolean) => void}} Row */

/**
 * @param {HTMLTemplateElement} template its data attributes are the words for outcomes
 * @param {() => void} choose
 * @returns {Row}
 */
function makeRow(template, choose) {
  const element = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));
  const dot = part('dot');
  const outcome = part('outcome');
  element.tabIndex = 0;
  element.addEventListener('click', choose);
  element.addEventListener('keydown', (event) => {
    if (event.target !== element || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    event.stopPropagation();
    choose();
  });
  const none = template.dataset.none ?? '';
  return {
    element,
    show({ name, colour, word, kind, when }, cells, chosen) {
      if (dot.style.getPropertyValue('--colour') !== colour) dot.style.setProperty('--colour', colour);
      say(part('name'), name);
      if (part('name').title !== name) part('name').title = name;
      for (const [cell, text] of Object.entries(cells)) {
        part(cell).hidden = text === null;
        say(part(cell), text || none);
      }
      say(outcome, fill(template.dataset[word], { step: when ?? '' }));
      if (outcome.dataset.kind !== kind) outcome.dataset.kind = kind;
      element.classList.toggle('is-chosen', chosen);
      element.setAttribute('aria-current', String(chosen));
    },
  };
}
