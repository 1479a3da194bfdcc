// @ts-check
/**
 * A store is a value that can be watched: `subscribe` calls at once and returns its undo.
 *
 * @template T
 * @typedef {{get: () => T, subscribe: (watch: (value: T) => void) => (() => void)}} Readable
 */

/**
 * @template T
 * @typedef {Readable<T> & {set: (value: T) => void, update: (change: (value: T) => T) => void}} Writable
 */

/**
 * A store that can be set. Setting the very same value (===) tells nobody.
 *
 * @template T
 * @param {T} value
 * @returns {Writable<T>}
 */
export function writable(value) {
  /** @type {Set<{watch: (value: T) => void}>} */
  const watchers = new Set();

  /** @param {T} next */
  function set(next) {
    if (Object.is(next, value)) return;
    value = next;
    for (const watcher of [...watchers]) {
      // A watcher may set the store again: those told by the inner call must not see the older value after it.
      if (!Object.is(value, next)) return;
      if (watchers.has(watcher)) watcher.watch(next);
    }
  }

  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe(watch) {
      const watcher = { watch };
      watchers.add(watcher);
      watch(value);
      return () => void watchers.delete(watcher);
    },
  };
}

/**
 * A store computed from others. It works only while it is watched; `get` computes afresh when nobody watches.
 *
 * @template {readonly Readable<any>[]} Sources
 * @template T
 * @param {readonly [...Sources]} sources
 * @param {(...values: {[K in keyof Sources]: Sources[K] extends Readable<infer V> ? V : never}) => T} compute
 * @returns {Readable<T>}
 */
export function derived(sources, compute) {
  const now = () => compute(.../** @type {any} */ (sources.map((source) => source.get())));
  const inner = writable(/** @type {T} */ (/** @type {unknown} */ (undefined)));
  let watched = 0;
  /** @type {(() => void)[]} */
  let undo = [];

  function begin() {
    let ready = false;
    undo = sources.map((source) => source.subscribe(() => ready && inner.set(now())));
    ready = true;
    inner.set(now());
  }

  return {
    get: () => (watched > 0 ? inner.get() : now()),
    subscribe(watch) {
      if (watched++ === 0) begin();
      const stop = inner.subscribe(watch);
      let live = true;
      return () => {
        if (!live) return;
        live = false;
        stop();
        if (--watched === 0) for (const end of undo) end();
      };
    },
  };
}
