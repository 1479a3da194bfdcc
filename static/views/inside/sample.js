// One sample on its way through the chosen network and back: layer after layer lights up with its numbers, then the error
// comes back with its own, and the chain rule for one weight stands below.

import { pieces } from '../../controls/widgets/line-breaks.js';
import { markup } from '../../controls/widgets/markup.js';
import { fill, number } from '../../format.js';
import { numberOf } from '../../state/network/weights.js';
import { certainty } from '../samples/certainty.js';
import { readClassColours } from '../samples/class-colours.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { neuronColumns } from '../network/neuron-columns.js';
import { readPalette } from '../canvas/palette.js';
import { samplePicture } from '../samples/sample-picture.js';

/** @typedef {import('../../state/network/types.js').Weight} Weight */
/** @typedef {import('../../net/socket.js').Answer<"sample">} Answer */

const PACE = 1100; // milliseconds of a phase while it plays
const [DIM, BRIGHT] = [0.12, 0.95];

/**
 * @param {HTMLElement} element
 * @param {import('../../state/network/types.js').NetworkState} state
 * @param {{row: import('../../state/types.js').Writable<number>, answer: import('../../state/types.js').Readable<Answer | null>,
 *   weight: () => Weight}} way
 * @returns {() => void} undo
 */
export function sampleView(element, state, { row, answer, weight }) {
  const words = element.dataset;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));
  const say = (/** @type {string} */ name, /** @type {string} */ text) => void (part(name).textContent !== text && (part(name).textContent = text));
  const field = /** @type {HTMLInputElement} */ (part('row'));
  const slider = /** @type {HTMLInputElement} */ (part('phase'));
  const columns = neuronColumns(part('flow'));
  const picture = samplePicture(part('pick'), state, row);
  let palette = readPalette(element);
  let colours = readClassColours(element);
  let phase = 0;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let playing;

  /** Layers after the inputs. */
  const depth = () => (state.facts.get()?.dims.length ?? 2) - 1;
  /** Forward, the loss, back, and the slopes of the weights. */
  const lastPhase = () => 2 * depth() + 2;

  /** What happens in this phase: how far it has come forward, and how far back (0: not yet). */
  function stand() {
    const layers = depth();
    return { forward: Math.min(phase, layers), back: Math.max(0, phase - layers - 1), layers };
  }

  function paint() {
    const [found, facts] = [answer.get(), state.facts.get()];
    if (!found || !facts || element.hidden) return;
    const { dims } = facts;
    const { event, arrays } = found;
    const neurons = dims.slice(1).reduce((sum, count) => sum + count, 0);
    if (arrays.a.data.length !== neurons || arrays.inputs.data.length !== dims[0]) return; // of a network before this one
    const shape = state.samples.get()?.shape ?? null;
    const asPicture = shape !== null;
    columns.lay(dims, shape);
    fillCells(found, asPicture);
    const { forward, back, layers } = stand();
    const weights = state.look.get()?.weights ?? arrays.gradient.data;
    const scales = { forward: largestOf(weights), back: largestOf(arrays.gradient.data) };
    columns.paint(
      (layer) => {
        const returning = back > 0;
        const now = returning ? layers - back + 1 === layer || back > layers : forward === layer;
        const passed = returning ? layer > layers - back + 1 : layer < forward;
        const values = back > layers ? arrays.gradient.data : weights;
        return { values, scale: back > layers ? scales.back : scales.forward, alpha: now ? BRIGHT : passed && !returning ? 0.35 : DIM };
      },
      colours.strong,
      numberOf(dims, weight()) >= 0 ? { weight: weight(), colour: palette.ink } : null,
    );
    tellPhase(found);
    tellFacts(event, arrays);
  }

  /** @param {Answer} found @param {boolean} asPicture */
  function fillCells({ arrays }, asPicture) {
    const { forward, back, layers } = stand();
    const inputs = arrays.inputs.data;
    let at = 0;
    columns.cells().forEach((column, layer) => {
      const errors = back > 0 && layer > layers - back;
      const reached = layer <= forward;
      const now = back > 0 ? layer === layers - back + 1 : layer === forward;
      column.forEach((cell, i) => {
        const value = layer === 0 ? inputs[i] : (errors ? arrays.e : arrays.a).data[at + i];
        const shown = reached && !(asPicture && layer === 0);
        cell.className = `flow-cell${reached ? ' is-lit' : ''}${now && back <= layers ? ' is-now' : ''}${errors ? ' is-error' : ''}`;
        if (!(asPicture && layer === 0)) put(cell, shown ? number(value, 2) : '');
        cell.style.setProperty('--tone', shown ? toneOf(value) : 'transparent');
        cell.dataset.label = layer > layers - 1 && shown ? labelOf(i, errors) : '';
        cell.title = shown && layer > 0 ? `z ${number(arrays.z.data[at + i], 4)} · a ${number(arrays.a.data[at + i], 4)} · f′(z) ${number(arrays.slope.data[at + i], 4)} · e ${number(arrays.e.data[at + i], 4)}` : '';
      });
      if (layer === 0) picture.show(inputs, asPicture ? column[0] : null);
      if (layer > 0) at += column.length;
    });
  }

  /** Two classes, of which the one output says how probable the second is. */
  const lone = () => state.samples.get()?.classes.length === 2 && state.facts.get()?.dims.at(-1) === 1;
  const nameOf = (/** @type {number} */ which) => state.samples.get()?.classes[which] ?? String(which);
  const squared = () => state.setup.get().loss === 'mse';

  /** What a number of the last layer is. @param {number} i @param {boolean} error */
  function labelOf(i, error) {
    if (!lone()) return state.samples.get()?.classes[i] ?? '';
    if (squared()) return error ? 'e' : (words.out ?? '');
    const p = fill(words.probability, { name: nameOf(1) });
    return error ? fill(words.error, { p }) : p;
  }

  /** The pale colour of a sign, the stronger the larger the number. @param {number} value */
  function toneOf(value) {
    const strength = Math.round(Math.min(1, Math.abs(value)) * 100);
    return `color-mix(in srgb, ${colours.strong[value > 0 ? 1 : 0]} ${Math.round(strength * 0.38)}%, var(--card))`;
  }

  /** @param {Answer} found */
  function tellPhase({ event }) {
    const { forward, back, layers } = stand();
    const { activation, loss } = state.setup.get();
    const name = state.catalog.activations.find(({ key }) => key === activation[forward - 1])?.name ?? '';
    const classes = (state.samples.get()?.classes.length ?? 0) > 0 && loss === 'cross_entropy';
    const two = { name: nameOf(1), other: nameOf(0), p: fill(words.probability, { name: nameOf(1) }) };
    const text =
      back > layers ? words.gradient
      : back > 1 ? fill(words.back, { layer: layers - back + 1 })
      : back === 1 ? (lone() && classes ? fill(words.firstBackTwo, two) : words.firstBack)
      : phase === layers + 1 ? fill(words.loss, { loss: number(event.loss, 4) })
      : phase === layers ? (lone() ? fill(classes ? words.outputTwo : words.outputSquared, two) : classes ? words.output : words.outputPlain)
      : phase > 0 ? fill(words.forward, { layer: phase, activation: name })
      : fill(words.inputs, { count: state.facts.get()?.dims[0] ?? '' });
    say('phase-said', text ?? '');
    slider.max = String(lastPhase());
    slider.value = String(phase);
    slider.setAttribute('aria-valuetext', text ?? '');
  }

  /** @param {any} event @param {Answer["arrays"]} arrays */
  function tellFacts(event, arrays) {
    const samples = state.samples.get();
    const output = arrays.output.data;
    const classes = samples?.kind === 'classes';
    say('target', classes ? fill(words.class, { name: nameOf(event.target) }) : fill(words.value, { value: number(event.target, 4) }));
    const own = output.length > 1 ? output[event.said] : event.said || squared() ? output[0] : 1 - output[0];
    const sure = certainty(words, state.setup.get().loss, own);
    say('said', classes ? fill(words.says, { name: nameOf(event.said), sure }) : fill(words.saysValue, { value: number(output[0], 4) }));
    part('rest').hidden = !lone() || squared();
    say('second', fill(words.probability, { name: nameOf(1) }));
    say('both', fill(words.both, { p: number(output[0], 3), rest: number(1 - output[0], 3), other: fill(words.probability, { name: nameOf(0) }) }));
    say('loss', number(event.loss, 4));
    say('set', event.set);
    say('of', fill(words.of, { count: (samples?.count ?? 0).toLocaleString('en') }));
    part('said').toggleAttribute('data-wrong', classes && event.said !== event.target);
    const lines = event.lines.map((/** @type {{formula: string, numbers: string}} */ { formula, numbers }) => formula + numbers).join('');
    if (part('lines').dataset.of !== lines) {
      part('lines').dataset.of = lines;
      part('lines').replaceChildren(...event.lines.map(lineOf));
    }
  }

  /** @param {{formula: string, numbers: string}} line */
  function lineOf({ formula, numbers }) {
    const line = /** @type {HTMLElement} */ (/** @type {HTMLTemplateElement} */ (part('line')).content.firstElementChild?.cloneNode(true));
    line.querySelector('[data-part="formula"]')?.append(markup(formula));
    const wbr = () => document.createElement('wbr');
    line.querySelector('[data-part="numbers"]')?.append(...pieces(markup(numbers)).flatMap((piece) => [piece, wbr()]));
    return line;
  }

  const frame = painter(paint);

  /** @param {number} next */
  function go(next) {
    phase = Math.max(0, Math.min(lastPhase(), next));
    if (phase === lastPhase()) play(false);
    frame.dirty();
  }

  /** @param {boolean} on */
  function play(on) {
    clearInterval(playing);
    playing = on ? setInterval(() => (element.hidden ? play(false) : go(phase + 1)), PACE) : undefined;
    part('go').setAttribute('aria-pressed', String(on));
  }

  /** @param {number} next */
  function pick(next) {
    const count = state.samples.get()?.count ?? 1;
    row.set(((Math.round(next) % count) + count) % count);
  }

  const controller = new AbortController();
  const hear = (/** @type {string} */ name, /** @type {string} */ type, /** @type {() => void} */ act) =>
    part(name).addEventListener(type, act, { signal: controller.signal });
  hear('row', 'input', () => Number.isFinite(field.valueAsNumber) && pick(Math.max(0, Math.min(field.valueAsNumber, (state.samples.get()?.count ?? 1) - 1))));
  hear('previous', 'click', () => pick(row.get() - 1));
  hear('following', 'click', () => pick(row.get() + 1));
  hear('any', 'click', () => pick(Math.random() * (state.samples.get()?.count ?? 1)));
  hear('back', 'click', () => (play(false), go(phase - 1)));
  hear('on', 'click', () => (play(false), go(phase + 1)));
  hear('phase', 'input', () => (play(false), go(slider.valueAsNumber)));
  hear('go', 'click', () => {
    const on = playing === undefined;
    if (on && phase === lastPhase()) go(0);
    play(on);
  });

  const undos = [
    row.subscribe((now) => {
      if (field.valueAsNumber !== now) field.value = String(now);
    }),
    state.samples.subscribe((samples) => samples && row.get() >= samples.count && row.set(0)),
    state.theme.subscribe(() => requestAnimationFrame(() => {
      [palette, colours] = [readPalette(element), readClassColours(element)];
      frame.dirty();
    })),
    state.inside.subscribe((what) => {
      if (what !== 'sample' || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
      go(0);
      play(true);
    }),
    onChange([answer, state.facts, state.look, state.weight, state.samples, state.inside], frame.dirty),
  ];
  return () => {
    controller.abort();
    play(false);
    for (const undo of undos) undo();
    frame.stop();
    columns.undo();
    picture.undo();
  };
}

/** @param {ArrayLike<number>} values */
function largestOf(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]) > most && Math.abs(values[i]) < Infinity) most = Math.abs(values[i]);
  return most || 1;
}

/** @param {HTMLElement} cell @param {string} text */
function put(cell, text) {
  if (cell.textContent !== text) cell.textContent = text;
}
