// What each entrant has learned so far: small multiples of the plane of two inputs, or of the curve of one, with the
// samples in them. They show the newest look, which belongs to the record at or before the playhead.

import { fill, number, percent } from '../format.js';
import { watchSize } from '../plot.js';
import { recordAt } from '../state/run.js';
import { writable } from '../state/store.js';
import { readClassColours } from './class-colours.js';
import { onChange, painter } from './frame-loop.js';
import { Plane } from './plane.js';
import { readPalette } from './palette.js';
import { readout } from './readout.js';
import { columnsOf, RegionCell, saidAt } from './region-cell.js';
import { penHand } from './region-pen.js';
import { fewInputs, marksOf, sampleNear, single } from './region-samples.js';
import { addLayer } from './layer.js';
import { paintSamples } from './samples-layer.js';
import { seenEntrants, shownStep } from './trail-scene.js';

/** @typedef {import('../state/network-types.js').NetworkState} NetworkState */

const LEAST = 148; // pixels, the width of a cell
const MOST = 380;
const GAP = 12;
const FLAT = 0.72; // height of a curve's picture, as a part of its width
const READABLE = 120; // milliseconds that a number stands

/**
 * @param {HTMLElement} element with a template for cells; its data attributes hold the words
 * @param {NetworkState} state
 * @param {import('../state/network-types.js').NetworkActions} actions
 * @returns {() => void} undo
 */
