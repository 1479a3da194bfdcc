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
 * @param {() => number} [pause] milliseconds between two paintings at least; the last change is always painted
 * @returns {{dirty: () => void, stop: () => void}}
 */
export function painter(paint, pause = () => 0) {
  let painted = -Infinity;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let later;
  const turn = () => {
    painted = performance.now();
    paint();
  };

  function dirty() {
    later = undefined;
    waiting.add(turn);
    if (booked) return;
    booked = true;
    requestAnimationFrame(paintAll);
  }

  return {
    dirty() {
      const wait = painted + pause() - performance.now();
      if (wait > 0) later ??= setTimeout(dirty, wait);
      else if (later === undefined) dirty();
    },
    stop() {
      clearTimeout(later);
      waiting.delete(turn);
    },
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
