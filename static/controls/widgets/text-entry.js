// @ts-check
/**
 * Where keys and paste belong to a field, the page keeps its hands off.
 */
const FIELDS = "input:not([type=range], [type=checkbox], [type=radio], [type=button]), textarea, [contenteditable]";

/** @param {EventTarget | null} target @returns {boolean} whether text is entered there */
export const entersText = (target) => target instanceof Element && target.closest(FIELDS) !== null;
