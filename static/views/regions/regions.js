// What each entrant has learned so far: small multiples of the plane of two inputs, or of the curve of one, with the
// samples in them; of more inputs, who takes which class for which. They show what belongs to the record at or before
// the playhead.

import { fill, number, percent } from '../../format.js';
import { watchSize } from '../../plot.js';
import { entrantNames } from '../../state/names.js';
import { waits } from '../../state/network/own-samples.js';
import { writable } from '../../state/store.js';
import { readClassColours } from '../samples/class-colours.js';
import { cellAt, matrixBox, sumOf } from './confusion.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { addLayer } from '../canvas/layer.js';
import { Plane } from '../canvas/plane.js';
import { readPalette } from '../canvas/palette.js';
import { readout } from '../canvas/readout.js';
import { columnsOf, RegionCell, predictedAt } from './cell.js';
import { regionHeads } from './heads.js';
import { penHand } from './pen.js';
import { paintRegionAxes } from './axes.js';
import { marksOf, sampleNear, single } from './region-samples.js';
import { paintSamples } from '../samples/samples-layer.js';
import { seenEntrants } from '../canvas/trail-scene.js';

/** @typedef {import('../../state/network/types.js').NetworkState} NetworkState */
/** @typedef {{cell: RegionCell, index: number, name: string, colour: string, undo: () => void}} Shown */

const LEAST = 132; // pixels, the width of a cell
const MOST = 480;
const NARROW = 190; // where name and number have a line each
const GAP = 12;
const FLAT = 0.72; // height of a curve's picture, as a part of its width

/**
 * @param {HTMLElement} element with a template for cells; its data attributes hold the words
 * @param {NetworkState} state
 * @param {import('../../state/network/types.js').NetworkActions} actions
 * @returns {() => void} undo
 */
