// @ts-check
/**
 * What this browser keeps from visit to visit. Where it forbids that (its cookies are blocked, the page is embedded, the
 * store is full) nothing is kept, nobody notices a fault, and what was chosen holds for as long as the page is open: its
 * owner holds it. theme-first.js, which runs before any module, reads the same store.
 */

/**
 * Keeps it.
 *
 * @param {string} key
 * @param {string | null} value null to forget
 */
export function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // forbidden, or full
  }
}

/**
 * What was kept; null where nothing is.
 *
 * @param {string} key
 * @returns {string | null}
 */
export function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
