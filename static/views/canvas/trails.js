// The trails of all entrants up to a step. What is old is drawn once and kept (two still canvases: the field, and the
// chosen entrant above it); only the last few dozen steps are painted at every frame.

import { clipTo } from './layer.js';
import { traceTrail } from './trail-path.js';

/** @typedef {import('./layer.js').Layer} Layer */
/** @typedef {import('./plane.js').Box} Box */

/**
 * Writes pixels x, y of steps from..to of an entrant into `out`, from its beginning; not finite where there is nothing.
 * @typedef {(entrant: number, from: number, to: number, out: Float64Array) => void} Project
 */

/**
 * @typedef {object} Scene
 * @property {unknown[]} key whatever the old part depends on; another key means drawing it anew
 * @property {Box} box
 * @property {number} step the playhead
 * @property {number} version changes whenever points may have changed
 * @property {(step: number) => number} sum changes when a point at or before that step has changed
 * @property {{index: number, colour: string}[]} entrants in the order they are painted
 * @property {number} chosen index of the entrant that lies on top
 * @property {string} halo colour of the halo
 * @property {Project} project
 * @property {Project} [projectFaint] where trails show through what hides them
 */

export const TRAIL_WIDTH = 2.3;
export const HALO_WIDTH = 4.6;
export const HALO_STRENGTH = 0.75;
const FAINT_STRENGTH = 0.3;
const FRESH = 96; // most steps repainted at every frame
const TAIL = 32; // of these, what stays fresh after the rest has been kept
const SPAN = 2000; // after so many steps a copy is put aside, so that going back does not begin at the start
const LEAD = 8; // steps that the line (not its halo) reaches back over the joint

/**
 * @param {Layer} field the others' old trails
 * @param {Layer} top the chosen one's
 * @param {Layer} fresh cleared by the caller at every frame
 */
export function trailPainter(field, top, fresh) {
  /** @type {unknown[]} */
  let key = [];
  let kept = 0; // the old part reaches to this step
  let version = -1;
  let sum = 0; // of the points kept
  /** @type {{step: number, field: HTMLCanvasElement, top: HTMLCanvasElement}[]} pictures of earlier steps, oldest first */
  let copies = [];
  let pixels = new Float64Array(1024);

  /** @param {Layer} layer @param {Scene} scene @param {{index: number, colour: string}} entrant @param {number} from @param {number} to */
  function strokeTrail({ context }, scene, { index, colour }, from, to) {
    const start = Math.max(0, from - LEAD);
    const need = 2 * (to - start + 1);
    if (pixels.length < need) pixels = new Float64Array(2 * need);
    context.lineJoin = 'round';
    if (scene.projectFaint) {
      scene.projectFaint(index, start, to, pixels);
      context.globalAlpha = FAINT_STRENGTH;
      line(context, pixels, from - start, to - start, scene.box, colour, TRAIL_WIDTH * 0.8, 'butt');
    }
    scene.project(index, start, to, pixels);
    context.globalAlpha = HALO_STRENGTH;
    line(context, pixels, from - start, to - start, scene.box, scene.halo, HALO_WIDTH, 'butt');
    context.globalAlpha = 1;
    line(context, pixels, 0, to - start, scene.box, colour, TRAIL_WIDTH, 'round');
  }

  /** @param {Scene} scene @param {number} from @param {number} to */
  function keep(scene, from, to) {
    for (const layer of [field, top]) {
      layer.context.save();
      clipTo(layer.context, scene.box);
    }
    for (const entrant of scene.entrants) {
      strokeTrail(entrant.index === scene.chosen ? top : field, scene, entrant, from, to);
    }
    field.context.restore();
    top.context.restore();
  }

  /** @param {Scene} scene @param {number} to */
  function keepUpTo(scene, to) {
    while (kept < to) {
      const next = Math.min(to, (Math.floor(kept / SPAN) + 1) * SPAN);
      keep(scene, kept, next);
      kept = next;
      const held = copies.at(-1)?.step ?? 0;
      if (kept % SPAN === 0 && kept > held) copies.push({ step: kept, field: copyOf(field.canvas), top: copyOf(top.canvas) });
    }
    sum = scene.sum(kept);
  }

  /** Back to the last picture at or before a step, or to an empty one. @param {number} step */
  function goBack(step) {
    field.clear();
    top.clear();
    const copy = copies.findLast((each) => each.step <= step);
    kept = copy ? copy.step : 0;
    if (!copy) return;
    putBack(field.context, copy.field);
    putBack(top.context, copy.top);
  }

  return {
    /** @param {Scene} scene */
    paint(scene) {
      const { step } = scene;
      const rewritten = kept > 0 && version !== scene.version && !Object.is(sum, scene.sum(kept));
      version = scene.version;
      if (rewritten || !sameKey(key, scene.key)) {
        key = scene.key;
        copies = [];
        goBack(0);
      } else if (step < kept) {
        goBack(step);
        sum = scene.sum(kept);
      }
      if (step - kept > FRESH) keepUpTo(scene, step - TAIL);
      for (const entrant of scene.entrants) strokeTrail(fresh, scene, entrant, kept, step);
    },
  };
}

/** @param {HTMLCanvasElement} canvas @returns {HTMLCanvasElement} */
function copyOf(canvas) {
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  copy.getContext('2d')?.drawImage(canvas, 0, 0);
  return copy;
}

/** @param {CanvasRenderingContext2D} context @param {HTMLCanvasElement} copy */
function putBack(context, copy) {
  context.save();
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.drawImage(copy, 0, 0);
  context.restore();
}

/** @param {unknown[]} a @param {unknown[]} b */
function sameKey(a, b) {
  return a.length === b.length && a.every((part, i) => Object.is(part, b[i]));
}

/**
 * @param {CanvasRenderingContext2D} context @param {Float64Array} pixels @param {number} first @param {number} last
 * @param {Box} box @param {string} colour @param {number} width @param {CanvasLineCap} cap
 */
function line(context, pixels, first, last, box, colour, width, cap) {
  if (last <= first) return;
  context.beginPath();
  traceTrail(context, pixels, first, last, box);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = cap;
  context.stroke();
}
