// @ts-check
/**
 * What the cells of a column are taken for: as they look, or as somebody says.
 *
 * @import { LookedColumn, TableReading } from '../../net/messages.js'
 */

/** What somebody says that a column holds, if anybody does. @param {TableReading} reading @param {string} name @returns {"word" | "number" | null} */
export function toldOf({ words, numbers }, name) {
  if (words?.includes(name)) return "word";
  return numbers?.includes(name) ? "number" : null;
}

/**
 * The reading by which a column holds words, or numbers, or what it looks like.
 *
 * @param {TableReading} reading
 * @param {string} name
 * @param {"word" | "number" | null} kind
 * @returns {TableReading}
 */
export function takenAs({ words, numbers, ...rest }, name, kind) {
  const others = (/** @type {string[] | null | undefined} */ names) => (names ?? []).filter((each) => each !== name);
  const lists = { words: others(words), numbers: others(numbers) };
  if (kind !== null) lists[kind === "word" ? "words" : "numbers"].push(name);
  return { ...rest, ...(lists.words.length > 0 ? { words: lists.words } : {}), ...(lists.numbers.length > 0 ? { numbers: lists.numbers } : {}) };
}

/** What a click on what a column holds makes of it: the other one, and then again what it looks like. @param {TableReading} reading @param {LookedColumn} column */
export function turned(reading, { name, kind }) {
  const told = toldOf(reading, name);
  return takenAs(reading, name, told !== null ? null : kind === "word" ? "number" : "word");
}
