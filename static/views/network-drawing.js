// The network of the chosen entrant, as it is at the newest look: neurons as pictures of what they say, connections as
// lines. A hand or the keys point at a connection to read its number, and choose it.

import { fill } from '../format.js';
import { watchSize } from '../plot.js';
import { entrantNames } from '../state/names.js';
import { countOf, isBias, numberOf } from '../state/network-weights.js';
import { onChange, painter } from './frame-loop.js';
import { addLayer } from './layer.js';
import { stepped, within } from './network-keys.js';
import { layoutOf } from './network-layout.js';
import { largestWeight, lineAt, neuronAt, thickness, traceLine } from './network-lines.js';
import { networkNames } from './network-names.js';
import { outline } from './network-neurons.js';
import { kindOf, networkPainter } from './network-painting.js';
import { readPalette } from './palette.js';

/** @typedef {import('../state/network-types.js').Weight} Weight */

const EDGE = 16; // pixels beside the first and the last column
const NAME = 84; // the longest name beside a neuron
const SMALL = 9; // pixels: neurons further down than this have no room for a name
const BIG = 40_000; // weights: drawing so many takes longer than a frame
const LATER = 80; // milliseconds between two drawings of those

/**
 * @param {HTMLElement} element the card: holds data-part="picture" (with the words), "owner", "size", "said"
 * @param {import('../state/network-types.js').NetworkState} state
 * @param {import('../state/network-types.js').NetworkActions} actions
 * @returns {() => void} undo
 */
