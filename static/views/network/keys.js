// The drawing of the network under the keys: left and right go from layer to layer, up and down along the neurons that
// a connection comes from, Page Up and Page Down along those that it leads to. After the last neuron comes the bias, and the key B
// goes there at once.

/** @typedef {import('../../state/network/types.js').Weight} Weight */

/**
 * The connection that a key leads to.
 * @param {string} key
 * @param {Weight | null} weight
 * @param {number[]} dims
 * @returns {Weight | null} null: the key is none of these
 */
export function stepped(key, weight, dims) {
  const now = weight ?? { layer: 0, from: 0, to: 0 };
  /** @type {Record<string, Weight>} */
  const next = {
    ArrowLeft: { ...now, layer: now.layer - 1 },
    ArrowRight: { ...now, layer: now.layer + 1 },
    ArrowUp: { ...now, from: now.from - 1 },
    ArrowDown: { ...now, from: now.from + 1 },
    PageUp: { ...now, to: now.to - 1 },
    PageDown: { ...now, to: now.to + 1 },
    b: { ...now, from: dims[now.layer] },
  };
  const found = next[key];
  if (!found) return null;
  return weight ? within(found, dims) : within(now, dims);
}

/** @param {Weight} weight @param {number[]} dims @returns {Weight} the nearest that there is */
export function within({ layer, from, to }, dims) {
  const clamp = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(Math.max(value, 0), most);
  const held = clamp(layer, dims.length - 2);
  return { layer: held, from: clamp(from, dims[held]), to: clamp(to, dims[held + 1] - 1) };
}
