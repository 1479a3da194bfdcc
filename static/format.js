// How numbers are written: three or four significant digits, a true minus, superscript exponents, never NaN.

const NOTHING = '–';
const SUPERSCRIPT = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };

/** @param {number} exponent an integer @returns {string} e.g. "⁻³" */
function superscript(exponent) {
  return [...String(exponent)].map((sign) => SUPERSCRIPT[/** @type {keyof typeof SUPERSCRIPT} */ (sign)]).join('');
}

/** @param {string} text @returns {string} the same with a true minus sign */
function withMinus(text) {
  return text.replace('-', '−');
}

/**
 * A measured value: always the same number of significant digits, so that columns line up.
 * @param {number | null | undefined} value
 * @param {number} [digits] significant digits
 * @returns {string}
 */
export function number(value, digits = 4) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e5) {
    const text = value.toPrecision(digits);
    return withMinus(text.includes('e') ? String(Number(text)) : text);
  }
  const [mantissa, exponent] = value.toExponential(Math.max(0, digits - 2)).split('e');
  return `${withMinus(mantissa)}×10${superscript(Number(exponent))}`;
}

/**
 * A number that may be typed in again: with so many significant digits, and as a plain decimal where they reach its point.
 * @param {number | null | undefined} value
 * @param {number} digits
 * @returns {string}
 */
export function typeable(value, digits) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < Math.max(1e5, 10 ** digits))) {
    const text = value.toPrecision(digits);
    return withMinus(text.includes('e') ? String(Number(text)) : text);
  }
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  return `${withMinus(mantissa)}×10${superscript(Number(exponent))}`;
}

/**
 * A number on an axis or a contour line: as short as its digits allow.
 * @param {number} value
 * @param {number} [digits] most significant digits
 * @returns {string}
 */
export function tick(value, digits = 3) {
  if (!Number.isFinite(value)) return NOTHING;
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-4 && size < 1e5)) return withMinus(String(Number(value.toPrecision(digits))));
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e');
  const short = String(Number(mantissa));
  const power = `10${superscript(Number(exponent))}`;
  return short === '1' ? power : `${withMinus(short)}×${power}`;
}

/** @param {number} exponent an integer @returns {string} a power of ten: plain near one, else "10⁻³" */
export function powerOfTen(exponent) {
  return exponent >= 0 && exponent <= 3 ? String(10 ** exponent) : `10${superscript(exponent)}`;
}

/**
 * Put values into a sentence from a template: fill("step {step}", {step: 3}) is "step 3".
 * @param {string | undefined} text
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
export function fill(text, values) {
  return (text ?? '').replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * How long work will still take, in the words of a template; nothing where that is not known, or no second.
 * @param {string | undefined} text with {seconds}
 * @param {number | null | undefined} seconds
 * @returns {string}
 */
export function timeLeft(text, seconds) {
  return seconds && seconds >= 1 ? fill(text, { seconds: Math.ceil(seconds) }) : "";
}

/**
 * A share of one as per cent, with one decimal; number and sign stay on one line.
 * @param {number | null | undefined} share
 * @returns {string} "98.8 %"
 */
export function percent(share) {
  return share === null || share === undefined || !Number.isFinite(share) ? NOTHING : `${(100 * share).toFixed(1)}\u00a0%`;
}
