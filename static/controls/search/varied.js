// @ts-check
/**
 * What is varied: a line for each thing, of which one says what is tried of it; and the plan of the search.
 *
 * @import { Asked, SearchState } from '../../state/search/types.js'
 * @import { Refusal } from '../../net/socket.js'
 */
import { fill } from "../../format.js";
import { axisOf, kindOf } from "../../state/search/tries.js";
import { on, part, say, stamp, together } from "../widgets/dom.js";

const OPTIMIZER = "optimizer";
const NUMBERS = /** @type {const} */ (["tries", "seeds", "epochs"]);
const SWITCHES = /** @type {const} */ (["grid", "halving"]);

/**
 * @param {HTMLElement} card
 * @param {SearchState} state
 * @returns {{refuse: (error: Refusal) => boolean, undo: () => void}} `refuse` shows what the server says where it is about a
 *   field of this card
 */
export function varied(card, state) {
  const list = part(card, "axes");
  const words = card.dataset;
  const { catalog } = state;

  /** @param {Partial<Asked>} change */
  const ask = (change) => state.wanted.update(({ setup, search }) => ({ setup, search: { ...search, ...change } }));

  /** What can be varied now, with what people would try of it. */
  function known() {
    const { setup, search } = state.wanted.get();
    const axis = search.vary.map(axisOf).find(({ name }) => name === OPTIMIZER);
    const keys = axis ? axis.values.split(/[,|]/).map((key) => key.trim()) : [setup.entrants[0].optimizer];
    const knobs = Object.assign({}, ...keys.toReversed().map((/** @type {string} */ key) => catalog.optimizers[key]?.knobs ?? {}));
    const others = Object.keys(catalog.optimizers).slice(0, 3).filter((key) => !keys.includes(key));
    return { ...knobs, [OPTIMIZER]: [...keys, ...others].slice(0, 3).join(","), ...catalog.fields[kindOf(setup)] };
  }

  /** @param {number} at @param {string} text */
  const write = (at, text) => ask({ vary: state.wanted.get().search.vary.map((each, i) => (i === at ? text : each)) });

  let laid = "";

  function lay() {
    const { vary } = state.wanted.get().search;
    const names = vary.map((text) => axisOf(text).name);
    const usual = known();
    const key = JSON.stringify([names, Object.keys(usual)]);
    if (key !== laid) {
      const focused = [...list.children].findIndex((line) => line.contains(document.activeElement));
      list.replaceChildren(...vary.map((_, i) => lineOf(i, names, usual)));
      if (focused >= 0 && laid !== "") part(list.children[Math.min(focused, list.children.length - 1)] ?? card, "values").focus();
      laid = key;
    }
    vary.forEach((text, i) => {
      const field = /** @type {HTMLInputElement} */ (part(list.children[i], "values"));
      const { values } = axisOf(text);
      if (field.value !== values && field !== document.activeElement) field.value = values;
    });
    part(card, "add").hidden = vary.length >= Math.min(catalog.limits.varied, Object.keys(usual).length);
  }

  /** @param {number} i @param {string[]} names @param {{[name: string]: string}} usual */
  function lineOf(i, names, usual) {
    const line = stamp(card, "axis");
    const name = /** @type {HTMLSelectElement} */ (part(line, "name"));
    const field = /** @type {HTMLInputElement} */ (part(line, "values"));
    const own = names[i];
    const offered = [...new Set([own, ...Object.keys(usual).filter((each) => !names.includes(each))])];
    name.replaceChildren(...offered.map((each) => new Option(each, each, false, each === own)));
    field.value = axisOf(state.wanted.get().search.vary[i]).values;
    field.placeholder = usual[own] ?? "";
    field.setAttribute("aria-label", fill(words.values, { name: own }));
    part(line, "wrong").id = `axis-wrong-${i}`;
    field.setAttribute("aria-describedby", `axis-wrong-${i}`);
    const remove = part(line, "remove");
    remove.setAttribute("aria-label", fill(words.remove, { name: own }));
    remove.title = fill(words.remove, { name: own });
    remove.addEventListener("click", () => ask({ vary: state.wanted.get().search.vary.filter((_, k) => k !== i) }));
    name.addEventListener("change", () => write(i, `${name.value}=${usual[name.value] ?? ""}`));
    field.addEventListener("input", () => {
      accept(field);
      write(i, `${own}=${field.value}`);
    });
    field.addEventListener("keydown", (event) => event.key === "Enter" && part(card, "run").click());
    return line;
  }

  /** @param {HTMLElement} field */
  function accept(field) {
    field.removeAttribute("aria-invalid");
    say(part(card, "error"), "");
    const wrong = field.closest(".axis")?.querySelector('[data-part="wrong"]');
    if (wrong) say(wrong, "");
  }

  function add() {
    const { vary } = state.wanted.get().search;
    const usual = known();
    const name = Object.keys(usual).find((each) => !vary.some((text) => axisOf(text).name === each));
    if (!name) return;
    ask({ vary: [...vary, `${name}=${usual[name]}`] });
    part(list.children[list.children.length - 1], "name").focus();
  }

  function showPlan() {
    const { search } = state.wanted.get();
    for (const name of NUMBERS) {
      const field = /** @type {HTMLInputElement} */ (part(card, name));
      const value = name === "tries" ? (search.grid ? null : (search.tries ?? catalog.usual.tries)) : search[name];
      if (field !== document.activeElement) field.value = value === null || value === undefined ? "" : String(value);
    }
    const tries = /** @type {HTMLInputElement} */ (part(card, "tries"));
    tries.disabled = search.grid;
    const folds = /** @type {HTMLSelectElement} */ (part(card, "folds"));
    if (![...folds.options].some(({ value }) => value === String(search.folds))) folds.add(new Option(`${search.folds} folds`, String(search.folds)));
    folds.value = String(search.folds);
    for (const name of SWITCHES) /** @type {HTMLInputElement} */ (part(card, name)).checked = search[name];
  }

  /** @param {typeof NUMBERS[number]} name @param {HTMLInputElement} field */
  function number(name, field) {
    const empty = field.value === "" && !field.validity.badInput;
    const fits = empty ? name !== "seeds" : Number.isInteger(field.valueAsNumber) && field.valueAsNumber >= 1;
    field.setAttribute("aria-invalid", String(!fits));
    if (fits) ask({ [name]: empty ? null : field.valueAsNumber });
  }

  /** @param {Refusal} error */
  function refuse({ field, message }) {
    const [name, index] = (field ?? "").split(".");
    const line = name === "vary" && index !== undefined ? list.children[Number(index)] : null;
    const known = state.wanted.get().search.vary.findIndex((text) => axisOf(text).name === name);
    const about = line ?? list.children[known];
    if (about) {
      part(about, "values").setAttribute("aria-invalid", "true");
      say(part(about, "wrong"), message);
      part(about, "values").focus();
      return true;
    }
    const own = /** @type {HTMLElement | null} */ (card.querySelector(`[data-plan="${name}"]`));
    own?.setAttribute("aria-invalid", "true");
    own?.focus();
    if (own) say(part(card, "error"), message);
    return own !== null;
  }

  const undo = together([
    state.wanted.subscribe(() => (lay(), showPlan())),
    on(part(card, "add"), "click", add),
    ...NUMBERS.map((name) => {
      const field = /** @type {HTMLInputElement} */ (part(card, name));
      return together([
        on(field, "input", () => (accept(field), number(name, field))),
        on(field, "blur", () => (field.setAttribute("aria-invalid", "false"), showPlan())),
      ]);
    }),
    on(part(card, "folds"), "change", () => ask({ folds: Number(/** @type {HTMLSelectElement} */ (part(card, "folds")).value) })),
    ...SWITCHES.map((name) =>
      on(part(card, name), "change", () => {
        accept(part(card, name));
        const checked = /** @type {HTMLInputElement} */ (part(card, name)).checked;
        ask({ [name]: checked, ...(name === "grid" && checked ? { tries: null } : {}) });
      }),
    ),
  ]);
  return { refuse, undo };
}
