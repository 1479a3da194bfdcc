// @ts-check
/**
 * A long line of numbers in MathML, which a browser never breaks, in pieces between which it may: each begins with a sign
 * of addition or equality.
 */

const FLAT = ["mn", "mi", "mo", "mspace", "msup"]; // nothing that a bracket would have to grow for
const BREAKS = ["+", "=", "−", "≈"];

/** @param {Element} element @returns {boolean} */
const flat = (element) => (element.localName === "mrow" ? [...element.children].every(flat) : FLAT.includes(element.localName));

/** The elements of a row, with those of rows inside it. @param {Element} row @returns {Element[]} */
const spread = (row) => [...row.children].flatMap((each) => (each.localName === "mrow" && flat(each) ? spread(each) : [each]));

/**
 * @param {ParentNode} formula in which there is one element math, on a line of its own
 * @returns {Element[]} as many elements math, to be put into running text
 */
export function pieces(formula) {
  const math = formula.querySelector("math");
  if (!math) return [];
  /** @type {Element[][]} */
  const groups = [[]];
  for (const each of spread(math.children.length === 1 ? math.children[0] : math)) {
    if (each.getAttribute("fence") === "true") each.setAttribute("stretchy", "false"); // numbers are all of one height
    const infix = each.localName === "mo" && each.getAttribute("form") === null && BREAKS.includes(each.textContent ?? "");
    const group = groups[groups.length - 1];
    if (infix && group.length > 0) {
      each.setAttribute("form", "infix"); // though it comes first
      groups.push([each]);
    } else group.push(each);
  }
  return groups.map((group) => {
    const piece = /** @type {Element} */ (math.cloneNode(false));
    piece.setAttribute("display", "inline");
    piece.setAttribute("displaystyle", "true");
    piece.append(...group);
    return piece;
  });
}
