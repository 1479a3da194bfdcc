// @ts-check
/**
 * By hand and by luck: the start as two sliders with its error beside them, and random tries of which the best is kept.
 *
 * @import { Point, RegressionActions, RegressionState } from '../../state/types.js'
 */
import { fill, number, tick } from "../../format.js";
import { lossAt } from "../../state/loss.js";
import { on, part, putNumber, say, together } from "../widgets/dom.js";
import { isTable } from "../../state/regression/setup.js";

const STOPS = 400; // of a slider over the window of its weight

/**
 * @param {HTMLElement} element
 * @param {RegressionState} state
 * @param {RegressionActions} actions
 * @returns {() => void} undo
 */
export function byHand(element, state, actions) {
  const { fit, setup, data, tried, catalog } = state;
  const words = element.dataset;
  const lines = ["first", "second"].map((name) => {
    const line = part(element, name);
    const input = (/** @type {string} */ each) => /** @type {HTMLInputElement} */ (part(line, each));
    return { line, slider: input("slider"), field: input("value") };
  });
  const tries = /** @type {HTMLSelectElement} */ (part(element, "tries"));

  /** @param {0 | 1} which @returns {[number, number]} what its slider spans */
  const range = (which) => fit.get()?.plane.window[which] ?? [-1, 1];

  function show() {
    const known = fit.get();
    const { start, loss } = setup.get();
    const straight = start.length === 2;
    part(element, "sliders").hidden = !straight;
    part(element, "many").hidden = straight;
    lines.forEach(({ line, slider, field }, i) => {
      const which = /** @type {0 | 1} */ (i);
      const [low, high] = range(which);
      const name = known?.dim === 2 ? known.names[i] : "";
      say(part(line, "label"), name);
      slider.setAttribute("aria-label", fill(words.slider, { name }));
      field.setAttribute("aria-label", fill(words.field, { name }));
      slider.value = String(Math.round((STOPS * (start[i] - low)) / (high - low)));
      slider.setAttribute("aria-valuetext", tick(start[i], 4));
      putNumber(field, Number(start[i].toPrecision(6)));
    });
    const called = catalog.losses.find(({ key }) => key === loss)?.name ?? loss;
    const { points, sets } = data.get();
    const { losses, training, have } = state.run.get();
    const raced = have < 0 ? NaN : (training ?? losses)[0][0]; // a table's rows are known to the server alone
    const mine = isTable(setup.get()) ? raced : known?.dim === start.length ? lossAt(start, known, points, sets, setup.get()) : NaN;
    say(part(element, "hand-name"), fill(words.hand, { loss: called }));
    say(part(element, "hand-loss"), number(mine, 5));
    showLuck();
  }

  function showLuck() {
    const best = tried.get();
    const line = part(element, "luck");
    line.hidden = best === null;
    if (best) say(line, fill(words.best, { tries: best.tries.toLocaleString("en"), loss: number(best.loss, 5) }));
    part(element, "use").hidden = best === null;
  }

  /** @param {number} which @param {number} value */
  function set(which, value) {
    actions.moveStart(/** @type {Point} */ (setup.get().start.with(which, value)));
  }

  return together([
    setup.subscribe(show),
    fit.subscribe(show),
    data.subscribe(show),
    tried.subscribe(showLuck),
    state.run.subscribe(() => isTable(setup.get()) && show()),
    ...lines.flatMap(({ slider, field }, i) => [
      on(slider, "input", () => {
        const [low, high] = range(/** @type {0 | 1} */ (i));
        set(i, Number((low + ((high - low) * slider.valueAsNumber) / STOPS).toPrecision(4)));
      }),
      on(field, "input", () => {
        const good = Number.isFinite(field.valueAsNumber);
        field.setAttribute("aria-invalid", String(!good));
        if (good) set(i, field.valueAsNumber);
      }),
      on(field, "blur", () => {
        field.removeAttribute("aria-invalid");
        show();
      }),
    ]),
    on(part(element, "throw"), "click", () => actions.tryLuck(Number(tries.value))),
    on(part(element, "use"), "click", () => {
      const best = tried.get()?.best;
      if (best) actions.setStart(best.map((weight) => Number(weight.toPrecision(6))));
    }),
  ]);
}
