// @ts-check
/**
 * The model that is fitted: its degree, the loss, the mini-batch, the penalties, the sets.
 *
 * @import { Model, RegressionActions, RegressionState } from '../../state/types.js'
 */
import { fill, tick } from "../../format.js";
import { isTable, standardised } from "../../state/regression/setup.js";
import { withShare } from "../../state/shares.js";
import { complaints } from "../widgets/number-field.js";
import { decades, evenly, notches } from "../widgets/notches.js";
import { on, part, say, together } from "../widgets/dom.js";

const DEGREES = evenly(1, 12);
const PENALTIES = [0, ...decades(-5, 1)];
const NOISES = [0, ...decades(-3, 0)];
const DELTAS = decades(-2, 1);
const PATIENCES = [0, 5, 10, 20, 50, 100, 200, 500];
const SHARES = evenly(0, 100, 5);
const FEW = 64; // points of a training set for which every batch size is a stop

/** Sizes of a mini-batch: all of them where there are few points, else doubling. @param {number} count of training points */
function sizes(count) {
  if (count <= FEW) return evenly(1, Math.max(1, count));
  const doubling = Array.from({ length: Math.ceil(Math.log2(count)) }, (_, i) => 2 ** i);
  return [...doubling, count];
}

/**
 * @param {HTMLElement} element
 * @param {RegressionState} state
 * @param {RegressionActions} actions
 * @returns {() => void} undo
 */
export function model(element, state, actions) {
  const { setup, fit, data } = state;
  const words = element.dataset;
  const loss = /** @type {HTMLSelectElement} */ (part(element, "loss"));
  const standardise = /** @type {HTMLInputElement} */ (part(element, "standardise"));
  const trained = () => {
    if (isTable(setup.get())) return fit.get()?.table?.sizes[0] ?? 0;
    return data.get().sets.filter((set) => set === 0).length;
  };

  loss.append(...state.catalog.losses.map(({ key, name }) => new Option(name, key)));

  /** @param {keyof Model} name @param {number[]} values @param {(value: number) => boolean} [fits] */
  const line = (name, values, fits = (value) => value >= 0) =>
    notches(part(element, name), { values: () => values, fits, set: (value) => actions.setModel({ [name]: value }) });
  const lines = {
    degree: line("degree", DEGREES, (value) => DEGREES.includes(value)),
    l2: line("l2", PENALTIES),
    l1: line("l1", PENALTIES),
    jitter: line("jitter", NOISES),
    delta: line("delta", DELTAS, (value) => value > 0),
    patience: line("patience", PATIENCES, (value) => Number.isInteger(value) && value >= 0),
  };
  const batch = notches(part(element, "batch"), {
    values: () => sizes(trained()),
    set: (value) => actions.setModel({ batch: value >= trained() ? 0 : value }),
    words: (value) => (value >= trained() ? fill(words.all, { count: trained() }) : tick(value, 6)),
  });
  const shares = /** @type {const} */ (["training", "validation", "test"]).map((name, which) =>
    notches(part(element, name), {
      values: () => SHARES,
      set: (share) => actions.setModel({ split: withShare(setup.get().split, /** @type {0 | 1 | 2} */ (which), share) }),
      words: (share) => fill(words.share, { share: tick(share, 3) }),
    }),
  );

  function show() {
    const now = setup.get();
    for (const [name, each] of Object.entries(lines)) each.show(now[/** @type {keyof typeof lines} */ (name)]);
    lines.patience.show(now.patience, now.split[1] === 0);
    part(element, "degree").hidden = isTable(now);
    part(element, "jitter").hidden = isTable(now);
    part(element, "delta").hidden = now.loss !== "huber";
    shares.forEach((each, which) => each.show(now.split[which]));
    if (loss.value !== now.loss) loss.value = now.loss;
    standardise.checked = standardised(now);
    showData();
  }

  /** What depends on how many points there are, and on what the server knows of them. */
  function showData() {
    batch.show(setup.get().batch || trained());
    const known = fit.get();
    say(part(element, "weights"), known ? fill(words.weights, { count: known.dim }) : "");
    const { condition = null } = known ?? {};
    say(part(element, "condition"), condition === null ? "" : fill(words.condition, { condition: tick(condition, 3) }));
    const drawn = !isTable(setup.get());
    part(element, "cross-validate").hidden = !drawn;
  }

  /** The card that shows the answer comes into view with it. @param {string} id */
  const reveal = (id) =>
    document.getElementById(id)?.scrollIntoView({ block: "nearest", behavior: "smooth" });

  return together([
    setup.subscribe(show),
    fit.subscribe(showData),
    data.subscribe(showData),
    complaints(element, state),
    on(loss, "change", () => actions.setModel({ loss: loss.value })),
    on(standardise, "change", () => actions.setModel({ standardise: standardise.checked })),
    on(part(element, "luck"), "click", () => {
      /** @type {HTMLElement} */ (document.querySelector('#by-hand [data-part="throw"]')).click();
      reveal("by-hand");
    }),
    on(part(element, "cross-validate"), "click", () => {
      /** @type {HTMLElement} */ (document.querySelector('#cross-validation [data-part="run"]')).click();
      reveal("cross-validation");
    }),
    batch.undo,
    ...[...Object.values(lines), ...shares].map(({ undo }) => undo),
  ]);
}
