// The map: Plotly's contours, and over them the trails, the marks and the start to be dragged. All of them follow one
// `plane` (which window lies over which pixels); only the plane follows zoom and pan.

import { erase, plotly, watchSize, CONFIG } from '../../plot.js';
import { writable } from '../../state/store.js';
import { contourData, contourLayout, margins, LEVELS } from './contour-figure.js';
import { drawLabels, placeLabels } from './contour-labels.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { watchGestures } from '../canvas/gestures.js';
import { roundToPixel, startHandle } from '../canvas/handle.js';
import { addLayer } from '../canvas/layer.js';
import { livingGround } from './living-ground.js';
import { describeAt } from './hints.js';
import { readPalette } from '../canvas/palette.js';
import { Plane, sameWindow } from '../canvas/plane.js';
import { readout } from '../canvas/readout.js';
import { relief } from './relief.js';
import { racePainter } from './race-layer.js';
import { zoomButtons } from './zoom-buttons.js';

const SETTLE = 80; // milliseconds between two wishes for a finer grid while the window moves
const CALM = 400; // milliseconds after which ground that has changed is given back to Plotly
const CLOSEST = 1e-9; // of the coordinates' size: closer than this, doubles run out

/**
 * Puts more layers between the ground and the trails, and returns its undo.
 * @typedef {(element: HTMLElement, plane: import('../../state/types.js').Readable<Plane | null>,
 *   palette: () => import('../canvas/palette.js').Palette) => () => void} MoreLayers
 */

/**
 * @param {HTMLElement} element its data attributes hold the words
 * @param {import('../../state/types.js').State} state
 * @param {import('../../state/types.js').Actions} actions
 * @param {MoreLayers} [more]
 * @param {typeof startHandle} [beginning] what stands where the race begins
 * @param {typeof margins} [around] room for the axes
 * @returns {() => void} undo
 */
