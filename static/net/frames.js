// @ts-check
/**
 * Binary frames in the safetensors layout, the mirror of app/messages/frames.py: the length of the header (u64,
 * little-endian), the header as JSON, then the arrays. `__metadata__.event` holds the message they belong to.
 *
 * @typedef {Float64Array | Float32Array | Int32Array | Uint32Array | Int16Array | Uint8Array} Numbers
 * @typedef {{event: any, arrays: Record<string, Tensor>}} Frame
 */
/**
 * @template {Numbers} [N=any]
 * @typedef {{data: N, shape: number[]}} Tensor
 */

const KINDS = {
  F64: Float64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U8: Uint8Array,
  BOOL: Uint8Array,
};

/**
 * Reads a frame without copying: every array is a view into the frame's own bytes.
 *
 * @param {ArrayBuffer} bytes
 * @returns {Frame}
 */
export function unpacked(bytes) {
  const length = Number(new DataView(bytes).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length)));
  const { __metadata__: metadata, ...entries } = header;
  /** @type {Record<string, Tensor>} */
  const arrays = {};
  for (const [name, { dtype, shape, data_offsets: [from, to] }] of Object.entries(entries)) {
    const Kind = KINDS[/** @type {keyof typeof KINDS} */ (dtype)];
    arrays[name] = { data: new Kind(bytes, 8 + length + from, (to - from) / Kind.BYTES_PER_ELEMENT), shape };
  }
  return { event: JSON.parse(metadata.event), arrays };
}

/**
 * The rows of a two-dimensional array, each a view.
 *
 * @template {Numbers} N
 * @param {Tensor<N>} tensor
 * @returns {N[]}
 */
export function rows({ data, shape: [count, width] }) {
  return Array.from({ length: count }, (_, i) => /** @type {N} */ (data.subarray(i * width, (i + 1) * width)));
}
