// A table of cells of which one is chosen: by arrow keys, by the pointer, or by a finger that is moved over them. Between
// two of them the nearest is meant.

import { nearest } from './nearest.js';

/** @typedef {[number, number]} Place row and column */
/** @typedef {{told: string, depth: number | null, best: boolean}} Cell depth: 0 to 1, null for one that diverged */
/** @typedef {{name: string, title: string, shade: string, cells: Cell[]}} Row shade: the colour of its line */

/** @type {Record<string, [number, number]>} */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -Infinity], End: [0, Infinity] };

/**
 * @param {HTMLElement} element
 * @param {(place: Place, only?: boolean) => void} choose only: it is looked at
 */
export function sweepCells(element, choose) {
  /** @type {HTMLButtonElement[][]} */
  let cells = [];

  /** @param {Cell} cell */
  function buttonOf({ told, depth, best }) {
    const button = document.createElement('button');
    button.type = 'button';
    button.title = told;
    button.setAttribute('aria-label', told);
    button.className = `sweep-cell${depth === null ? ' is-dead' : ''}${best ? ' is-best' : ''}`;
    button.style.setProperty('--depth', `${Math.round(100 * (depth ?? 0))}%`);
    return button;
  }

  /** @param {{clientX: number, clientY: number}} event @returns {Place} */
  function placeUnder({ clientX, clientY }) {
    const middle = (/** @type {HTMLElement} */ cell, /** @type {boolean} */ across) => {
      const { left, top, width, height } = cell.getBoundingClientRect();
      return across ? left + width / 2 : top + height / 2;
    };
    return [nearest(cells.map((row) => middle(row[0], false)), clientY), nearest(cells[0].map((cell) => middle(cell, true)), clientX)];
  }

  /** @param {HTMLElement} target @returns {Place | null} */
  function placeOf(target) {
    const i = cells.findIndex((row) => row.some((cell) => cell === target));
    return i < 0 ? null : [i, cells[i].findIndex((cell) => cell === target)];
  }

  /** @param {KeyboardEvent} event */
  function walk(event) {
    const [step, here] = [STEPS[event.key], placeOf(/** @type {HTMLElement} */ (event.target))];
    if (!step || !here) return;
    event.preventDefault();
    event.stopPropagation(); // else the player takes it
    const next = [cells.length, cells[0].length].map((count, k) => Math.max(0, Math.min(count - 1, here[k] + step[k])));
    cells[next[0]][next[1]].focus();
  }

  const controller = new AbortController();
  const { signal } = controller;
  element.addEventListener('keydown', walk, { signal });
  element.addEventListener('focusin', ({ target }) => {
    const place = placeOf(/** @type {HTMLElement} */ (target));
    if (place) choose(place);
  }, { signal });
  element.addEventListener('pointerdown', (event) => {
    if (cells.length === 0) return;
    event.preventDefault(); // the focus goes to the nearest
    const [i, j] = placeUnder(event);
    cells[i][j].focus({ preventScroll: true });
    choose([i, j]);
  }, { signal });
  element.addEventListener('pointermove', (event) => {
    if (cells.length > 0) choose(placeUnder(event), event.buttons === 0);
  }, { signal });

  return {
    /** @param {Row[]} rows */
    lay(rows) {
      cells = rows.map((row) => row.cells.map(buttonOf));
      element.style.setProperty('--columns', String(rows[0].cells.length));
      element.replaceChildren(...rows.flatMap(({ name, title, shade }, i) => {
        const label = document.createElement('span');
        const key = document.createElement('span');
        label.className = 'sweep-width';
        label.title = title;
        key.className = 'line-key';
        key.style.setProperty('--shade', shade);
        label.append(key, name);
        return [label, ...cells[i]];
      }));
    },

    /** @param {Place} chosen @param {Place | null} pointed */
    mark(chosen, pointed) {
      const labels = element.querySelectorAll('.sweep-width');
      cells.forEach((row, i) => {
        labels[i].classList.toggle('is-shown', i === (pointed ?? chosen)[0]);
        row.forEach((cell, j) => {
          const own = i === chosen[0] && j === chosen[1];
          cell.tabIndex = own ? 0 : -1;
          cell.setAttribute('aria-pressed', String(own));
          cell.classList.toggle('is-pointed', i === pointed?.[0] && j === pointed[1]);
        });
      });
    },
    undo: () => controller.abort(),
  };
}
