// @ts-check
/**
 * The loss of all tries against one thing that was varied: a dot for each.
 *
 * @import { SearchState, Try } from '../../state/search/types.js'
 */
import { fill } from "../../format.js";
import { watchSize } from "../../plot.js";
import { onChange, painter } from "../canvas/frame-loop.js";
import { addLayer } from "../canvas/layer.js";
import { readPalette } from "../canvas/palette.js";
import { begun } from "../../state/search/tries.js";
import { axesOf, lossAxis, passes, ranks } from "./axes.js";
import { inks } from "./inks.js";

const MARGIN = { left: 58, right: 14, top: 14, bottom: 40 };
const NEAR = 16; // px from a dot that is still meant

/**
 * @param {HTMLElement} card
 * @param {SearchState} state
 * @returns {() => void} undo
 */
export function scatterView(card, state) {
  const words = card.dataset;
  const plot = /** @type {HTMLElement} */ (card.querySelector('[data-part="plot"]'));
  const across = /** @type {HTMLSelectElement} */ (card.querySelector('[data-part="axis"]'));
  const layer = addLayer(plot, "scatter");
  /** @type {{left: number, top: number, each: Try}[]} */
  let dots = [];

  function offer() {
    const names = (state.results.get() ?? begun(state.wanted.get())).varied;
    if (names.join() === [...across.options].map(({ value }) => value).join()) return;
    const before = across.value;
    across.replaceChildren(...names.map((name) => new Option(name, name)));
    if (names.includes(before)) across.value = before;
  }

  function paint() {
    offer();
    const results = state.results.get() ?? begun(state.wanted.get());
    layer.fit(plot.clientWidth, plot.clientHeight);
    layer.clear();
    dots = [];
    if (across.selectedIndex < 0) return;
    const palette = readPalette(plot);
    const c = layer.context;
    const [width, height] = [plot.clientWidth - MARGIN.left - MARGIN.right, plot.clientHeight - MARGIN.top - MARGIN.bottom];
    const all = axesOf(results);
    const axis = all[across.selectedIndex];
    const loss = lossAxis(results, fill(words.loss, { judge: results.judge }));
    const left = (/** @type {number} */ at) => MARGIN.left + at * width;
    const top = (/** @type {number} */ at) => MARGIN.top + (1 - at) * height;
    c.font = `12px ${palette.font}`;
    c.lineWidth = 1;
    c.textBaseline = "middle";
    const bare = results.tries.some((each) => each.loss === null) ? [{ at: 1, text: words.diverged ?? "" }] : [];
    for (const { at, text } of [...loss.ticks, ...bare]) {
      c.strokeStyle = palette.hairline;
      hairline(c, MARGIN.left, top(at), width);
      c.textAlign = "right";
      c.fillStyle = palette.muted;
      c.fillText(text, MARGIN.left - 7, top(at));
    }
    c.fillStyle = palette.muted;
    c.textAlign = "center";
    let last = -Infinity;
    for (const { at, text } of axis.ticks) {
      const half = c.measureText(text).width / 2 + 5;
      if (left(at) - half < last) continue;
      last = left(at) + half;
      c.fillText(text, left(at), MARGIN.top + height + 13);
    }
    c.fillText(axis.name, MARGIN.left + width / 2, MARGIN.top + height + 30);
    c.save();
    c.translate(9, MARGIN.top + height / 2);
    c.rotate(-Math.PI / 2);
    c.fillText(loss.name, 0, 0);
    c.restore();

    const [rank, ink, kept] = [ranks(results.tries), inks(plot), state.kept.get()];
    const axes = [...all, loss];
    for (const each of results.tries.toReversed()) {
      const at = axis.place(each.choices[axis.name]);
      if (at === null) continue;
      const dot = { left: left(at), top: top(loss.place(each.loss) ?? 1), each };
      const shown = passes(each, axes, kept);
      if (shown) dots.push(dot);
      c.globalAlpha = shown ? 1 : 0.15;
      disc(c, dot, 4, ink(rank.get(each.number) ?? 1, each.loss === null), palette.card);
    }
    c.globalAlpha = 1;
    for (const number of [state.pointed.get(), state.chosen.get()]) {
      const dot = dots.find(({ each }) => each.number === number);
      if (dot) disc(c, dot, 6.5, ink(rank.get(dot.each.number) ?? 1, dot.each.loss === null), palette.ink);
    }
  }

  /** @param {PointerEvent} event */
  function near({ clientX, clientY }) {
    const corner = plot.getBoundingClientRect();
    let [best, found] = [NEAR, /** @type {number | null} */ (null)];
    for (const { left, top, each } of dots) {
      const gap = Math.hypot(left - clientX + corner.left, top - clientY + corner.top);
      if (gap < best) [best, found] = [gap, each.number];
    }
    return found;
  }

  const frame = painter(paint);
  const controller = new AbortController();
  const { signal } = controller;
  plot.addEventListener("pointermove", (event) => state.pointed.set(near(event)), { signal });
  plot.addEventListener("pointerleave", () => state.pointed.set(null), { signal });
  plot.addEventListener("click", (event) => {
    const one = near(/** @type {PointerEvent} */ (event));
    if (one !== null) state.chosen.set(one);
  }, { signal });
  across.addEventListener("change", frame.dirty, { signal });
  const undos = [
    watchSize(plot, frame.dirty),
    state.theme.subscribe(() => requestAnimationFrame(frame.dirty)),
    onChange([state.wanted, state.results, state.chosen, state.pointed, state.kept], frame.dirty),
  ];
  return () => {
    controller.abort();
    for (const undo of undos) undo();
    frame.stop();
    layer.canvas.remove();
  };
}

/** @param {CanvasRenderingContext2D} c @param {number} left @param {number} top @param {number} width */
function hairline(c, left, top, width) {
  c.beginPath();
  c.moveTo(left, Math.round(top) + 0.5);
  c.lineTo(left + width, Math.round(top) + 0.5);
  c.stroke();
}

/** @param {CanvasRenderingContext2D} c @param {{left: number, top: number}} at @param {number} radius @param {string} colour @param {string} edge */
function disc(c, { left, top }, radius, colour, edge) {
  c.beginPath();
  c.arc(left, top, radius, 0, 2 * Math.PI);
  c.fillStyle = colour;
  c.fill();
  c.lineWidth = 1.5;
  c.strokeStyle = edge;
  c.stroke();
}
