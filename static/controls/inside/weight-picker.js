// @ts-check
/**
 * Which weight of the network is meant: between which layers, from which neuron to which. The drawing of the network
 * chooses the same one.
 *
 * @import { NetworkActions, NetworkState, Weight } from '../../state/network/types.js'
 * @import { Readable } from '../../state/types.js'
 */
import { fill } from "../../format.js";
import { numberOf } from "../../state/network/weights.js";
import { on, part, together } from "../widgets/dom.js";

/** The input with the most ink in the first picture, or the first of a few. @param {NetworkState} state @param {number} count */
function brightest({ samples }, count) {
  const shown = samples.get();
  return shown?.shape ? [...shown.inputs.slice(0, count)].reduce((best, ink, i, all) => (ink > all[best] ? i : best), 0) : 0;
}

/** The chosen weight, as far as this network has it. @param {NetworkState} state @param {number[]} dims @returns {Weight} */
export function weightIn(state, dims) {
  const chosen = state.weight.get();
  return chosen && numberOf(dims, chosen) >= 0 ? chosen : { layer: 0, from: brightest(state, dims[0]), to: 0 };
}

/**
 * @param {HTMLElement} element
 * @param {NetworkState} state
 * @param {NetworkActions} actions
 * @returns {() => void} undo
 */
export function weightPicker(element, state, actions) {
  const words = element.dataset;
  const [layer, from, to] = ["weight-layer", "weight-from", "weight-to"].map((name) => /** @type {HTMLSelectElement} */ (part(element, name)));
  let laid = "";

  /** @param {number[]} dims @param {number} which */
  function layerName(dims, which) {
    if (which === 0) return words.inputs ?? "";
    return which === dims.length - 1 ? (words.output ?? "") : fill(words.layer, { layer: which });
  }

  function show() {
    const dims = state.facts.get()?.dims;
    if (!dims) return;
    const weight = weightIn(state, dims);
    const { names = [], shape = null } = state.samples.get() ?? {};
    const now = `${dims} ${weight.layer} ${names} ${shape}`;
    if (laid !== now) {
      laid = now;
      layer.replaceChildren(...dims.slice(1).map((_, i) => new Option(`${layerName(dims, i)} → ${layerName(dims, i + 1)}`, String(i))));
      const before = Array.from({ length: dims[weight.layer] }, (_, i) => {
        if (weight.layer > 0) return fill(words.neuron, { index: i + 1 });
        if (shape) return fill(words.pixel, { row: Math.floor(i / shape[1]) + 1, column: (i % shape[1]) + 1 });
        return names[i] ?? fill(words.input, { index: i + 1 });
      });
      from.replaceChildren(...[...before, words.bias ?? ""].map((name, i) => new Option(name, String(i))));
      to.replaceChildren(...Array.from({ length: dims[weight.layer + 1] }, (_, i) => new Option(fill(words.neuron, { index: i + 1 }), String(i))));
    }
    [layer.value, from.value, to.value] = [weight.layer, weight.from, weight.to].map(String);
  }

  function choose() {
    const dims = state.facts.get()?.dims;
    if (!dims) return;
    const which = Number(layer.value);
    const fits = (/** @type {string} */ value, /** @type {number} */ most) => Math.min(Number(value), most);
    actions.chooseWeight({ layer: which, from: fits(from.value, dims[which]), to: fits(to.value, dims[which + 1] - 1) });
  }

  return together([
    ...[state.weight, state.facts, state.samples].map((/** @type {Readable<any>} */ store) => store.subscribe(show)),
    ...[layer, from, to].map((select) => on(select, "change", choose)),
  ]);
}
