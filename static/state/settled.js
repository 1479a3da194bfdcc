// @ts-check
/**
 * For panels of words and numbers: while a point is dragged they need not follow every movement, and the time is the
 * pictures'.
 *
 * @import { Readable } from './store.js'
 */

const PAUSE = 100; // ms between two changes that are told

/**
 * The same store, whose watchers hear of changes at most every PAUSE ms, and of the last one always.
 *
 * @template {Readable<any>} S
 * @param {S} store
 * @returns {S}
 */
export function settled(store) {
  return {
    ...store,
    /** @param {(value: any) => void} watch */
    subscribe(watch) {
      let told = -Infinity;
      /** @type {ReturnType<typeof setTimeout> | undefined} */
      let later;
      function tell() {
        clearTimeout(later);
        later = undefined;
        told = performance.now();
        watch(store.get());
      }
      const stop = store.subscribe(() => {
        const wait = told + PAUSE - performance.now();
        if (wait <= 0) tell();
        else later ??= setTimeout(tell, wait);
      });
      return () => {
        clearTimeout(later);
        stop();
      };
    },
  };
}
