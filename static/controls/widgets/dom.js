// @ts-check
/**
 * Finding and stamping what the templates name with data-part, and listening with an undo.
 */

/**
 * The element that the template calls `name`.
 *
 * @template {HTMLElement} [E=HTMLElement]
 * @param {ParentNode} root
 * @param {string} name
 * @returns {E}
 */
export function part(root, name) {
  const found = root.querySelector(`[data-part="${name}"]`);
  if (!found) throw new Error(`the template has no part "${name}"`);
  return /** @type {E} */ (found);
}

/**
 * A fresh copy of the one element inside the template that `root` calls `name`.
 *
 * @param {ParentNode} root
 * @param {string} name
 * @returns {HTMLElement}
 */
export function stamp(root, name) {
  const template = /** @type {HTMLTemplateElement} */ (part(root, name));
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}

/**
 * @template {Event} [E=Event]
 * @param {EventTarget} target
 * @param {string} type
 * @param {(event: E) => void} handler
 * @param {AddEventListenerOptions} [options]
 * @returns {() => void} stops listening
 */
export function on(target, type, handler, options) {
  const listener = /** @type {EventListener} */ (handler);
  target.addEventListener(type, listener, options);
  return () => target.removeEventListener(type, listener, options);
}

/**
 * @param {(() => void)[]} undos
 * @returns {() => void} undoes them all
 */
export const together = (undos) => () => {
  for (const undo of undos.splice(0)) undo();
};

/**
 * Sets the text only where it differs, so that nothing that stays the same is laid out or read aloud again.
 *
 * @param {Element} element
 * @param {string} text
 */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Puts a number into a field unless the person is in the middle of typing that very number.
 *
 * @param {HTMLInputElement} field
 * @param {number} value
 */
export function putNumber(field, value) {
  if (field === document.activeElement && field.valueAsNumber === value) return;
  const text = String(Number(value.toPrecision(8)));
  if (field.value !== text) field.value = text;
}
