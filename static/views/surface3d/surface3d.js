// The same race on the surface itself. Plotly draws the ground once per grid; trails and heads are painted on canvases
// over it, through the scene's own camera.

import { erase, plotly, watchSize, CONFIG } from '../../plot.js';
import { fittedCamera } from './camera.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { addLayer } from '../canvas/layer.js';
import { cross, head, star, SAME } from '../canvas/marks.js';
import { depthTest } from './occlusion.js';
import { readPalette } from '../canvas/palette.js';
import { sceneMatrix, toScreen } from './projection.js';
import { relief, valueAt } from '../map/relief.js';
import { coarseMesh, hasAxes, surfaceData, surfaceLayout } from './surface-figure.js';
import { pathSum, runKey, seenEntrants, shownStep } from '../canvas/trail-scene.js';
import { trailPainter } from '../canvas/trails.js';

const CROWD = 16; // minima: more are drawn small
const LIFT = 0.012; // of the height shown: trails lie a little above the ground
const AWAY = 1000; // milliseconds after which a scene that nobody sees is taken down: Plotly asks at every frame whether it moves
const WATCH = 700; // milliseconds that the camera may go on moving after the last touch

/**
 * @param {HTMLElement} element
 * @param {import('../../state/types.js').State} state
 * @returns {() => void} undo
 */