export function networkView(element, state, actions) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));
  const [hand, owner, size, said, card] = ['picture', 'owner', 'size', 'said', 'number'].map(part);
  const ground = addLayer(hand, 'network-ground');
  const over = addLayer(hand, 'network-over');
  const brush = networkPainter(element);
  let palette = readPalette(element);
  let width = 0;
  /** @type {import('./network-layout.js').Layout | null} */
  let layout = null;
  /** @type {import('./network-painting.js').Subject | null} */
  let subject = null;
  /** @type {unknown[]} */
  let laid = [];
  /** @type {unknown[]} */
  let painted = [];
  /** @type {Weight | null} */
  let pointed = null;
  let keyed = false;

  /** What there is to draw: a look and the samples that belong to it. */
  function current() {
    const [look, samples, { hidden, activation }] = [state.look.get(), state.samples.get(), state.setup.get()];
    if (!look || !samples) return null;
    const { dims } = samples;
    if (look.weights.length !== countOf(dims) || hidden.length !== dims.length - 2) return null;
    if (subject?.look === look && subject.samples === samples) return subject;
    return { look, dims, activations: activation, samples };
  }

  function lay() {
    if (!subject) return;
    const { dims, samples } = subject;
    const now = [width, dims.join(), samples.of, palette.font];
    if (layout && now.every((each, i) => each === laid[i])) return;
    laid = now;
    const names = networkNames(hand.dataset, samples, dims);
    const room = (/** @type {number} */ layer) => {
      ground.context.font = `12px ${palette.font}`;
      const count = layer === 0 && kindOf(samples) === 'pictures' ? 0 : dims[layer];
      let most = 0;
      for (let i = 0; i < count; i++) most = Math.max(most, ground.context.measureText(names.beside(layer, i)).width);
      return most > 0 ? EDGE / 2 + Math.min(NAME, most) + 6 : EDGE;
    };
    layout = layoutOf(dims, width, { picture: kindOf(samples) === 'pictures', left: room(0), right: room(dims.length - 1) });
    hand.style.height = `${layout.height}px`;
    ground.fit(width, layout.height);
    over.fit(width, layout.height);
    painted = [];
  }

  function paint() {
    subject = current() ?? (state.samples.get() && subject && subject.samples.of === state.samples.get()?.of ? subject : null);
    element.dataset.empty = String(subject === null);
    if (!subject || width === 0) return;
    lay();
    if (!layout) return;
    const { look, dims, samples } = subject;
    const now = [look, samples, palette, layout];
    if (now.some((each, i) => each !== painted[i])) {
      painted = now;
      ground.clear();
      brush.paint(ground.context, layout, subject, palette);
      paintNames();
    }
    const setup = state.setup.get();
    write(owner, entrantNames(setup, state.catalog)[look.entrant] ?? '');
    write(size, fill(size.dataset.size, { dims: dims.join('-'), count: countOf(dims).toLocaleString('en') }));
    point();
  }

  function paintNames() {
    if (!layout || !subject) return;
    const c = ground.context;
    const { dims, samples } = subject;
    const names = networkNames(hand.dataset, samples, dims);
    c.fillStyle = palette.muted;
    c.font = `12px ${palette.font}`;
    c.textBaseline = 'alphabetic';
    c.textAlign = 'center';
    let free = -Infinity;
    layout.columns.forEach(({ middle }, layer) => {
      const name = layout && layout.columns.length > 5 && layer > 0 && layer < layout.columns.length - 1 ? String(layer) : names.column(layer);
      const wide = c.measureText(name).width;
      const at = Math.min(Math.max(middle, wide / 2 + 2), width - wide / 2 - 2);
      if (at - wide / 2 < free) return;
      free = at + wide / 2 + 4;
      c.fillText(name, at, layout?.foot ?? 0);
    });
    c.textBaseline = 'middle';
    for (const layer of [0, dims.length - 1]) {
      const { size: side, spots } = layout.columns[layer];
      if (spots.length > 1 && spots[1].top - spots[0].top < SMALL) continue;
      c.textAlign = layer === 0 ? 'right' : 'left';
      spots.forEach(({ left, top }, i) => {
        const name = names.beside(layer, i);
        if (name) c.fillText(shortened(c, name), left + (layer === 0 ? -1 : 1) * (side / 2 + 6), top);
      });
    }
  }

  // ---------------------------------------------------------------- pointing

  /** Marks what is pointed at and what is chosen, and writes its number beside it. */
  function point() {
    over.clear();
    if (!layout || !subject) return void (card.hidden = true);
    const { dims, look } = subject;
    const chosen = state.weight.get();
    if (chosen && numberOf(dims, chosen) >= 0) mark(chosen, palette.accent);
    if (pointed && numberOf(dims, pointed) < 0) pointed = null;
    if (pointed) mark(pointed, palette.ink);
    const shown = pointed ?? chosen;
    const place = shown && numberOf(dims, shown) >= 0 ? placeOf(shown) : null;
    card.hidden = !place;
    if (!place || !shown) return;
    write(card, networkNames(hand.dataset, subject.samples, dims).weight(shown, look.weights));
    const [left, top] = place;
    const below = top < 40;
    card.style.transform = `translate(${left}px, ${top + (below ? 16 : -14)}px) translate(-${(100 * left) / Math.max(1, width)}%, ${below ? 0 : -100}%)`;
  }

  /** The middle of a connection, or the neuron of a bias. @param {Weight} weight @returns {[number, number]} */
  function placeOf({ layer, from, to }) {
    const { columns } = /** @type {import('./network-layout.js').Layout} */ (layout);
    const { dims } = /** @type {import('./network-painting.js').Subject} */ (subject);
    const end = columns[layer + 1].spots[to];
    const begin = columns[layer].spots[from];
    if (from === dims[layer] || !begin) return [end.left, end.top - columns[layer + 1].size / 2];
    return [(begin.left + end.left) / 2, (begin.top + end.top) / 2];
  }

  /** @param {Weight} weight @param {string} colour */
  function mark(weight, colour) {
    if (!layout || !subject) return;
    const { dims, look, samples } = subject;
    const c = over.context;
    const [before, after] = [layout.columns[weight.layer], layout.columns[weight.layer + 1]];
    const end = after.spots[weight.to];
    const pixel = weight.layer === 0 && kindOf(samples) === 'pictures';
    if (!isBias(dims, weight) && pixel && samples.shape && layout.columns.length > 1) {
      const [high, wide] = samples.shape;
      const [row, column] = [Math.floor(weight.from / wide), weight.from % wide];
      const each = after.size / wide;
      c.strokeStyle = colour;
      c.lineWidth = 1.5;
      c.strokeRect(end.left - after.size / 2 + column * each - 1, end.top - after.size / 2 + (row * after.size) / high - 1, each + 2, after.size / high + 2);
      framedBy(c, end, after.size, colour);
      return;
    }
    if (isBias(dims, weight)) return framedBy(c, end, after.size, colour);
    const begin = before.spots[weight.from];
    const value = look.weights[numberOf(dims, weight)];
    const wide = thickness(Math.abs(value) / largestWeight(look.weights, dims) || 0);
    c.beginPath();
    traceLine(c, begin.left + before.size / 2, begin.top, end.left - after.size / 2, end.top);
    for (const [style, more] of /** @type {[string, number][]} */ ([[colour, 5], [palette.card, 2], [brush.colours.strong[value > 0 ? 1 : 0], 0]])) {
      c.lineWidth = wide + more;
      c.strokeStyle = style;
      c.stroke();
    }
    framedBy(c, begin, before.size, colour);
    framedBy(c, end, after.size, colour);
  }

  /** What lies under a hand. @param {PointerEvent | MouseEvent} event @returns {Weight | null} */
  function under({ clientX, clientY }) {
    if (!layout || !subject) return null;
    const box = hand.getBoundingClientRect();
    const [left, top] = [clientX - box.left, clientY - box.top];
    const { dims, look, samples } = subject;
    const pictures = kindOf(samples) === 'pictures';
    const neuron = neuronAt(layout, left, top);
    if (neuron && neuron.layer > 0) {
      const { layer, neuron: to, across, down } = neuron;
      const [high, wide] = samples.shape ?? [0, 0];
      const from = pictures && layer === 1 ? Math.floor(down * high) * wide + Math.floor(across * wide) : dims[layer - 1];
      return { layer: layer - 1, from, to };
    }
    if (neuron) return null;
    return lineAt(layout, dims, look.weights, largestWeight(look.weights, dims), left, top, pictures ? 1 : 0);
  }

  const same = (/** @type {Weight | null} */ a, /** @type {Weight | null} */ b) =>
    a === b || (a !== null && b !== null && a.layer === b.layer && a.from === b.from && a.to === b.to);

  /** @param {Weight | null} next */
  function aim(next) {
    if (same(next, pointed)) return;
    pointed = next;
    hand.classList.toggle('is-over', next !== null);
    frame.dirty();
  }

  const controller = new AbortController();
  const { signal } = controller;
  hand.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'touch') return;
    keyed = false;
    aim(under(event));
  }, { signal });
  hand.addEventListener('pointerleave', () => void (keyed || aim(null)), { signal });
  hand.addEventListener('click', (event) => {
    const next = under(event);
    keyed = false;
    aim(null);
    actions.chooseWeight(same(next, state.weight.get()) ? null : next);
  }, { signal });
  hand.addEventListener('focus', () => {
    if (!subject || !hand.matches(':focus-visible')) return;
    keyed = true;
    aim(within(state.weight.get() ?? { layer: 0, from: 0, to: 0 }, subject.dims));
    tell();
  }, { signal });
  hand.addEventListener('blur', () => {
    keyed = false;
    aim(null);
  }, { signal });
  hand.addEventListener('keydown', (event) => {
    if (!subject || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepped(event.key, pointed, subject.dims);
    keyed = true;
    if (next) aim(next);
    else if (event.key === 'Enter' || event.key === ' ') actions.chooseWeight(same(pointed, state.weight.get()) ? null : pointed);
    else if (event.key === 'Escape' && state.weight.get()) actions.chooseWeight(null);
    else return;
    tell();
    event.preventDefault();
    event.stopPropagation();
  }, { signal });

  function tell() {
    if (pointed && subject) said.textContent = networkNames(hand.dataset, subject.samples, subject.dims).weight(pointed, subject.look.weights);
  }

  // ----------------------------------------------------------------

  const frame = painter(paint, () => ((subject?.look.weights.length ?? 0) > BIG ? LATER : 0));
  const undos = [
    watchSize(hand, (wide) => {
      if (wide === 0) return;
      width = wide;
      frame.dirty();
    }),
    state.theme.subscribe(() => requestAnimationFrame(() => {
      palette = readPalette(element);
      brush.renew();
      frame.dirty();
    })),
    onChange([state.look, state.samples, state.setup, state.weight], frame.dirty),
  ];
  return () => {
    for (const undo of undos) undo();
    controller.abort();
    frame.stop();
    ground.canvas.remove();
    over.canvas.remove();
  };
}

/** @param {HTMLElement} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** @param {CanvasRenderingContext2D} c @param {import('./network-layout.js').Spot} spot @param {number} size @param {string} colour */
function framedBy(c, { left, top }, size, colour) {
  outline(c, left - size / 2 - 1, top - size / 2 - 1, size + 2);
  c.lineWidth = 2.2;
  c.strokeStyle = colour;
  c.stroke();
}

/** @param {CanvasRenderingContext2D} c @param {string} name */
function shortened(c, name) {
  let text = name;
  while (text.length > 2 && c.measureText(text).width > NAME) text = `${text.slice(0, -2)}…`;
  return text;
}
