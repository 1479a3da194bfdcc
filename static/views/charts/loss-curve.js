// The loss of all, faint, and full up to the playhead. Both are drawn once per run on canvases of their own;
// at every frame only the window onto the full lines and the playhead move. Against seconds everyone is at a place of
// their own at a step, and the full lines are drawn anew.

import { fill } from '../../format.js';
import { watchSize } from '../../plot.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { addLayer } from '../canvas/layer.js';
import { traceLine, upTo } from './loss-lines.js';
import { everyStep } from './loss-source.js';
import { paintValues } from './loss-values.js';
import { head } from '../canvas/marks.js';
import { readPalette } from '../canvas/palette.js';
import { seenEntrants, shownStep } from '../canvas/trail-scene.js';

const LATER = 100; // milliseconds between two paintings while a point is held: then the hand's own picture goes first

const MARGIN = { left: 60, right: 14, top: 12, bottom: 40 };
const FAINT = 0.28;

/**
 * @param {HTMLElement} element data-step, data-loss, data-above and data-goal are the words
 * @param {import('../../state/types.js').State} state
 * @param {import('../../state/types.js').Actions} actions
 * @param {import('./loss-source.js').Source} [source] what is shown, and against what
 * @returns {() => void} undo
 */
export function lossCurveView(element, state, actions, source = everyStep) {
  const still = addLayer(element, 'axes'); // axes and faint lines
  const full = addLayer(element, 'lines'); // the same lines in full, shown up to the playhead
  const moving = addLayer(element, 'playhead');
  let palette = readPalette(element);
  let size = { width: 0, height: 0 };
  /** @type {unknown[]} */
  let lastDrawn = [];
  /** @type {import('./loss-scale.js').Scale} */
  let scale = { at: () => 0, ticks: [], shifted: false };
  let across = source.across(state.run.get());
  let box = { left: 0, top: 0, width: 1, height: 1 };
  /** @type {number | null} the place under the mouse, 0 at the left, 1 at the right */
  let hovered = null;

  const shown = () => source.withLines(seenEntrants(state));
  const atPlace = (/** @type {number} */ place) => box.left + place * box.width;
  const atStep = (/** @type {number} */ step, /** @type {number} */ entrant) => atPlace(across.at(step, entrant));
  const stepAt = (/** @type {number} */ place, /** @type {number} */ entrant) => Math.round(across.step(place, entrant));
  const atLoss = (/** @type {number} */ loss) => box.top + (1 - scale.at(loss)) * box.height;

  function paint() {
    if (size.width < 40) return;
    const resized = [still, full, moving].map((layer) => layer.fit(size.width, size.height)).includes(true);
    const run = state.run.get();
    const seen = shown();
    const chosen = seen.at(-1)?.index ?? 0;
    const key = [run.version, palette, chosen, source.key(), seen.map(({ index, colour }) => `${index}${colour}`).join()];
    if (resized || key.some((part, i) => part !== lastDrawn[i])) {
      lastDrawn = key;
      const { left, right, top, bottom } = MARGIN;
      box = { left, top, width: Math.max(1, size.width - left - right), height: Math.max(1, size.height - top - bottom) };
      across = source.across(run);
      const others = run.losses[chosen] ? source.others(run, chosen) : [];
      scale = source.up(run, [...seen.map(({ index }) => source.own(run, index)), ...others.map(({ line }) => line)], box.height);
      paintAxes(source.goal(run));
      paintLines(still.context, seen, FAINT, 1.4);
      full.clear();
      if (!across.clock) paintLines(full.context, seen, 1, 2);
    }
    const step = Math.max(0, shownStep(state));
    if (across.clock) {
      full.clear();
      paintLines(full.context, seen, 1, 2, step);
    }
    full.canvas.style.clipPath = across.clock ? '' : `inset(0 ${Math.max(0, size.width - atStep(step, chosen))}px 0 0)`;
    paintPlayhead(step, seen);
  }

  function paintAxes(/** @type {number | null} */ goal) {
    still.clear();
    const c = still.context;
    c.font = `12px ${palette.font}`;
    c.fillStyle = palette.muted;
    c.strokeStyle = palette.hairline;
    c.lineWidth = 1;
    c.textBaseline = 'middle';
    c.textAlign = 'right';
    for (const { at, text } of scale.ticks) {
      const y = Math.round(box.top + (1 - at) * box.height) + 0.5;
      line(c, box.left, y, box.left + box.width, y);
      c.fillText(text, box.left - 8, y);
    }
    c.textAlign = 'center';
    for (const { at, text } of across.ticks(box.width)) {
      const x = Math.round(box.left + at * box.width) + 0.5;
      line(c, x, box.top, x, box.top + box.height);
      c.fillText(text, Math.min(x, size.width - 2 - c.measureText(text).width / 2), box.top + box.height + 13);
    }
    c.fillText(element.dataset[across.word] ?? '', box.left + box.width / 2, size.height - 8);
    c.save();
    c.translate(8, box.top + box.height / 2);
    c.rotate(-Math.PI / 2);
    c.fillText((scale.shifted ? element.dataset.above : element.dataset[source.word()]) ?? '', 0, 0);
    c.restore();
    if (goal === null) return;
    const y = atLoss(goal);
    if (!(y > box.top && y < box.top + box.height)) return;
    c.setLineDash([4, 3]);
    c.strokeStyle = palette.muted;
    line(c, box.left, y, box.left + box.width, y);
    c.setLineDash([]);
    c.textAlign = 'left'; // there the runs are still far above it
    c.lineWidth = 4;
    c.lineJoin = 'round';
    c.strokeStyle = palette.card;
    c.strokeText(element.dataset.goal ?? '', box.left + 6, y - 9);
    c.fillText(element.dataset.goal ?? '', box.left + 6, y - 9);
  }

  /** @param {CanvasRenderingContext2D} c @param {import('../canvas/trail-scene.js').Seen[]} seen @param {number} strength @param {number} width @param {number} [last] step of the lines' end */
  function paintLines(c, seen, strength, width, last = Infinity) {
    const run = state.run.get();
    c.save();
    c.beginPath();
    c.rect(box.left, box.top, box.width, box.height);
    c.clip();
    c.globalAlpha = strength;
    c.lineWidth = width;
    c.lineJoin = 'round';
    for (const { index, colour } of seen) {
      const place = (/** @type {number} */ step) => across.at(step, index);
      c.beginPath();
      traceLine(c, upTo(source.own(run, index), last), place, scale.at, box);
      c.strokeStyle = colour;
      c.stroke();
      if (index !== state.chosen.get() && seen.length > 1) continue;
      for (const { line, dashes } of source.others(run, index)) {
        c.beginPath();
        traceLine(c, upTo(line, last), place, scale.at, box);
        c.setLineDash(dashes);
        c.stroke();
        c.setLineDash([]);
      }
      const stop = run.stopped[index] ?? null;
      if (stop !== null && stop <= last) paintStop(c, atStep(stop, index), colour);
    }
    c.restore();
  }

  /** Where early stopping would have stopped: the lowest validation loss. */
  function paintStop(/** @type {CanvasRenderingContext2D} */ c, /** @type {number} */ x, /** @type {string} */ colour) {
    c.lineWidth = 1.2;
    line(c, x, box.top, x, box.top + box.height);
    c.fillStyle = colour;
    c.textAlign = x > box.left + box.width / 2 ? 'right' : 'left';
    c.font = `11px ${palette.font}`;
    c.textBaseline = 'middle';
    c.fillText(element.dataset.stop ?? '', x + (c.textAlign === 'right' ? -5 : 5), box.top + 8);
  }

  function paintPlayhead(/** @type {number} */ step, /** @type {import('../canvas/trail-scene.js').Seen[]} */ seen) {
    moving.clear();
    const c = moving.context;
    const run = state.run.get();
    c.lineWidth = 1.6;
    c.strokeStyle = palette.accent;
    if (!across.clock) line(c, atStep(step, 0), box.top, atStep(step, 0), box.top + box.height);
    if (step <= run.have) {
      for (const { index, colour } of seen) {
        const y = atLoss(source.value(run, index, step));
        if (y >= box.top && y <= box.top + box.height) head(c, atStep(step, index), y, colour, palette.card, 3);
      }
    }
    if (hovered !== null) paintHovered(c, hovered, run, seen);
  }

  /** @param {CanvasRenderingContext2D} c @param {number} place @param {import('../../state/types.js').Run} run @param {import('../canvas/trail-scene.js').Seen[]} seen */
  function paintHovered(c, place, run, seen) {
    const there = seen.filter(({ index }) => stepAt(place, index) <= run.have);
    if (there.length === 0) return;
    const x = across.clock ? atPlace(place) : atStep(stepAt(place, 0), 0);
    c.strokeStyle = palette.muted;
    c.lineWidth = 1;
    line(c, x, box.top, x, box.top + box.height);
    const title = across.clock?.(place) ?? fill('{word} {step}', { word: element.dataset.step ?? '', step: stepAt(place, 0) });
    const values = there.flatMap(({ index, colour, name }) => {
      const step = stepAt(place, index);
      const lines = source.apart(run, index, step);
      if (lines.length === 0) return [{ colour, name, loss: source.value(run, index, step) }];
      return lines.map((each) => ({ colour, name: element.dataset[each.name] ?? '', loss: each.value }));
    });
    paintValues(c, title, values, source, x, box, palette);
  }

  const frame = painter(paint, () => (state.held.get() ? LATER : 0));
  const undos = [
    watchSize(element, (width, height) => {
      size = { width, height };
      frame.dirty();
    }),
    state.theme.subscribe(() => requestAnimationFrame(() => {
      palette = readPalette(element);
      frame.dirty();
    })),
    onChange([state.run, state.playhead, state.setup, state.view, state.chosen, state.colours, ...source.watched], frame.dirty),
    scrubbing(element, (left, held) => {
      const place = left === null ? null : Math.min(1, Math.max(0, (left - box.left) / box.width));
      hovered = held ? null : place;
      if (held && place !== null) actions.seek(Math.min(state.run.get().steps, stepAt(place, state.chosen.get())));
      frame.dirty();
    }),
  ];
  return () => {
    for (const undo of undos) undo();
    frame.stop();
    for (const { canvas } of [still, full, moving]) canvas.remove();
  };
}

/** @param {CanvasRenderingContext2D} c @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
function line(c, x0, y0, x1, y1) {
  c.beginPath();
  c.moveTo(x0, y0);
  c.lineTo(x1, y1);
  c.stroke();
}

/**
 * @param {HTMLElement} element
 * @param {(left: number | null, held: boolean) => void} tell pixels from the left; null when the pointer has gone
 * @returns {() => void} undo
 */
function scrubbing(element, tell) {
  const signal = new AbortController();
  const at = (/** @type {PointerEvent} */ event) => event.clientX - element.getBoundingClientRect().left;
  const options = { signal: signal.signal };
  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    element.setPointerCapture(event.pointerId);
    tell(at(event), true);
  }, options);
  element.addEventListener('pointermove', (event) => {
    const held = element.hasPointerCapture(event.pointerId);
    if (held || event.pointerType === 'mouse') tell(at(event), held);
  }, options);
  element.addEventListener('pointerleave', () => tell(null, false), options);
  return () => signal.abort();
}
