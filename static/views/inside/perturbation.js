// One weight turned by hand: the neurons that hear of it are lit, with what they say now; all others stay dark.

import { fill, number } from '../../format.js';
import { numberOf } from '../../state/network/weights.js';
import { certainty } from '../samples/certainty.js';
import { readClassColours } from '../samples/class-colours.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { neuronColumns } from '../network/neuron-columns.js';
import { rangesOf, traceNeuron } from '../network/neurons.js';
import { readPalette } from '../canvas/palette.js';
import { pixelCanvas, shade, shadeClasses } from '../samples/response-pixels.js';
import { drawDigit } from '../samples/sample-picture.js';

/** @typedef {import('../../net/socket.js').Answer<"tweak">} Answer */
/** @typedef {import('../../state/network/types.js').Weight} Weight */

const LEAST = 3; // the slider reaches so far at least, either way
const [SIDE, SHARP] = [60, 112]; // pixels of a curve's picture, and of a sample's

/**
 * @param {HTMLElement} element
 * @param {import('../../state/network/types.js').NetworkState} state
 * @param {{value: import('../../state/types.js').Writable<number | null>, answer: import('../../state/types.js').Readable<Answer | null>,
 *   row: import('../../state/types.js').Writable<number>, weight: () => Weight}} turn value: null for its own; row: of the sample
 *   that is looked at where the inputs are too many for a picture of the neurons
 * @returns {() => void} undo
 */
