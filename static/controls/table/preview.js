// @ts-check
/**
 * The first rows of a table as they are understood, under what each column holds. A click on a column lets it be learned
 * from, or not; another one makes it what is to be told from the others. Below stands what would be used of it, and which
 * rows would not.
 *
 * @import { Look } from '../../net/files.js'
 * @import { LookedColumn, LookedRow, TableReading } from '../../net/messages.js'
 */
import { fill } from "../../format.js";
import { on, part, say, stamp } from "../widgets/dom.js";
import { draw } from "./histogram.js";
import { toldOf, turned } from "./kinds.js";

const WIDEST = 100; // columns that are drawn, and the target; all are used
const SPELT = 4; // inputs that are named in the sentence below the table
const DAY = 86_400_000; // ms

/**
 * @param {HTMLElement} popover
 * @param {(reading: TableReading) => void} chosen
 * @returns {{show: (look: Look, reading: TableReading) => void}}
 */
export function preview(popover, chosen) {
  const words = popover.dataset;
  const kinds = new Map((words.kinds ?? "").split("|").map((each) => /** @type {[string, string]} */ (each.split(":"))));
  const spelt = (/** @type {number} */ count) => count.toLocaleString("en");

  /** @param {Look} look @param {TableReading} reading */
  function show(look, reading) {
    const { columns, rows } = look;
    const names = columns.map(({ name }) => name);
    const target = look.target ?? (names.includes(reading.target ?? "") ? reading.target : names.at(-1)) ?? null;
    const inputs = reading.inputs ?? names.filter((name) => name !== target);
    const drawn = columns.filter(({ name }, i) => i < WIDEST || name === target);
    part(popover, "heads").replaceChildren(...(columns.length > 0 ? [corner()] : []), ...drawn.map((column) => head(column, target, inputs, names, reading)));
    part(popover, "rows").replaceChildren(...look.first.map((row) => line(row, look, target, inputs)));
    const shown = look.first.length;
    const wide = drawn.length < columns.length ? fill(words.wide, { shown: drawn.length, count: spelt(columns.length) }) : "";
    say(part(popover, "caption"), fill(shown < rows ? words.some : words.all, { shown, count: spelt(rows) }) + wide);
    showUse(look);
  }

  function corner() {
    const cell = document.createElement("td");
    cell.textContent = words.line ?? "";
    return cell;
  }

  /** @param {LookedColumn} column @param {string | null} target @param {string[]} inputs @param {string[]} names @param {TableReading} reading */
  function head(column, target, inputs, names, reading) {
    const { name } = column;
    const element = stamp(popover, "head");
    const aimed = name === target;
    const used = !aimed && inputs.includes(name);
    const [input, aim] = [part(element, "input"), part(element, "target")];
    element.classList.toggle("is-input", used);
    element.classList.toggle("is-target", aimed);
    say(part(element, "name"), name);
    input.setAttribute("aria-pressed", String(used));
    input.title = fill(words.input, { name });
    aim.setAttribute("aria-pressed", String(aimed));
    aim.title = fill(words.target, { name });
    aim.setAttribute("aria-label", aim.title);
    const kind = part(element, "kind");
    const told = toldOf(reading, name);
    say(kind, kinds.get(column.kind) ?? "");
    kind.classList.toggle("is-told", told !== null);
    kind.title = fill(words.kind, { name, other: kinds.get((told === null) === (column.kind === "word") ? "number" : "word") ?? "" });
    kind.setAttribute("aria-label", `${kinds.get(column.kind)}: ${kind.title}`);
    on(kind, "click", () => chosen(turned(reading, column)));
    say(part(element, "span"), span(column));
    say(part(element, "gone"), column.missing > 0 ? fill(words.missing, { count: spelt(column.missing) }) : "");
    draw(/** @type {any} */ (part(element, "bars")), column, fill(words.histogram, { name, count: column.bars.length, ...ends(column) }));
    on(input, "click", () => {
      if (aimed) return;
      const next = used ? inputs.filter((each) => each !== name) : names.filter((each) => each === name || inputs.includes(each));
      chosen({ ...reading, target, inputs: next });
    });
    on(aim, "click", () => {
      // The column that was to be told changes places with the one that is.
      const next = names.filter((each) => (each === name ? false : each === target || inputs.includes(each)));
      chosen({ ...reading, target: name, inputs: next });
    });
    return element;
  }

  /** @param {LookedRow} row @param {Look} look @param {string | null} target @param {string[]} inputs */
  function line({ line, cells, values }, { columns, fault_row }, target, inputs) {
    const element = document.createElement("tr");
    element.classList.toggle("is-fault", line === fault_row);
    const place = document.createElement("th");
    place.scope = "row";
    place.textContent = String(line);
    element.append(place);
    cells.forEach((text, i) => {
      const cell = element.insertCell();
      const column = columns[i];
      if (i >= WIDEST && column?.name !== target) return;
      const value = values.length > 0 ? values[i] : text;
      const shown = typeof value === "number" ? plain(value, 10) : value;
      cell.textContent = shown ?? "–";
      cell.classList.toggle("is-number", typeof value === "number");
      cell.classList.toggle("is-gone", value === null);
      cell.classList.toggle("is-unused", Boolean(column) && column.name !== target && !inputs.includes(column.name));
      if (value !== null && typeof value === "number" && Number(text) !== value) {
        const written = document.createElement("span"); // not as JavaScript would read it: both are to be seen
        written.className = "as-written";
        written.textContent = text;
        cell.append(" ", written);
      } else if (value === null && text !== "") cell.title = text;
    });
    return element;
  }

  /** @param {LookedColumn} column */
  function ends({ kind, low, high }) {
    const end = (/** @type {number | null} */ value) => (value === null ? "" : kind === "date" ? new Date(value * DAY).toISOString().slice(0, 10) : plain(value, Number.isInteger(value) ? 15 : 4));
    return { low: end(low), high: end(high) };
  }

  /** @param {LookedColumn} column */
  function span(column) {
    if (column.kind === "word") return fill(words.words, { count: spelt(column.different) });
    return column.low === null ? "" : fill(words.to, ends(column));
  }

  /** @param {Look} look */
  function showUse({ kind, target, inputs, used, classes, notes, left_out, rows }) {
    const named = inputs.length > SPELT ? [...inputs.slice(0, SPELT - 1), fill(words.more, { count: inputs.length - SPELT + 1 })] : inputs;
    const values = { rows: spelt(used), count: classes.length, target: target ?? "", inputs: named.join(", ") };
    say(part(popover, "verdict"), kind === null ? "" : fill(words[kind], values));
    part(popover, "notes").replaceChildren(...notes.map((note) => item(note)));
    const gone = rows - used;
    part(popover, "left").hidden = kind === null || gone === 0;
    say(part(popover, "left-says"), fill(words.left, { count: spelt(gone) }));
    const more = gone > left_out.length ? [item(fill(words.leftMore, { count: spelt(gone - left_out.length) }))] : [];
    part(popover, "left-rows").replaceChildren(...left_out.map(([row, columns]) => item(fill(words.leftRow, { row, columns }))), ...more);
  }

  return { show };
}

/** A number as the table itself may have it: no powers of ten where there need be none. @param {number} value @param {number} digits */
const plain = (value, digits) => String(Number(value.toPrecision(digits)));

/** @param {string} text */
function item(text) {
  const element = document.createElement("li");
  element.textContent = text;
  return element;
}
