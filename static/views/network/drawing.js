// The network of the chosen entrant, as it is at the newest look: neurons as pictures of what they say, connections as
// lines. A hand or the keys point at a connection to read its number, and choose it.

import { fill } from '../../format.js';
import { watchSize } from '../../plot.js';
import { entrantNames } from '../../state/names.js';
import { countOf, numberOf } from '../../state/network/weights.js';
import { writable } from '../../state/store.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { addLayer } from '../canvas/layer.js';
import { layoutOf } from './layout.js';
import { largestWeight, thickest, weakestDrawn } from './lines.js';
import { markWeight, placeOf } from './marks.js';
import { networkNames, paintNames } from './names.js';
import { kindOf, networkPainter } from './painting.js';
import { networkPointing } from './pointing.js';
import { readPalette } from '../canvas/palette.js';

/** @typedef {import('../../state/network/types.js').Weight} Weight */
/** @typedef {import('./lines.js').Drawn} Drawn */

const EDGE = 16; // pixels beside the first and the last column
const NAME = 84; // the longest name beside a neuron
const BIG = 3_000; // weights: drawing so many takes longer than a frame has
const LATER = 60; // milliseconds between two drawings of those

/**
 * @param {HTMLElement} element the card, with data-part="picture" (which has the words), "scroll", "number", "owner",
 *   "size", "said" and "says" in it
 * @param {import('../../state/network/types.js').NetworkState} state
 * @param {import('../../state/network/types.js').NetworkActions} actions
 * @returns {() => void} undo
 */
export function networkView(element, state, actions) {
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));
  const [hand, scroll, card, owner, size, said, says] = ['picture', 'scroll', 'number', 'owner', 'size', 'said', 'says'].map(part);
  const ground = addLayer(hand, 'network-ground');
  const over = addLayer(hand, 'network-over');
  const brush = networkPainter(element);
  const pointed = writable(/** @type {Weight | null} */ (null));
  let palette = readPalette(element);
  let [width, room] = [0, 0];
  /** @type {import('./painting.js').Subject | null} */
  let subject = null;
  /** @type {Drawn | null} */
  let drawn = null;
  /** @type {unknown[]} */
  let laid = [];
  /** @type {unknown[]} */
  let painted = [];

  /** What there is to draw: a look, and the samples that belong to it. */
  function current() {
    const [look, samples, { hidden, activation }] = [state.look.get(), state.samples.get(), state.setup.get()];
    if (!look || !samples) return null;
    const fits = look.weights.length === countOf(samples.dims) && hidden.length === samples.dims.length - 2;
    if (!fits) return subject; // a moment later both are of the new network
    const same = subject?.look === look && subject.samples === samples;
    return same ? subject : { look, dims: samples.dims, activations: activation, samples };
  }

  /** @param {import('./painting.js').Subject} shown */
  function lay({ look, dims, samples }) {
    const now = [width, room, dims.join(), samples.of, palette];
    const picture = kindOf(samples) === 'pictures' ? samples.shape : null;
    const again = drawn !== null && now.every((each, i) => each === laid[i]);
    laid = now;
    const { weights } = look;
    const shown = { dims, weights, picture, scale: largestWeight(weights, dims), weakest: weakestDrawn(weights, dims) };
    if (drawn && again) drawn = { ...drawn, ...shown };
    else {
      const names = networkNames(hand.dataset, samples, dims);
      const nameWidth = (/** @type {number} */ layer) => {
        const widest = names.widest(ground.context, palette, layer);
        return widest > 0 ? EDGE / 2 + Math.min(NAME, widest) + 6 : EDGE;
      };
      const shape = { picture: picture !== null, left: nameWidth(0), right: nameWidth(dims.length - 1) };
      const layout = layoutOf(dims, width, shape, room);
      drawn = { ...shown, layout, thick: thickest(layout, dims) };
      scroll.style.setProperty('--needed', `${layoutOf(dims, width, shape).height}px`);
      hand.style.height = `${layout.height}px`;
      over.fit(width, layout.height);
      if (ground.fit(width, layout.height)) painted = [];
    }
    return drawn;
  }

  function paint() {
    subject = current();
    if (!subject || width === 0) return;
    const { look, dims, samples } = subject;
    const whole = lay(subject);
    const { layout } = whole;
    const now = [look, samples, palette, layout];
    if (now.some((each, i) => each !== painted[i])) {
      painted = now;
      ground.clear();
      brush.paint(ground.context, whole, subject, palette);
      paintNames(ground.context, layout, networkNames(hand.dataset, samples, dims), palette, NAME);
    }
    write(owner, entrantNames(state.setup.get(), state.catalog)[look.entrant] ?? '');
    write(size, fill(size.dataset.size, { dims: dims.join('-'), count: countOf(dims).toLocaleString('en') }));
    write(says, says.dataset[kindOf(samples)] ?? '');
    mark();
  }

  /** Marks what is pointed at and what is chosen, and writes its number beside it. */
  function mark() {
    over.clear();
    if (!drawn || !subject) return;
    const { dims, samples } = subject;
    const there = (/** @type {Weight | null} */ weight) => (weight && numberOf(dims, weight) >= 0 ? weight : null);
    const [chosen, aimed] = [there(state.weight.get()), there(pointed.get())];
    const colours = { halo: palette.card, signs: brush.colours.strong };
    if (chosen) markWeight(over.context, drawn, chosen, { ...colours, edge: palette.accent });
    if (aimed) markWeight(over.context, drawn, aimed, { ...colours, edge: palette.ink });
    const shown = aimed ?? chosen;
    card.hidden = shown === null;
    if (!shown) return;
    write(card, networkNames(hand.dataset, samples, dims).weight(shown, drawn.weights));
    const [left, top] = placeOf(drawn, shown);
    const below = top < 40;
    card.style.transform = `translate(${left}px, ${top + (below ? 16 : -14)}px) translate(${(-100 * left) / width}%, ${below ? 0 : -100}%)`;
  }

  function tell() {
    const aimed = pointed.get();
    if (aimed && subject) said.textContent = networkNames(hand.dataset, subject.samples, subject.dims).weight(aimed, subject.look.weights);
  }

  const frame = painter(paint, () => ((drawn?.weights.length ?? 0) > BIG ? LATER : 0));
  const marks = painter(mark);
  const undos = [
    networkPointing(hand, pointed, state.weight, { drawn: () => drawn, choose: actions.chooseWeight, tell }),
    watchSize(scroll, (wide, high) => {
      if (wide === 0) return;
      [width, room] = [wide, high];
      frame.dirty();
    }),
    state.theme.subscribe(() => requestAnimationFrame(() => {
      palette = readPalette(element);
      brush.renew();
      frame.dirty();
    })),
    onChange([state.look, state.samples, state.setup], frame.dirty),
    onChange([pointed, state.weight], marks.dirty),
  ];
  return () => {
    for (const undo of undos) undo();
    frame.stop();
    marks.stop();
    ground.canvas.remove();
    over.canvas.remove();
  };
}

/** @param {HTMLElement} element @param {string} text */
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
