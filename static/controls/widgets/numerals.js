// @ts-check
/**
 * How numbers are written by people: with a decimal point or a decimal comma, with the full-width digits of East Asian
 * keyboards, with the minus sign of books, with thousands parted. The grammar is that of the tables
 * (descent_lab/tables/numerals.py). As there, nothing is guessed that could be a thousand times too small: of "1,500"
 * a person is asked what it is. "1.500" is 1.5, for the pages themselves write points.
 */

/**
 * What a text is: a number, or why it is none. Too `large` or too `small` is what no double can hold; `either` are the two
 * numbers that a doubtful text could be.
 *
 * @typedef {{value: number, fault: null} | {value: null, fault: "empty" | "none" | "large" | "small"}
 *   | {value: null, fault: "doubtful", either: [number, number]}} Reading
 */

const SPACES = " '’\u00a0\u202f"; // part thousands and nothing else

/** @param {string} decimal @param {string} thousands */
function written(decimal, thousands) {
  const tail = `(?:[${decimal}]\\d*)?`;
  const grouped = `[1-9]\\d{0,2}([${thousands}])\\d{3}(?:\\1\\d{3})*${tail}`;
  const plain = `(?:\\d+${tail}|[${decimal}]\\d+)(?:e[+-]?\\d+)?`;
  return new RegExp(`^[+-]?(?:${grouped}|${plain})$`, "i");
}

const POINT = written(".", `,${SPACES}`);
const COMMA = written(",", `.${SPACES}`);

/** Full-width signs as the plain ones that they stand for, and one kind of minus. @param {string} text */
const plainly = (text) =>
  text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replaceAll("−", "-")
    .trim();

/** @param {string} text of the grammar @param {"." | ","} decimal */
const valueOf = (text, decimal) =>
  Number(text.replace(new RegExp(`[${decimal === "." ? "," : "."}${SPACES}]`, "g"), "").replace(",", ".")) + 0; // no -0

/**
 * @param {string} text as it was typed
 * @returns {Reading}
 */
export function readNumber(text) {
  const plain = plainly(text);
  if (plain === "") return { value: null, fault: "empty" };
  const [point, comma] = [POINT.test(plain), COMMA.test(plain)];
  if (!point && !comma) return { value: null, fault: "none" };
  const value = valueOf(plain, point ? "." : ",");
  if (point && comma && plain.includes(",")) return { value: null, fault: "doubtful", either: [valueOf(plain, ","), value] };
  if (!Number.isFinite(value)) return { value: null, fault: "large" };
  if (value === 0 && /[1-9]/.test(plain.split(/e/i)[0])) return { value: null, fault: "small" };
  return { value, fault: null };
}
