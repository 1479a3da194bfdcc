// @ts-check
/**
 * All tries as lines through parallel axes (Inselberg, 1985): one for each thing that was varied, the loss at the right.
 * The line under the pointer is named; a click chooses its try, dragging along an axis keeps those that pass there.
 *
 * @import { Kept, Results, SearchState, Try } from '../../state/search/types.js'
 * @import { Axis } from './axes.js'
 */
import { fill, number } from "../../format.js";
import { watchSize } from "../../plot.js";
import { onChange, painter } from "../canvas/frame-loop.js";
import { addLayer } from "../canvas/layer.js";
import { readPalette } from "../canvas/palette.js";
import { begun } from "../../state/search/tries.js";
import { axesOf, lossAxis, passes, placeOf, ranks } from "./axes.js";
import { inks } from "./inks.js";
import { handOn } from "./pointing.js";

const MARGIN = { left: 62, right: 62, top: 34, bottom: 20 };
const NARROWEST = 72; // px from one axis to the next

/**
 * @param {HTMLElement} card
 * @param {SearchState} state
 * @returns {() => void} undo
 */
export function parallelView(card, state) {
  const words = card.dataset;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (card.querySelector(`[data-part="${name}"]`));
  const plot = part("plot");
  const layer = addLayer(plot, "parallel");
  /** @type {Axis[]} */
  let axes = [];
  /** @type {Try[]} */
  let tries = [];
  /** @type {HTMLElement[]} */
  const grips = [];
  let box = { left: 0, top: 0, width: 0, height: 0 };

  const x = (/** @type {number} */ i) => box.left + (axes.length > 1 ? i / (axes.length - 1) : 0.5) * box.width;
  const y = (/** @type {number} */ at) => box.top + (1 - at) * box.height;

  /** Before anything was tried the axes are those of what is asked for. */
  function measure() {
    const results = state.results.get() ?? begun(state.wanted.get());
    tries = results.tries;
    axes = [...axesOf(results), lossAxis(results, fill(words.loss, { judge: results.judge }))];
    plot.style.setProperty("--least", `${MARGIN.left + MARGIN.right + (axes.length - 1) * NARROWEST}px`);
    box = {
      left: MARGIN.left,
      top: MARGIN.top,
      width: Math.max(1, plot.clientWidth - MARGIN.left - MARGIN.right),
      height: Math.max(1, plot.clientHeight - MARGIN.top - MARGIN.bottom),
    };
  }

  /** The parts of the window that hear of drags along an axis. */
  function layGrips() {
    while (grips.length > axes.length) grips.pop()?.remove();
    while (grips.length < axes.length) {
      const grip = Object.assign(document.createElement("div"), { className: "parallel-axis" });
      grips.push(grip);
      plot.append(grip);
    }
    grips.forEach((grip, i) => (grip.style.left = `${x(i)}px`));
  }

  /** The corners of a try's line. @param {Try} each @returns {[number, number][]} */
  function corners(each) {
    /** @type {[number, number][]} */
    const found = [];
    axes.forEach((_, i) => {
      const at = placeOf(each, axes, i);
      if (at !== null) found.push([x(i), y(at)]);
    });
    return found;
  }

  function paint() {
    const results = state.results.get();
    measure();
    layGrips();
    layer.fit(plot.clientWidth, plot.clientHeight);
    layer.clear();
    const palette = readPalette(plot);
    const c = layer.context;
    const [kept, chosen, pointed] = [state.kept.get(), state.chosen.get(), state.pointed.get()];
    const shown = tries.filter((each) => passes(each, axes, kept));
    sayAll(results, shown.length);
    const [rank, ink] = [ranks(tries), inks(plot)];
    const line = (/** @type {Try} */ each, /** @type {number} */ width, /** @type {number} */ alpha) => {
      c.globalAlpha = alpha;
      c.lineWidth = width;
      c.strokeStyle = ink(rank.get(each.number) ?? 1, each.loss === null);
      trace(c, corners(each));
    };
    const faint = tries.filter((each) => !shown.includes(each));
    for (const each of faint.toReversed()) line(each, 1, 0.12);
    for (const each of shown.toReversed()) line(each, 1.5, shown.length > 300 ? 0.5 : 0.8);
    c.globalAlpha = 1;
    for (const number of [chosen, pointed]) {
      const each = tries.find((one) => one.number === number);
      if (!each) continue;
      c.lineWidth = 6;
      c.strokeStyle = palette.card;
      trace(c, corners(each));
      line(each, 3, 1);
    }
    axes.forEach((axis, i) => paintAxis(c, axis, i, palette, kept[i]));
    const own = tries.find(({ number }) => number === chosen);
    if (own) for (const [left, top] of corners(own)) ring(c, left, top, palette);
  }

  /** @param {CanvasRenderingContext2D} c @param {Axis} axis @param {number} i @param {import('../canvas/palette.js').Palette} palette @param {[number, number]} [kept] */
  function paintAxis(c, axis, i, palette, kept) {
    const at = Math.round(x(i)) + 0.5;
    c.lineWidth = 1;
    c.strokeStyle = palette.muted;
    trace(c, [[at, box.top], [at, box.top + box.height]]);
    if (kept) {
      c.globalAlpha = 0.3;
      c.fillStyle = palette.accent;
      c.fillRect(at - 6, y(kept[1]), 12, y(kept[0]) - y(kept[1]));
      c.globalAlpha = 1;
    }
    c.font = `12px ${palette.font}`;
    c.textBaseline = "middle";
    const side = i === axes.length - 1 ? 1 : -1; // on which the numbers stand
    c.textAlign = side > 0 ? "left" : "right";
    let last = Infinity;
    for (const { at: share, text } of axis.ticks) {
      const height = y(share);
      if (last - height < 14 && last !== Infinity) continue;
      last = height;
      label(c, text, at + 8 * side, height, palette);
      trace(c, [[at + 4 * side, height], [at, height]]);
    }
    if (i === axes.length - 1 && tries.some(({ loss }) => loss === null)) label(c, words.diverged ?? "", at + 8 * side, y(1), palette);
    c.textAlign = i === 0 ? "left" : i === axes.length - 1 ? "right" : "center";
    c.font = `600 13px ${palette.font}`;
    label(c, axis.name, i === 0 ? 8 : i === axes.length - 1 ? plot.clientWidth - 8 : at, 14, palette, palette.ink);
  }

  /** @param {Results | null} results @param {number} shown */
  function sayAll(results, shown) {
    const count = tries.length;
    const put = (/** @type {string} */ name, /** @type {string} */ text) => void (part(name).textContent !== text && (part(name).textContent = text));
    put("count", count === 0 ? "" : fill(shown < count ? words.some : words.tries, { count, shown }));
    part("clear").hidden = Object.keys(state.kept.get()).length === 0;
    const each = tries.find(({ number }) => number === (state.pointed.get() ?? state.chosen.get()));
    put("said", each && results ? toldOf(each, results) : count > 0 ? "" : ((state.going.get() ? words.coming : words.empty) ?? ""));
  }

  /** @param {Try} each @param {Results} results */
  function toldOf(each, { judge }) {
    const values = axes.slice(0, -1).flatMap(({ name, told }) => (each.choices[name] === undefined ? [] : [`${name} ${told(each.choices[name])}`])).join(", ");
    return fill(each.loss === null ? words.died : words.try, { number: each.number, values, judge, loss: number(each.loss, 4) });
  }

  const frame = painter(paint);
  const controller = new AbortController();
  const { signal } = controller;
  part("clear").addEventListener("click", () => state.kept.set(/** @type {Kept} */ ({})), { signal });
  const undos = [
    handOn(plot, state, { drawn: () => ({ tries, axes, box }), x, corners }),
    watchSize(plot, frame.dirty),
    state.theme.subscribe(() => requestAnimationFrame(frame.dirty)),
    onChange([state.wanted, state.results, state.chosen, state.pointed, state.kept, state.going], frame.dirty),
  ];
  return () => {
    controller.abort();
    for (const undo of undos) undo();
    frame.stop();
    for (const each of [layer.canvas, ...grips]) each.remove();
  };
}

/** @param {CanvasRenderingContext2D} c @param {[number, number][]} corners */
function trace(c, corners) {
  c.beginPath();
  corners.forEach(([left, top], i) => (i ? c.lineTo(left, top) : c.moveTo(left, top)));
  c.stroke();
}

/** @param {CanvasRenderingContext2D} c @param {number} left @param {number} top @param {import('../canvas/palette.js').Palette} palette */
function ring(c, left, top, palette) {
  c.beginPath();
  c.arc(left, top, 4, 0, 2 * Math.PI);
  c.fillStyle = palette.card;
  c.fill();
  c.lineWidth = 2;
  c.strokeStyle = palette.ink;
  c.stroke();
}

/** Words on a ground of their own, for lines pass behind them. @param {CanvasRenderingContext2D} c @param {string} text @param {number} left @param {number} top @param {import('../canvas/palette.js').Palette} palette @param {string} [colour] */
function label(c, text, left, top, palette, colour = palette.muted) {
  c.lineWidth = 4;
  c.lineJoin = "round";
  c.strokeStyle = palette.card;
  c.strokeText(text, left, top);
  c.fillStyle = colour;
  c.fillText(text, left, top);
  c.lineWidth = 1;
  c.strokeStyle = palette.muted;
}
