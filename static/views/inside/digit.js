// A pad to draw a digit on, and what every racer takes it for.

import { fill } from '../../format.js';
import { deathOf } from '../../state/outcome-words.js';
import { entrantNames } from '../../state/names.js';
import { certainty } from '../samples/certainty.js';
import { drawingPad } from './drawing-pad.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { readPalette } from '../canvas/palette.js';
import { drawDigit } from '../samples/sample-picture.js';

/** @typedef {import('../../net/socket.js').Answer<"digit">} Answer */

/**
 * @param {HTMLElement} element
 * @param {import('../../state/network/types.js').NetworkState} state
 * @param {{pixels: import('../../state/types.js').Writable<number[] | null>, answer: import('../../state/types.js').Readable<Answer | null>}} drawing
 *   pixels: a square, row by row, 0 to 255; null: nothing is drawn
 * @returns {() => void} undo
 */
export function digitView(element, state, { pixels, answer }) {
  const words = element.dataset;
  const part = (/** @type {string} */ name, /** @type {ParentNode} */ root = element) => /** @type {HTMLElement} */ (root.querySelector(`[data-part="${name}"]`));
  const say = (/** @type {Element} */ place, /** @type {string} */ text) => void (place.textContent !== text && (place.textContent = text));
  const seen = /** @type {HTMLCanvasElement} */ (part('seen'));
  const pad = drawingPad(part('pad'), (drawn) => {
    truth = null;
    pixels.set(drawn);
  });
  /** @type {{class: number, row: number} | null} */
  let truth = null; // of a picture that was taken and not drawn over
  const list = part('says');

  function paint() {
    const [found, samples] = [answer.get(), state.samples.get()];
    const shown = pixels.get() ? found : null;
    part('empty').hidden = shown !== null;
    list.hidden = shown === null;
    part('truth').hidden = !truth;
    if (truth) say(part('truth'), fill(words.truth, { name: state.samples.get()?.classes[truth.class] ?? truth.class, row: truth.row }));
    const c = /** @type {CanvasRenderingContext2D} */ (seen.getContext('2d'));
    c.clearRect(0, 0, seen.width, seen.height);
    if (!shown || !samples?.shape) return;
    const { event: { said }, arrays } = shown;
    const palette = readPalette(element);
    if (arrays.picture) drawDigit(c, arrays.picture.data, samples.shape, seen.width, palette);
    const names = entrantNames(state.setup.get(), state.catalog);
    const [entrants, classes] = arrays.probabilities.shape;
    if (entrants !== names.length) return;
    while (list.children.length > entrants) list.lastElementChild?.remove();
    while (list.children.length < entrants) list.append(/** @type {HTMLTemplateElement} */ (part('racer')).content.cloneNode(true));
    const spoken = names.map((name, i) => {
      const row = /** @type {HTMLElement} */ (list.children[i]);
      const own = arrays.probabilities.data.subarray(i * classes, (i + 1) * classes);
      row.style.setProperty('--colour', state.colours.get()[i] ?? '');
      const died = deathOf(state.run.get(), i, state.playhead.get().step);
      say(part('name', row), died === null ? name : fill(words.diverged, { name, step: died }));
      const chosen = said[i] ?? -1; // the panel is for classes
      const what = samples.classes[chosen] ?? String(chosen);
      say(part('said', row), what);
      part('said', row).toggleAttribute('data-wrong', truth !== null && truth.class !== chosen);
      say(part('share', row), certainty(words, state.setup.get().loss, own[chosen]));
      bars(part('bars', row), own, chosen, samples.classes);
      return `${name}: ${what}`;
    }).join(', ');
    say(part('spoken'), spoken);
  }

  /** @param {HTMLElement} place @param {import('../../net/frames.js').Numbers} shares @param {number} said @param {string[]} classes */
  function bars(place, shares, said, classes) {
    while (place.children.length > shares.length) place.lastElementChild?.remove();
    while (place.children.length < shares.length) place.append(document.createElement('span'));
    shares.forEach((/** @type {number} */ share, /** @type {number} */ k) => {
      const bar = /** @type {HTMLElement} */ (place.children[k]);
      bar.style.setProperty('--share', `${Math.round(1000 * Math.max(0, Math.min(1, share))) / 10}%`);
      bar.classList.toggle('is-said', k === said);
      bar.title = fill(words.bar, { name: classes[k] ?? k, sure: certainty(words, state.setup.get().loss, share) });
      say(bar, classes[k] ?? String(k));
    });
  }

  /** Any of the pictures as a drawing. */
  function borrow() {
    const samples = state.samples.get();
    if (!samples?.shape) return;
    const [high, wide] = samples.shape;
    const i = Math.floor(Math.random() * samples.rows.length);
    pad.put(samples.inputs.subarray(i * high * wide, (i + 1) * high * wide), samples.shape);
    truth = { class: samples.targets[i], row: samples.rows[i] };
    frame.dirty();
  }

  const frame = painter(paint);
  const controller = new AbortController();
  part('wipe').addEventListener('click', pad.wipe, { signal: controller.signal });
  part('borrow').addEventListener('click', borrow, { signal: controller.signal });
  const undos = [
    state.theme.subscribe(() => requestAnimationFrame(() => {
      pad.dirty();
      frame.dirty();
    })),
    onChange([answer, pixels, state.samples, state.setup, state.colours, state.run, state.inside], frame.dirty),
  ];
  return () => {
    controller.abort();
    for (const undo of undos) undo();
    frame.stop();
    pad.undo();
  };
}