export function regionsView(element, state, actions) {
  const template = /** @type {HTMLTemplateElement} */ (element.querySelector('template'));
  const said = /** @type {HTMLElement} */ (element.querySelector('[data-part="said"]'));
  const list = /** @type {HTMLElement} */ (element.querySelector('[data-part="cells"]'));
  const sheet = document.createElement('div'); // holds the painted samples, which are the same for all cells
  const samplesLayer = addLayer(sheet, 'region-samples');
  const cursor = writable(/** @type {[number, number] | null} */ (null));
  let palette = readPalette(element);
  let colours = readClassColours(element);
  let width = 0;
  /** @type {Plane | null} */
  let plane = null;
  /** @type {{cell: RegionCell, index: number, undo: () => void}[]} */
  let cells = [];
  /** What the pictures show now. @type {unknown[]} */
  let shown = [];
  /** @type {unknown[]} */
  let marked = [];
  let told = -Infinity;

  // ---------------------------------------------------------------- cells

  /** @param {number} place */
  function made(place) {
    const cell = new RegionCell(template);
    const own = () => cells[place].index;
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
          say(element.dataset.removed, {});
        },
        pick: () => actions.choose(own()),
        cursor,
      }),
      readout(cell.picture, (left, top) => describe(own(), left, top)),
    ];
    list.append(cell.element);
    return { cell, index: place, undo: () => undos.forEach((undo) => undo()) };
  }

  const drawable = () => {
    const samples = state.samples.get();
    return samples !== null && samples.kind === 'classes' && samples.window !== null && !single(samples);
  };

  /** @param {string | undefined} words @param {Record<string, string | number>} values */
  function say(words, values) {
    said.textContent = fill(words, values);
  }

  /** @param {number} entrant @param {number} left @param {number} top */
  function describe(entrant, left, top) {
    if (!plane || !plane.holds(left, top)) return null;
    const [x, y] = plane.toPoint(left, top);
    const look = fitting();
    const place = { x: number(x, 3), y: number(y, 3) };
    const answer = look && look.y ? saidAt(look, entrant, plane, left, top) : null;
    if (!answer) return fill(element.dataset.place, place);
    const name = state.samples.get()?.classes[answer.said] ?? '';
    return fill(element.dataset.says, { ...place, name, share: percent(answer.share) });
  }

  /** The look, where it is of the plane on show: it comes a moment later than other samples. */
  function fitting() {
    const [look, samples] = [state.look.get(), state.samples.get()];
    if (!look?.x || !look.regions || !samples?.window) return null;
    const [[x0, x1]] = samples.window;
    return look.x[0] === x0 && look.x[look.x.length - 1] === x1 && (look.y === null) === single(samples) ? look : null;
  }

  // ---------------------------------------------------------------- painting

  function lay(/** @type {number} */ count) {
    const samples = state.samples.get();
    const columns = columnsOf(count, width + GAP, LEAST + GAP);
    const wide = Math.min(MOST, Math.floor((width - (columns - 1) * GAP) / columns));
    const high = samples && single(samples) ? Math.round(wide * FLAT) : wide;
    list.style.setProperty('--columns', String(columns));
    list.style.setProperty('--width', `${wide}px`);
    list.style.setProperty('--height', `${high}px`);
    while (cells.length < count) cells.push(made(cells.length));
    for (const { cell, undo } of cells.splice(count)) {
      undo();
      cell.element.remove();
    }
    const box = { left: 0, top: 0, width: wide, height: high };
    const same = plane && plane.box.width === wide && plane.box.height === high && plane.window === samples?.window;
    if (!same) plane = samples?.window ? new Plane(samples.window, box) : null;
  }

  function paint() {
    if (width === 0) return;
    const samples = state.samples.get();
    const few = samples === null || fewInputs(samples);
    element.hidden = !few;
    if (!few) return;
    const seen = seenEntrants(state).sort((a, b) => a.index - b.index);
    lay(seen.length);
    seen.forEach(({ index }, i) => (cells[i].index = index));
    tell(seen);
    if (!plane) return;

    const look = fitting();
    const line = samples !== null && single(samples);
    const marks = [samples, plane, colours];
    const samplesToo = marks.some((each, i) => each !== marked[i]);
    if (samplesToo && samples) {
      marked = marks;
      samplesLayer.fit(plane.box.width, plane.box.height);
      samplesLayer.clear();
      paintSamples(samplesLayer.context, plane, marksOf(samples, colours, palette), palette.card);
    }
    const now = [look, plane, colours, samples, cursor.get(), state.colours.get(), state.chosen.get(), ...seen.map(({ index }) => index)];
    if (now.length === shown.length && now.every((each, i) => each === shown[i])) return;
    const groundToo = !line && now.some((each, i) => (i < 3 || i > 6) && each !== shown[i]);
    const overToo = line || now.some((each, i) => i !== 0 && each !== shown[i]);
    shown = now;
    seen.forEach(({ index, colour }, i) => {
      const { cell } = cells[i];
      const grown = cell.fit(plane?.box.width ?? 0, plane?.box.height ?? 0);
      const known = look && index < look.shapes.regions[0];
      if (plane && (groundToo || grown)) {
        if (known && !line) cell.paintRegion(look, index, colours, plane);
        else cell.ground.clear();
      }
      if (!plane || !(overToo || grown)) return;
      cell.paintMarks(samplesLayer.canvas, plane);
      if (known && line) cell.paintCurves(look, index, plane, look.shapes.regions[1] > 1 ? colours.strong : [colour], palette.card);
      const at = cursor.get();
      if (at && cell.picture === document.activeElement) cell.paintCursor(...at, palette.accent, palette.card);
    });
  }

  /** Names, accuracies, and who is no more. @param {ReturnType<typeof seenEntrants>} seen */
  function tell(seen) {
    const run = state.run.get();
    const step = shownStep(state);
    const calm = state.playhead.get().playing && performance.now() - told < READABLE;
    if (!calm) told = performance.now();
    const { measured } = run;
    const record = recordAt(run, step);
    const accuracies = measured?.validation_accuracy ?? measured?.training_accuracy;
    const losses = measured?.validation ?? measured?.training;
    const chosen = state.chosen.get();
    const pen = state.pen.get() !== null && drawable();
    seen.forEach(({ index, name, colour }, i) => {
      const { cell } = cells[i];
      if (cell.name.textContent !== name) cell.name.textContent = cell.name.title = name;
      if (cell.dot.style.getPropertyValue('--colour') !== colour) cell.dot.style.setProperty('--colour', colour);
      cell.head.setAttribute('aria-pressed', String(index === chosen));
      const drawn = String(pen);
      if (cell.picture.dataset.pen !== drawn) {
        cell.picture.dataset.pen = drawn;
        cell.picture.tabIndex = pen ? 0 : -1;
        cell.picture.setAttribute('role', pen ? 'application' : 'img');
      }
      const label = fill(pen ? element.dataset.draws : element.dataset.picture, { name });
      if (cell.picture.ariaLabel !== label) cell.picture.ariaLabel = label;
      if (calm) return;
      const share = accuracies?.[index]?.[record] ?? NaN;
      const loss = losses?.[index]?.[record] ?? NaN;
      const text = record < 0 ? '' : accuracies ? percent(share) : number(loss, 3);
      if (cell.score.textContent !== text) cell.score.textContent = text;
      const outcome = run.outcomes[index];
      const dead = outcome?.kind === 'diverged' && (outcome.step ?? 0) <= step;
      const fate = dead ? fill(element.dataset.diverged, { step: outcome.step ?? '' }) : '';
      if (cell.fate.textContent !== fate) cell.fate.textContent = fate;
    });
  }

  const frame = painter(paint);
  const { look, samples, run, playhead, setup, view, chosen, colours: strong, pen } = state;
  const undos = [
    watchSize(list, (wide) => {
      if (wide === 0) return;
      width = wide;
      frame.dirty();
    }),
    state.theme.subscribe(() => requestAnimationFrame(() => {
      palette = readPalette(element);
      colours = readClassColours(element);
      frame.dirty();
    })),
    onChange([look, samples, run, playhead, setup, view, chosen, strong, pen, cursor], frame.dirty),
  ];
  return () => {
    for (const undo of undos) undo();
    frame.stop();
    for (const { cell, undo } of cells) {
      undo();
      cell.element.remove();
    }
    cells = [];
  };
}
