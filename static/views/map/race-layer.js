// The race on the map: trails, heads, marks and arrows, on canvases over the plot.

import { drawArrows } from '../canvas/arrows.js';
import { onChange, painter } from '../canvas/frame-loop.js';
import { addLayer, clipTo } from '../canvas/layer.js';
import { cross, diamond, edgeMarker, head, star, HEAD_RADIUS, SAME } from '../canvas/marks.js';
import { pathSum, runKey, seenEntrants, shownStep } from '../canvas/trail-scene.js';
import { trailPainter } from '../canvas/trails.js';

const CROWD = 24; // minima and saddles: more are drawn small

/** @typedef {import('../canvas/plane.js').Plane} Plane */

/**
 * @param {HTMLElement} element
 * @param {import('../../state/types.js').State} state
 * @param {import('../../state/types.js').Readable<Plane | null>} plane
 * @param {() => import('../canvas/palette.js').Palette} paletteNow
 */
export function racePainter(element, state, plane, paletteNow) {
  const field = addLayer(element, 'trails');
  const top = addLayer(element, 'trails');
  const fresh = addLayer(element, 'heads');
  const trails = trailPainter(field, top, fresh);
  /** @type {{index: number, x: number, y: number}[]} */
  let heads = [];

  function paint() {
    const shown = plane.get();
    if (!shown) return;
    const palette = paletteNow();
    const { width, height } = element.getBoundingClientRect();
    const resized = [field, top, fresh].map((layer) => layer.fit(width, height)).includes(true);
    fresh.clear();
    const { context } = fresh;
    context.save();
    clipTo(context, shown.box);
    paintGround(context, shown, palette);
    const step = shownStep(state);
    const run = state.run.get();
    const seen = seenEntrants(state);
    if (step >= 0) {
      trails.paint({
        key: [...runKey(state, seen), shown, palette, resized ? {} : null],
        box: shown.box,
        step,
        version: run.version,
        sum: (upTo) => pathSum(run, upTo),
        entrants: seen,
        chosen: state.chosen.get(),
        halo: palette.card,
        project: projection(run, shown),
      });
      paintHeads(context, shown, palette, seen, step);
      const explained = state.explained.get();
      if (explained && state.view.get().arrows && explained.step === step && seen.some(({ index }) => index === explained.entrant)) {
        drawArrows(context, shown, explained, palette.arrows, palette.card);
      }
    }
    context.restore();
    state.paintedVersion.set(run.version);
  }

  function paintGround(/** @type {CanvasRenderingContext2D} */ context, /** @type {Plane} */ shown, /** @type {import('../canvas/palette.js').Palette} */ palette) {
    const { minima, saddles } = state.map.get() ?? state.ground.get();
    const size = minima.length + saddles.length > CROWD ? 0.62 : 1;
    for (const { point } of saddles) diamond(context, ...shown.toPixel(point[0], point[1]), palette.muted, palette.card, size);
    const values = minima.map(({ value }) => value ?? Infinity);
    const best = Math.min(...values);
    for (const [i, { point }] of minima.entries()) {
      star(context, ...shown.toPixel(point[0], point[1]), palette.ink, palette.card, values[i] - best > SAME * Math.max(1, Math.abs(best)), size);
    }
  }

  function paintHeads(
    /** @type {CanvasRenderingContext2D} */ context,
    /** @type {Plane} */ shown,
    /** @type {import('../canvas/palette.js').Palette} */ palette,
    /** @type {import('../canvas/trail-scene.js').Seen[]} */ seen,
    /** @type {number} */ step,
  ) {
    const run = state.run.get();
    heads = [];
    for (const { index, colour } of seen) {
      const [x, y] = shown.toPixel(run.points[index][2 * step], run.points[index][2 * step + 1]);
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      const { kind, step: when } = run.outcomes[index] ?? { kind: 'running', step: null };
      const dead = kind === 'diverged' && when !== null && step >= when;
      if (!shown.holds(x, y)) {
        const [atX, atY] = edgeMarker(context, shown.box, x, y, colour, palette.card);
        heads.push({ index, x: atX, y: atY });
        continue;
      }
      if (dead) cross(context, x, y, colour, palette.card);
      else head(context, x, y, colour, palette.card);
      heads.push({ index, x, y });
    }
  }

  const frame = painter(paint);
  const undo = onChange(
    [plane, state.run, state.playhead, state.setup, state.view, state.chosen, state.colours, state.explained, state.map],
    frame.dirty,
  );
  return {
    dirty: frame.dirty,
    /** @param {number} left @param {number} top @returns {number | null} the entrant whose head lies there */
    headAt(left, top) {
      const hit = heads.findLast(({ x, y }) => Math.hypot(x - left, y - top) < HEAD_RADIUS + 4);
      return hit ? hit.index : null;
    },
    undo() {
      undo();
      frame.stop();
      for (const { canvas } of [field, top, fresh]) canvas.remove();
    },
  };
}

/** @param {import('../../state/types.js').Run} run @param {Plane} plane @returns {import('../canvas/trails.js').Project} */
function projection(run, { originX, originY, perX, perY }) {
  return (entrant, from, to, out) => {
    const points = run.points[entrant];
    for (let k = 2 * from, n = 0; k <= 2 * to; k += 2, n += 2) {
      out[n] = originX + points[k] * perX;
      out[n + 1] = originY + points[k + 1] * perY;
    }
  };
}