export function perturbationView(element, state, { value, answer, row, weight }) {
  const words = element.dataset;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (element.querySelector(`[data-part="${name}"]`));
  const say = (/** @type {string} */ name, /** @type {string} */ text) => void (part(name).textContent !== text && (part(name).textContent = text));
  const slider = /** @type {HTMLInputElement} */ (part('slider'));
  const field = /** @type {HTMLInputElement} */ (part('row'));
  const columns = neuronColumns(part('flow'));
  let palette = readPalette(element);
  let colours = readClassColours(element);

  /** What the weight is in the trained network. */
  const own = () => state.look.get()?.weights[numberOf(state.facts.get()?.dims ?? [], weight())] ?? NaN;

  function showValue() {
    const was = own();
    if (!Number.isFinite(was)) return;
    const now = value.get() ?? was;
    const reach = Math.max(LEAST, 2 * Math.abs(was));
    if (value.get() === null || Number(slider.max) < Math.abs(now)) [slider.min, slider.max] = [String(-reach), String(reach)];
    slider.value = String(now);
    slider.setAttribute('aria-valuetext', number(now, 3));
    say('value', number(now, 3));
    /** @type {HTMLButtonElement} */ (part('reset')).disabled = value.get() === null;
  }

  function paint() {
    showValue();
    const [found, facts, look] = [answer.get(), state.facts.get(), state.look.get()];
    if (!found || !facts || !look || element.hidden) return;
    const { dims } = facts;
    const { event, arrays } = found;
    if (event.changed.length !== dims.slice(1).reduce((sum, count) => sum + count, 0)) return;
    columns.lay(dims, state.samples.get()?.shape ?? null);
    const after = /** @type {Float32Array} */ (arrays.after.data);
    const shape = arrays.after.shape.slice(1);
    const size = shape.reduce((product, each) => product * each, 1);
    const ranges = rangesOf(dims, state.setup.get().activation, after, size);
    const last = dims.length - 2;
    if (shape.length === 1) ranges[last] = spanOf(arrays, (event.changed.length - dims[last + 1]) * size, size);
    let at = 0;
    columns.cells().forEach((column, layer) => {
      column.forEach((cell, i) => {
        if (layer === 0) {
          cell.className = 'flow-cell is-lit is-input';
          return inputIn(cell, i);
        }
        const neuron = at + i;
        const ramp = layer - 1 === last && column.length > 1 ? colours.rising[i % colours.rising.length] : colours.diverging;
        cell.className = `flow-cell ${event.changed[neuron] ? 'is-lit is-heard' : 'is-dark'}`;
        if (shape.length === 2) pictureIn(cell, after, neuron * size, shape[1], shape[0], ramp, ranges[layer - 1]);
        else if (shape.length === 1) curveIn(cell, after, neuron * size, size, ranges[layer - 1]);
        else cell.textContent = number(after[neuron], 2);
      });
      if (layer > 0) at += column.length;
    });
    const chosen = weight();
    const weights = Float64Array.from(look.weights);
    weights[event.weight] = event.value;
    const scale = weights.reduce((most, each) => Math.max(most, Math.abs(each)), 1e-9);
    const heard = heardBy(dims, event.changed);
    columns.paint(
      (layer) => ({
        values: weights, scale, alpha: 0.1,
        lit: (from, to) => (layer - 1 > chosen.layer ? heard(layer - 1, from) && heard(layer, to) : layer - 1 === chosen.layer && from === chosen.from && to === chosen.to),
      }),
      colours.strong,
      { weight: chosen, colour: palette.accent },
    );
    paintOutputs(arrays, dims, shape, size);
    const count = event.changed.filter(Boolean).length;
    say('heard', count > 0 ? fill(words.hear, { heard: count, all: event.changed.length }) : ((value.get() === null ? words.none : words.silent) ?? ''));
    say('losses', fill(words.loss, { before: number(event.loss[0], 4), after: number(event.loss[1], 4) }));
  }

  /** @param {Answer["arrays"]} arrays @param {number[]} dims @param {number[]} shape @param {number} size */
  function paintOutputs(arrays, dims, shape, size) {
    const outputs = dims[dims.length - 1];
    const all = dims.slice(1).reduce((sum, count) => sum + count, 0);
    const from = (all - outputs) * size;
    for (const name of /** @type {const} */ (['before', 'after'])) {
      const values = arrays[name].data;
      const place = part(name);
      if (shape.length === 2 && outputs === 1) pictureIn(place, values, from, shape[1], shape[0], colours.diverging, [0, 1]);
      else if (shape.length === 2) classesIn(place, values, from, shape[1], shape[0], outputs);
      else if (shape.length === 1) curveIn(place, values, from, size, spanOf(arrays, from, size));
      else {
        let best = 0;
        for (let k = 1; k < outputs; k++) if (values[from + k] > values[from + best]) best = k;
        const text = outputs > 1 ? `${state.samples.get()?.classes[best] ?? best} · ${certainty(words, state.setup.get().loss, values[from + best])}` : number(values[from], 3);
        if (place.textContent !== text) place.textContent = text;
      }
    }
  }

  /** @param {Answer["arrays"]} arrays @param {number} from @param {number} size @returns {[number, number]} */
  function spanOf(arrays, from, size) {
    const both = [...arrays.before.data.subarray(from, from + size), ...arrays.after.data.subarray(from, from + size)].filter(Number.isFinite);
    return [Math.min(...both), Math.max(...both)];
  }

  /** An input's name, or the picture that comes in. @param {HTMLElement} cell @param {number} i */
  function inputIn(cell, i) {
    const samples = state.samples.get();
    if (!samples?.shape) return void (cell.textContent = samples?.names[i] ?? `x${i + 1}`);
    const me = samples.rows.indexOf(row.get());
    const [high, wide] = samples.shape;
    const c = canvasIn(cell, SHARP, SHARP);
    c.clearRect(0, 0, SHARP, SHARP);
    if (me >= 0) drawDigit(c, samples.inputs.subarray(me * high * wide, (me + 1) * high * wide), samples.shape, SHARP, palette);
  }

  /** The canvas in an element. @param {HTMLElement} element @param {number} wide @param {number} high */
  function canvasIn(element, wide, high) {
    const canvas = element.querySelector('canvas') ?? document.createElement('canvas');
    if (!canvas.isConnected) element.replaceChildren(canvas);
    if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
    return /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  }

  /** @param {HTMLElement} element @param {Float32Array} values @param {number} from @param {number} nx @param {number} ny @param {Uint32Array} ramp @param {[number, number]} range */
  function pictureIn(element, values, from, nx, ny, ramp, [low, high]) {
    const sheet = pixelCanvas(nx, ny);
    shade(sheet.pixels, values, from, nx, ny, ramp, low, high);
    sheet.put();
    canvasIn(element, nx, ny).drawImage(sheet.canvas, 0, 0);
  }

  /** @param {HTMLElement} element @param {Float32Array} values @param {number} from @param {number} nx @param {number} ny @param {number} outputs */
  function classesIn(element, values, from, nx, ny, outputs) {
    const sheet = pixelCanvas(nx, ny);
    shadeClasses(sheet.pixels, values, from, nx, ny, outputs, colours);
    sheet.put();
    canvasIn(element, nx, ny).drawImage(sheet.canvas, 0, 0);
  }

  /** @param {HTMLElement} element @param {Float32Array} values @param {number} from @param {number} count @param {[number, number]} range */
  function curveIn(element, values, from, count, range) {
    const c = canvasIn(element, SIDE, SIDE);
    c.clearRect(0, 0, SIDE, SIDE);
    c.beginPath();
    traceNeuron(c, values, from, count, range, 0, 0, SIDE);
    c.lineWidth = 3;
    c.strokeStyle = palette.ink;
    c.stroke();
  }

  const frame = painter(paint);
  const controller = new AbortController();
  slider.addEventListener('input', () => value.set(slider.valueAsNumber), { signal: controller.signal });
  part('reset').addEventListener('click', () => value.set(null), { signal: controller.signal });
  field.addEventListener('input', () => {
    const next = field.valueAsNumber;
    if (Number.isInteger(next) && next >= 0 && next < (state.samples.get()?.count ?? 0)) row.set(next);
  }, { signal: controller.signal });
  const undos = [
    state.facts.subscribe((facts) => void (part('sample').hidden = (facts?.dims[0] ?? 0) <= 2)),
    row.subscribe((now) => void (field.valueAsNumber !== now && (field.value = String(now)))),
    state.weight.subscribe(() => value.set(null)),
    state.theme.subscribe(() => requestAnimationFrame(() => {
      [palette, colours] = [readPalette(element), readClassColours(element)];
      frame.dirty();
    })),
    onChange([value, answer, row, state.facts, state.look, state.samples, state.inside], frame.dirty),
  ];
  return () => {
    controller.abort();
    for (const undo of undos) undo();
    frame.stop();
    columns.undo();
  };
}

/** Whether a neuron hears of it. @param {number[]} dims @param {boolean[]} changed of all neurons after the inputs */
function heardBy(dims, changed) {
  const first = dims.map((_, layer) => dims.slice(1, layer).reduce((sum, count) => sum + count, 0));
  return (/** @type {number} */ layer, /** @type {number} */ i) => layer > 0 && changed[first[layer] + i];
}
