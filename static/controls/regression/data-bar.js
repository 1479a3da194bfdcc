// @ts-check
/**
 * What stands around the data plane: point sets to begin with, undo and redo, how many points there are and of which
 * kind, and what is done to them by buttons.
 *
 * @import { RegressionActions, RegressionState } from '../../state/types.js'
 */
import { fill } from "../../format.js";
import { isTable } from "../../state/regression/setup.js";
import { on, part, say, together } from "../widgets/dom.js";
import { undoRedo } from "../widgets/undo-redo.js";

const SPELT = 20; // inputs that are named
const TABLE = "table:"; // before the key of a table, among the keys of point sets

/**
 * @param {HTMLElement} element
 * @param {RegressionState} state
 * @param {RegressionActions} actions
 * @returns {() => void} undo
 */
export function dataBar(element, state, actions) {
  const { catalog, data, fit, reach, selected, setup, view } = state;
  const preset = /** @type {HTMLSelectElement} */ (part(element, "preset"));
  const own = /** @type {HTMLOptionElement} */ (part(element, "own"));
  const [count, empty, legend, lines] = ["count", "empty", "legend", "lines"].map((name) => part(element, name));
  const [squares, lasso, remove] = ["squares", "lasso", "remove"].map((name) => part(element, name));

  preset.append(
    ...catalog.pointSets.map(({ key, name, teaches }) => {
      const option = new Option(name, key);
      option.title = teaches;
      return option;
    }),
    ...catalog.tables.map(({ key, name, teaches }) => {
      const option = new Option(name, `${TABLE}${key}`);
      option.title = teaches;
      return option;
    }),
  );

  /** A table has no plane to be drawn in: what it is stands there in words. */
  function showTable() {
    const now = setup.get();
    const table = part(element, "table");
    const shown = isTable(now);
    table.hidden = !shown;
    for (const name of ["plane", "foot"]) part(element, name).hidden = shown;
    const known = fit.get();
    if (!shown || !known?.table) return;
    const { target, sizes, note } = known.table;
    const names = known.names.slice(0, -1); // the last is the bias
    const rows = sizes[0] + sizes[1] + sizes[2];
    say(part(table, "size"), fill(table.dataset.size, { rows: rows.toLocaleString("en"), inputs: names.length, target }));
    const spelt = names.length > SPELT + 1 ? [...names.slice(0, SPELT), fill(table.dataset.more, { count: names.length - SPELT })] : names;
    say(part(table, "inputs"), fill(table.dataset.inputs, { names: spelt.join(", ") }));
    say(part(table, "teaches"), catalog.tables.find(({ key }) => key === now.dataset)?.teaches ?? note ?? "");
  }

  function showPoints() {
    const { points, sets } = data.get();
    const number = points.length;
    say(count, fill(number === 1 ? count.dataset.one : count.dataset.many, { count: number }));
    empty.hidden = number > 0;
    legend.hidden = !sets.some((set) => set > 0);
  }

  function showSelected() {
    const number = selected.get().size;
    remove.hidden = number === 0;
    say(remove, fill(remove.dataset.label, { count: number }));
  }

  function removeSelected() {
    const gone = [...selected.get()];
    selected.set(new Set());
    actions.removePoints(gone);
  }

  return together([
    data.subscribe(showPoints),
    fit.subscribe((known) => {
      lines.hidden = !known?.straight?.weights;
      showTable();
    }),
    selected.subscribe(showSelected),
    setup.subscribe(({ preset: set = "", dataset }) => {
      const key = dataset === undefined ? set : `${TABLE}${dataset}`;
      own.hidden = key !== "";
      preset.value = key;
      showTable();
    }),
    undoRedo(element, reach, actions),
    view.subscribe((now) => {
      squares.setAttribute("aria-pressed", String(now.squares ?? false));
      lasso.setAttribute("aria-pressed", String(now.lasso ?? false));
    }),
    on(preset, "change", () => {
      const { value } = preset;
      if (value.startsWith(TABLE)) actions.loadTable(value.slice(TABLE.length));
      else if (value) actions.loadPointSet(value);
    }),
    on(squares, "click", () => view.update((old) => ({ ...old, squares: !old.squares }))),
    on(lasso, "click", () => view.update((old) => ({ ...old, lasso: !old.lasso }))),
    on(remove, "click", removeSelected),
  ]);
}