export function regionsView(element, state, actions) {
  const template = /** @type {HTMLTemplateElement} */ (element.querySelector('template'));
  const announcement = /** @type {HTMLElement} */ (element.querySelector('[data-part="said"]'));
  const waiting = /** @type {HTMLElement} */ (element.querySelector('[data-part="waiting"]'));
  const list = /** @type {HTMLElement} */ (element.querySelector('[data-part="cells"]'));
  const marks = addLayer(document.createElement('div'), 'region-samples'); // painted once, for all cells
  const cursor = writable(/** @type {[number, number] | null} */ (null));
  const tell = regionHeads(element.dataset, state);
  let palette = readPalette(element);
  let colours = readClassColours(element);
  let width = 0;
  let [wide, high] = [0, 0];
  /** @type {Plane | null} */
  let plane = null;
  /** @type {Shown[]} */
  let cells = [];
  /** What stands on the samples' layer, and what on the cells. @type {unknown[][]} */
  let [marked, painted] = [[], []];

  /** Who has a picture: as long as nobody races yet, everybody who will. A stroke that begins a training goes on. */
  function shown() {
    const [setup, { solo }, colours] = [state.setup.get(), state.view.get(), state.colours.get()];
    if (state.run.get().losses.length > 0) return seenEntrants(state).sort((a, b) => a.index - b.index);
    const names = entrantNames(setup, state.catalog);
    const all = setup.entrants.map(({ hidden }, index) => ({ hidden: solo === null ? hidden : solo !== index, index, colour: colours[index], name: names[index] }));
    return all.filter(({ hidden }) => !hidden);
  }

  /** What to do while there is nothing to learn from. */
  function showWaiting() {
    const setup = state.setup.get();
    const { drawn = [] } = setup;
    const name = state.samples.get()?.classes[drawn[0]?.[2]] ?? '';
    const text = !waits(setup) ? '' : fill(drawn.length === 0 ? waiting.dataset.none : waiting.dataset.one, { name });
    if (waiting.textContent !== text) waiting.textContent = text;
    // It lies in the pictures, for these must not move under a drawing hand.
    for (const { cell } of cells) if (cell.hint.textContent !== text) cell.hint.textContent = text;
  }

  /** Whether samples can be drawn by hand here. */
  function drawable() {
    const samples = state.samples.get();
    return samples !== null && samples.kind === 'classes' && samples.window !== null && !single(samples);
  }

  /** The look, where it is of the plane on show: it comes a moment later than other samples. */
  function fitting() {
    const [look, samples] = [state.look.get(), state.samples.get()];
    if (!look?.x || !look.regions || !samples?.window) return null;
    const [[x0, x1]] = samples.window;
    return look.x[0] === x0 && look.x[look.x.length - 1] === x1 && (look.y === null) === single(samples) ? look : null;
  }

  /** Who takes what for what, where it is of the classes on show. */
  function confusion() {
    const [confused, samples] = [state.confused.get(), state.samples.get()];
    return confused && samples && confused.race === state.run.get().id && confused.classes === samples.classes.length ? confused : null;
  }

  // ---------------------------------------------------------------- cells

  /** @param {number} place @returns {Shown} */
  function made(place) {
    const cell = new RegionCell(template);
    const own = () => cells[place].index;
    const say = (/** @type {string | undefined} */ words, values = {}) => void (announcement.textContent = fill(words, values));
    cell.head.addEventListener('click', () => actions.choose(own()));
    const undos = [
      penHand(cell.picture, {
        plane: () => (drawable() ? plane : null),
        pen: state.pen.get,
        sampleAt: (left, top) => (plane ? sampleNear(state.samples.get(), plane, left, top) : null),
        add(point) {
          const pen = state.pen.get();
          if (pen === null) return;
          actions.draw([...point, pen]);
          say(element.dataset.added, { x: number(point[0], 3), y: number(point[1], 3) });
        },
        erase(row) {
          actions.erase(row);
          say(element.dataset.removed);
        },
        begin: actions.beginEdit,
        end: actions.endEdit,
        pick: () => actions.choose(own()),
        cursor,
      }),
      readout(cell.picture, (left, top) => (plane ? describe(own(), left, top) : count(own(), left, top))),
    ];
    list.append(cell.element);
    return { cell, index: place, name: '', colour: '', undo: () => undos.forEach((undo) => undo()) };
  }

  /** What a network says at a place of its plane. @param {number} entrant @param {number} left @param {number} top */
  function describe(entrant, left, top) {
    if (!plane || !plane.holds(left, top)) return null;
    const [x, y] = plane.toPoint(left, top).map((value) => number(value, 3));
    const look = fitting();
    const answer = look?.y && entrant < look.shapes.regions[0] ? predictedAt(look, entrant, plane, left, top) : null;
    if (!answer) return fill(element.dataset.place, { x, y });
    const name = state.samples.get()?.classes[answer.predicted] ?? '';
    return fill(element.dataset.says, { x, y, name, share: percent(answer.share) });
  }

  /** How many of a class an entrant takes for another. @param {number} entrant @param {number} left @param {number} top */
  function count(entrant, left, top) {
    const [confused, samples] = [confusion(), state.samples.get()];
    if (!confused || !samples) return null;
    const { classes, counts } = confused;
    const at = cellAt(classes, matrixBox(marks.context, samples.classes, wide, high, palette), left, top);
    if (!at) return null;
    const row = (entrant * classes + at.row) * classes;
    const [is, taken] = [samples.classes[at.row], samples.classes[at.column]];
    return fill(element.dataset.taken, { is, taken, count: counts[row + at.column], all: sumOf(counts, row, classes) });
  }

  // ---------------------------------------------------------------- painting

  /** @param {{index: number, colour: string, name: string}[]} seen */
  function lay(seen) {
    const samples = state.samples.get();
    const columns = columnsOf(seen.length, width + GAP, LEAST + GAP);
    wide = Math.min(MOST, Math.floor((width - (columns - 1) * GAP) / columns));
    high = samples && single(samples) ? Math.round(wide * FLAT) : wide;
    list.classList.toggle('is-bare', samples?.kind === 'curve' && samples.window === null); // there is no picture of it
    list.classList.toggle('is-narrow', wide < NARROW);
    list.style.setProperty('--columns', String(columns));
    list.style.setProperty('--width', `${wide}px`);
    list.style.setProperty('--height', `${high}px`);
    while (cells.length < seen.length) cells.push(made(cells.length));
    for (const { cell, undo } of cells.splice(seen.length)) {
      undo();
      cell.element.remove();
    }
    seen.forEach((each, i) => Object.assign(cells[i], each));
    const same = plane && plane.box.width === wide && plane.box.height === high && plane.window === samples?.window;
    const box = { left: 0, top: 0, width: wide, height: high };
    if (!same) plane = samples?.window ? new Plane(samples.window, box) : null;
  }

  function paint() {
    if (width === 0) return;
    const samples = state.samples.get();
    lay(shown());
    showWaiting();
    tell(cells, state.pen.get() !== null && drawable());
    if (!samples) return;
    if (plane && changed(marked, (marked = [samples, plane, colours, palette]))) {
      marks.fit(wide, high);
      marks.clear();
      paintSamples(marks.context, plane, marksOf(samples, colours, palette), palette.card);
      const [across = 'x', up = single(samples) ? (element.dataset.value ?? '') : 'y'] = samples.names;
      paintRegionAxes(marks.context, plane, [across, up], palette);
    }
    const [look, confused] = [fitting(), confusion()];
    const who = cells.map(({ index, colour }) => `${index}${colour}`).join();
    if (!changed(painted, (painted = [look, confused, who, wide, high, cursor.get(), ...marked]))) return;
    for (const { cell, index, colour } of cells) {
      cell.fit(wide, high);
      if (plane) {
        const known = look && index < look.shapes.regions[0] ? look : null;
        cell.paint(plane, known, index, { colours, palette, colour }, marks.canvas);
        const at = cursor.get();
        if (at && cell.picture === document.activeElement) cell.paintCursor(...at, palette);
      } else if (samples.kind === 'classes') cell.paintConfusion(confused, index, samples.classes, [wide, high], palette);
    }
  }

  const frame = painter(paint);
  const { look, samples, run, playhead, setup, view, chosen, pen, confused } = state;
  const undos = [
    watchSize(list, (now) => {
      if (now === 0) return;
      width = now;
      frame.dirty();
    }),
    state.theme.subscribe(() => requestAnimationFrame(() => {
      palette = readPalette(element);
      colours = readClassColours(element);
      frame.dirty();
    })),
    onChange([look, samples, run, playhead, setup, view, chosen, state.colours, pen, cursor, confused], frame.dirty),
  ];
  return () => {
    for (const undo of undos) undo();
    frame.stop();
    for (const { cell, undo } of cells.splice(0)) {
      undo();
      cell.element.remove();
    }
  };
}

/** @param {unknown[]} before @param {unknown[]} now */
const changed = (before, now) => before.length !== now.length || now.some((each, i) => each !== before[i]);
