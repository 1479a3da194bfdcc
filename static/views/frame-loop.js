// One requestAnimationFrame for all views: state changes mark a painter dirty, and it paints once a frame at most.

/** @type {Set<() => void>} */
const waiting = new Set();
let booked = false;

function paintAll() {
  booked = false;
  const due = [...waiting];
  waiting.clear();
  for (const paint of due) {
    try {
      paint();
    } catch (error) {
      reportError(error); // one view's fault must not stop the others
    }
  }
}

/**
 * @param {() => void} paint
 * @returns {{dirty: () => void, stop: () => void}}
 */
export function painter(paint) {
  return {
    dirty() {
      waiting.add(paint);
      if (booked) return;
      booked = true;
      requestAnimationFrame(paintAll);
    },
    stop: () => void waiting.delete(paint),
  };
}

/**
 * Run `follow` whenever one of the stores changes (and once for each, at once).
 * @param {{subscribe: (fn: (value: any) => void) => () => void}[]} stores
 * @param {() => void} follow
 * @returns {() => void} undo
 */
export function onChange(stores, follow) {
  const undos = stores.map((store) => store.subscribe(follow));
  return () => undos.forEach((undo) => undo());
}