export function contourView(element, state, actions, more = () => () => {}, beginning = startHandle, around = margins) {
  const figure = document.createElement('div');
  figure.className = 'figure';
  element.prepend(figure);
  const living = livingGround(element, LEVELS);
  const labelLayer = addLayer(element, 'labels');
  const plane = writable(/** @type {Plane | null} */ (null));
  let palette = readPalette(element);
  let size = { width: 0, height: 0 };
  let moving = false; // Plotly is panning or zooming: it must not be redrawn under the hand
  let lively = false; // the ground is changing under the hand: it is painted elsewhere until it rests
  let drawing = false; // Plotly is at work
  let again = false;
  /** @type {{of: unknown, theme: unknown, window: unknown, size: unknown}} what the figure shows */
  let lastDrawn = { of: null, theme: null, window: null, size: null };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let settling;
  /** @type {import('../canvas/plane.js').Window} where the hand has moved it, to be told when it has settled */
  let wished;

  /** @param {import('../canvas/plane.js').Window} window */
  function look(window) {
    const { l, r, t, b } = around(size.width);
    const box = { left: l, top: t, width: Math.max(1, size.width - l - r), height: Math.max(1, size.height - t - b) };
    plane.set(new Plane(window, box));
  }

  /** The window has been moved by hand: show it at once, ask for its grid soon. */
  function wish(/** @type {import('../canvas/plane.js').Window} */ window) {
    if (!window.every(([low, high]) => high - low > CLOSEST * Math.max(Math.abs(low), Math.abs(high)) && Number.isFinite(high - low))) return;
    look(window);
    wished = window;
    settling ??= setTimeout(() => {
      settling = undefined;
      actions.setWindow(wished);
    }, SETTLE);
  }

  function showAll() {
    if (settling !== undefined) look(state.window.get()); // nobody has heard of the wish
    clearTimeout(settling);
    settling = undefined;
    actions.resetWindow();
  }

  async function drawFigure() {
    const map = state.map.get();
    const now = plane.get();
    if (!map || !now || moving || lively || size.width < 40) return;
    if (drawing) {
      again = true;
      return;
    }
    const wanted = { of: map, theme: palette, window: now.window, size };
    if (Object.entries(wanted).every(([key, value]) => lastDrawn[/** @type {keyof typeof lastDrawn} */ (key)] === value)) return;
    drawing = true;
    const Plotly = await plotly();
    const sameGround = lastDrawn.of === map && lastDrawn.theme === palette && lastDrawn.size === size;
    lastDrawn = wanted;
    const layout = contourLayout(now, state.ground.get().axes, palette, size.width, size.height, around(size.width));
    try {
      if (sameGround) await Plotly.relayout(figure, { 'xaxis.range': [...now.window[0]], 'yaxis.range': [...now.window[1]] });
      else await Plotly.react(figure, contourData(map, relief(map), palette), layout, CONFIG);
      if (!listening) listen(/** @type {any} */ (figure));
    } finally {
      drawing = false;
      if (lastDrawn.of === state.map.get()) living.hide();
      labelPainter.dirty();
    }
    if (again) {
      again = false;
      figurePainter.dirty();
    }
  }
  const figurePainter = painter(() => void drawFigure());

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let calm;
  /** @type {import('../../state/types.js').LossMap | null} */
  let last = null;
  /** Another grid of the same window: the ground itself has changed, and may go on changing. */
  function groundChanged() {
    const [before, map] = [last, state.map.get()];
    last = map;
    const changed = map && before && map !== before && lastDrawn.of !== null && sameWindow(map.window, before.window);
    if (!changed || !sameWindow(map.window, plane.get()?.window ?? null)) return figurePainter.dirty();
    lively = true;
    relief(map); // now, not in the frame
    groundPainter.dirty();
    clearTimeout(calm);
    calm = setTimeout(rest, CALM);
  }
  function rest() {
    lively = false;
    figurePainter.dirty();
  }
  const groundPainter = painter(() => {
    const [now, map] = [plane.get(), state.map.get()];
    if (now && map && lastDrawn.of !== map) living.paint(map, relief(map), now, palette);
  });

  let listening = false;
  /** @param {any} graph Plotly's element */
  function listen(graph) {
    listening = true;
    /** @param {Record<string, any>} change @returns {import('../canvas/plane.js').Window | null} */
    const windowOf = (change) => {
      const now = plane.get();
      if (!now) return null;
      const range = (/** @type {'xaxis' | 'yaxis'} */ axis, /** @type {[number, number]} */ held) =>
        /** @type {[number, number]} */ (
          [0, 1].map((end) => Number(change[`${axis}.range[${end}]`] ?? change[`${axis}.range`]?.[end] ?? held[end]))
        );
      return [range('xaxis', now.window[0]), range('yaxis', now.window[1])];
    };
    graph.on('plotly_relayouting', (/** @type {Record<string, any>} */ change) => {
      const window = windowOf(change);
      if (!window) return;
      moving = true;
      wish(window);
    });
    graph.on('plotly_relayout', (/** @type {Record<string, any>} */ change) => {
      if (drawing) return; // our own
      moving = false;
      const window = windowOf(change);
      if (window) {
        wish(window);
        lastDrawn.window = plane.get()?.window; // Plotly is there already
      }
      figurePainter.dirty();
    });
  }

  /** @type {{of: unknown, window: import('../canvas/plane.js').Window | null, labels: import('./contour-labels.js').Label[]}} */
  let labelled = { of: null, window: null, labels: [] };
  const labelPainter = painter(() => {
    const now = plane.get();
    const map = state.map.get();
    labelLayer.fit(size.width, size.height);
    labelLayer.clear();
    if (!now || !map || lastDrawn.of === null) return;
    if (lastDrawn.of !== map && sameWindow(map.window, labelled.window)) return; // the ground moves under them
    // While the window moves the labels move along; they are placed anew for a grid of the window itself.
    const settled = sameWindow(map.window, now.window);
    if (labelled.of !== map && lastDrawn.of === map && (settled || labelled.of === null)) {
      labelled = { of: map, window: map.window, labels: placeLabels(map, relief(map), now, LEVELS) };
    }
    drawLabels(labelLayer.context, labelled.labels, now, palette);
  });

  const undoMore = more(element, plane, () => palette);
  const race = racePainter(element, state, plane, () => palette);
  const undos = [
    beginning(element, state, actions, plane),
    readout(element, (left, top) => describeAt(element, state, plane.get(), left, top)),
    watchGestures(element, {
      tap(left, top) {
        const now = plane.get();
        if (!now || !now.holds(left, top)) return;
        const entrant = race.headAt(left, top);
        before = entrant === null ? state.start.get() : null;
        if (entrant === null) actions.moveStart(roundToPixel(now, left, top));
        else actions.choose(entrant);
      },
      doubleTap() {
        if (before) actions.moveStart(before); // the first of the two taps was not meant for the start
        showAll();
      },
      pinch(factor, left, top, dx, dy) {
        const now = plane.get();
        if (!now) return;
        const [[x0, x1], [y0, y1]] = now.zoomed(factor, left - dx, top - dy);
        const shiftX = (dx / now.perX) * factor;
        const shiftY = (dy / now.perY) * factor;
        wish([[x0 - shiftX, x1 - shiftX], [y0 - shiftY, y1 - shiftY]]);
      },
      pinched: figurePainter.dirty,
    }),
    watchSize(element, (width, height) => {
      if (width === size.width && height === size.height) return;
      size = { width, height };
      if (width > 0) look(plane.get()?.window ?? state.window.get());
    }),
    state.window.subscribe((window) => {
      if (settling !== undefined) return; // an answer with a window of its own is in: the hand goes first
      if (window && !sameWindow(window, plane.get()?.window ?? null)) {
        moving = false;
        if (size.width > 0) look(window);
      }
    }),
    state.theme.subscribe(() => requestAnimationFrame(() => {
      palette = readPalette(element);
      figurePainter.dirty();
      labelPainter.dirty();
      race.dirty();
    })),
    state.map.subscribe(groundChanged),
    onChange([plane, state.ground], figurePainter.dirty),
    onChange([plane, state.map, state.ground], labelPainter.dirty),
    plane.subscribe(() => {
      living.hide();
      if (lively) rest();
    }),
    undoMore,
    zoomButtons(element, (factor) => {
      const now = plane.get();
      if (now && factor) wish(now.zoomed(factor));
      else showAll();
    }),
  ];
  /** @type {[number, number] | null} the start before the last tap moved it */
  let before = null;

  return () => {
    clearTimeout(settling);
    for (const undo of undos) undo();
    race.undo();
    clearTimeout(calm);
    figurePainter.stop();
    groundPainter.stop();
    labelPainter.stop();
    living.undo();
    erase(figure);
    figure.remove();
    labelLayer.canvas.remove();
  };
}