export function surfaceView(element, state) {
  const figure = document.createElement('div');
  figure.className = 'figure';
  figure.setAttribute('aria-hidden', 'true'); // the map and the table say the same to a screen reader
  element.append(figure);
  const field = addLayer(element, 'trails');
  const top = addLayer(element, 'trails');
  const fresh = addLayer(element, 'heads');
  const trails = trailPainter(field, top, fresh);
  let palette = readPalette(element);
  let size = { width: 0, height: 0 };
  let drawing = false;
  /** @type {unknown[]} */
  let lastDrawn = [];
  /** @type {object | null} where the person has put the eye; null: nowhere yet */
  let camera = null;
  /** @type {{grid: import('../map/relief.js').Grid, ground: import('../map/relief.js').Relief, mesh: import('./occlusion.js').Mesh} | null} what the scene shows */
  let shown = null;
  /** @type {{matrix: Float64Array, hides: (left: number, top: number, depth: number) => boolean} | null} */
  let sight = null;

  const visible = () => size.width > 20 && size.height > 20;

  async function drawFigure() {
    const grid = state.map.get();
    if (!grid || drawing || !visible()) return;
    const wanted = [grid, palette, size];
    if (wanted.every((part, i) => part === lastDrawn[i])) return;
    drawing = true;
    const Plotly = await plotly();
    await idle();
    lastDrawn = wanted;
    const ground = relief(grid);
    const mesh = coarseMesh(grid, ground);
    const graph = /** @type {any} */ (figure);
    const started = Boolean(graph.layout);
    const { axes } = state.ground.get();
    const layout = surfaceLayout(grid, ground, axes, palette, size, camera ?? fittedCamera(mesh, grid, ground, size, hasAxes(size) ? axes : []), element.dataset.height ?? '');
    try {
      await Plotly.react(figure, surfaceData(mesh, ground, palette), layout, { ...CONFIG, plotGlPixelRatio: Math.min(2, Math.max(1, devicePixelRatio)) });
      shown = { grid, ground, mesh };
      if (!started) for (const name of ['plotly_relayout', 'plotly_relayouting']) graph.on(name, follow);
    } finally {
      drawing = false;
      sight = null;
      frame.dirty();
      figurePainter.dirty();
    }
  }
  const figurePainter = painter(() => void drawFigure());

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leaving;
  /** The scene goes, and its graphics memory with it; where the eye stood is kept for the next. */
  function takeDown() {
    if (visible()) return;
    if (drawing) return void (leaving = setTimeout(takeDown, AWAY));
    erase(figure);
    [lastDrawn, shown, sight] = [[], null, null];
  }

  /** @param {Record<string, any>} change */
  function follow(change) {
    camera = change['scene.camera'] ?? camera;
    watchCamera();
  }
  let watchUntil = 0;
  let watching = false;
  function watchCamera() {
    watchUntil = performance.now() + WATCH;
    if (watching) return;
    watching = true;
    const look = () => {
      frame.dirty();
      watching = performance.now() < watchUntil;
      if (watching) requestAnimationFrame(look);
    };
    look();
  }

  /** The scene's matrix and its depth, made anew when the camera has moved. */
  function sightNow() {
    const matrix = sceneMatrix(figure, size.width, size.height);
    if (!matrix || !shown) return null;
    if (!sight || sight.matrix.some((value, i) => value !== matrix[i])) {
      sight = { matrix, hides: depthTest(shown.mesh, matrix, size.width, size.height) };
    }
    return sight;
  }

  function paint() {
    for (const layer of [field, top, fresh]) layer.fit(size.width, size.height);
    fresh.clear();
    const now = visible() ? sightNow() : null;
    const step = shownStep(state);
    if (!now || !shown || step < 0) return;
    const run = state.run.get();
    const seen = seenEntrants(state);
    const locate = locator(shown, now.matrix, size);
    const spot = new Float64Array(3);
    const { context } = fresh;
    const project = (/** @type {boolean} */ everything) => (/** @type {number} */ entrant, /** @type {number} */ from, /** @type {number} */ to, /** @type {Float64Array} */ out) => {
      const points = run.points[entrant];
      for (let k = from, n = 0; k <= to; k++, n += 2) {
        locate(points[2 * k], points[2 * k + 1], spot);
        const seenHere = everything || !now.hides(spot[0], spot[1], spot[2]);
        out[n] = seenHere ? spot[0] : NaN;
        out[n + 1] = spot[1];
      }
    };
    const values = shown.grid.minima.map(({ value }) => value ?? Infinity);
    const best = Math.min(...values);
    for (const [i, { point }] of shown.grid.minima.entries()) {
      locate(point[0], point[1], spot);
      if (!Number.isFinite(spot[0]) || now.hides(spot[0], spot[1], spot[2])) continue;
      star(context, spot[0], spot[1], palette.ink, palette.card, values[i] - best > SAME * Math.max(1, Math.abs(best)), shown.grid.minima.length > CROWD ? 0.62 : 1);
    }
    trails.paint({
      key: [...runKey(state, seen), now, palette, size],
      box: { left: 0, top: 0, ...size },
      step,
      version: run.version,
      sum: (upTo) => pathSum(run, upTo),
      entrants: seen,
      chosen: state.chosen.get(),
      halo: palette.card,
      project: project(false),
      projectFaint: project(true),
    });
    for (const { index, colour } of seen) {
      locate(run.points[index][2 * step], run.points[index][2 * step + 1], spot);
      if (!Number.isFinite(spot[0])) continue;
      const outcome = run.outcomes[index];
      const dead = outcome?.kind === 'diverged' && outcome.step !== null && step >= outcome.step;
      context.globalAlpha = now.hides(spot[0], spot[1], spot[2]) ? 0.45 : 1;
      if (dead) cross(context, spot[0], spot[1], colour, palette.card);
      else head(context, spot[0], spot[1], colour, palette.card, size.width < 380 ? 4 : 5);
      context.globalAlpha = 1;
    }
  }
  const frame = painter(paint);

  for (const kind of ['pointerdown', 'pointermove', 'wheel', 'touchmove']) figure.addEventListener(kind, watchCamera, { passive: true });
  const undos = [
    watchSize(element, (width, height) => {
      if (width === size.width && height === size.height) return;
      size = { width, height };
      clearTimeout(leaving);
      if (!visible()) leaving = setTimeout(takeDown, AWAY);
      figurePainter.dirty();
      frame.dirty();
    }),
    state.theme.subscribe(() => requestAnimationFrame(() => {
      palette = readPalette(element);
      figurePainter.dirty();
      frame.dirty();
    })),
    onChange([state.map, state.view], figurePainter.dirty),
    onChange([state.run, state.playhead, state.setup, state.view, state.chosen, state.colours], frame.dirty),
  ];
  return () => {
    for (const undo of undos) undo();
    clearTimeout(leaving);
    figurePainter.stop();
    frame.stop();
    erase(figure);
    figure.remove();
    for (const { canvas } of [field, top, fresh]) canvas.remove();
  };
}

/**
 * Pixels and depth of the ground at x, y, a little lifted; NaN beyond the window, where no ground is drawn.
 * @param {{grid: import('../map/relief.js').Grid, ground: import('../map/relief.js').Relief, mesh: import('./occlusion.js').Mesh}} shown
 * @param {Float64Array} matrix
 * @param {{width: number, height: number}} size
 * @returns {(x: number, y: number, out: Float64Array) => void}
 */
function locator({ grid, ground, mesh }, matrix, { width, height }) {
  const surface = { ...grid, x: mesh.x, y: mesh.y };
  const lift = LIFT * (ground.high - ground.low);
  return (x, y, out) => toScreen(matrix, x, y, valueAt(surface, mesh.z, x, y) + lift, width, height, out);
}

/** @returns {Promise<void>} when the browser has nothing more urgent to do, within half a second */
function idle() {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve, 60);
  });
}
