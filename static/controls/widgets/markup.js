// @ts-check
/**
 * Markup from our own server (MathML of formulas) as nodes. Nothing that a person typed comes this way.
 *
 * @param {string | null} text
 * @returns {DocumentFragment}
 */
export function markup(text) {
  const template = document.createElement("template");
  template.innerHTML = text ?? "";
  return template.content;
}
