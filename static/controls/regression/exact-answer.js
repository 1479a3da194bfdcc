// @ts-check
/**
 * The exact answer: its weights, its losses, and what is odd about it.
 *
 * @import { Fit, RegressionState } from '../../state/types.js'
 */
import { number, typeable } from "../../format.js";
import { part, say, stamp, together } from "../widgets/dom.js";

const DIGITS = 5;
const MANY = 14; // rows that the card has room for

/** What the server calls the losses, in the order in which they come. */
const SETS = /** @type {const} */ (["training", "validation", "test"]);

/** Fields of a refusal that are about the data, which have no field of their own. */
const ABOUT = ["points", "preset", "dataset", "table", "table_file", "reading", "changes", "setup"];

/**
 * @param {HTMLElement} element
 * @param {RegressionState} state
 * @returns {() => void} undo
 */
export function exactAnswer(element, state) {
  const { fit, setup, problem, catalog } = state;
  const list = part(element, "values");
  let built = "";

  /** @param {[string, string][]} rows name and value */
  function write(rows) {
    const names = rows.map(([name]) => name).join("\n");
    if (names !== built) {
      built = names;
      list.tabIndex = rows.length > MANY ? 0 : -1; // what scrolls must be reached by keys
      list.replaceChildren(
        ...rows.map(([name]) => {
          const row = stamp(element, "row-template");
          say(part(row, "name"), name);
          return row;
        }),
      );
    }
    rows.forEach(([, value], i) => say(part(list.children[i], "value"), value));
  }

  const lossName = () => catalog.losses.find(({ key }) => key === setup.get().loss)?.name ?? setup.get().loss;

  /** The errors of a curve beside those of a straight line, set by set. @param {Fit | null} known */
  function compare(known) {
    const { exact, straight } = known ?? {};
    const both = exact?.weights && straight?.weights;
    part(element, "errors").hidden = !both;
    if (!both) return;
    say(part(element, "errors-of"), lossName());
    SETS.forEach((set, i) => {
      const row = part(element, `errors-${set}`);
      const [curve, line] = [exact, straight].map(({ losses, training }) => (i === 0 ? training : losses[i]));
      row.hidden = curve === null && line === null;
      say(part(row, "curve"), number(curve, 4));
      say(part(row, "line"), number(line, 4));
    });
  }

  /** @param {Fit} known @returns {[string, string][]} */
  function rowsOf({ names, exact, straight }) {
    if (!exact?.weights) return [];
    const { l1, l2 } = setup.get();
    const called = lossName();
    const penalised = l1 > 0 || l2 > 0;
    const weights = exact.weights.map((weight, i) => /** @type {[string, string]} */ ([names[i], typeable(weight, Math.max(DIGITS, exact.digits))]));
    const losses = SETS.flatMap((set, i) => {
      const value = exact.losses[i];
      if (straight?.weights && !(i === 0 && penalised)) return []; // they stand beside those of the line
      if (value === null || (i > 0 && value === undefined)) return [];
      const split = exact.losses.some((each, k) => k > 0 && each !== null);
      const suffix = i === 0 && !split ? "" : ` ${element.dataset[set]}`;
      return [/** @type {[string, string]} */ ([`${called}${suffix}${i === 0 && penalised ? ` ${element.dataset.penalised}` : ""}`, number(value, DIGITS)])];
    });
    return [...weights, ...losses];
  }

  function show() {
    const known = fit.get();
    compare(known);
    write(known ? rowsOf(known) : []);
    const { loss, l1, l2 } = setup.get();
    const kind = loss !== "mse" ? "robust" : l1 > 0 && l2 > 0 ? "elastic" : l1 > 0 ? "lasso" : l2 > 0 ? "ridge" : "least";
    say(part(element, "method"), element.dataset[kind] ?? "");
    const wrong = problem.get();
    const about = wrong && (wrong.field === null || ABOUT.includes(wrong.field.split(/[.[]/)[0])) ? wrong.message : "";
    const unseen = known?.straight?.weights && known.straight.losses[2] === null ? element.dataset.unseen : "";
    say(part(element, "note"), about || [known?.note, unseen].filter(Boolean).join(" "));
  }

  return together([fit.subscribe(show), setup.subscribe(show), problem.subscribe(show)]);
}
