// @ts-check
/**
 * The typed formula: the field, what is wrong with it and where, its letters, examples to click, and the window to look through.
 *
 * @import { SurfaceActions, SurfaceState, Window } from '../../state/types.js'
 */
import { on, part, putNumber, say, together } from "../widgets/dom.js";
import { parameters } from "./parameters.js";

/**
 * @param {HTMLElement} element
 * @param {SurfaceState} state
 * @param {SurfaceActions} actions
 * @returns {() => void} undo
 */
export function typedSurface(element, state, actions) {
  const field = /** @type {HTMLInputElement} */ (part(element, "expression"));
  const error = part(element, "error");
  const edges = ["x0", "x1", "y0", "y1"].map((name) => /** @type {HTMLInputElement} */ (part(element, name)));
  let last = state.ground.get().formula; // what was typed, right or wrong
  let surface = state.setup.get().surface; // where "back" leads

  const wrong = () => state.problem.get()?.field === "expression";

  function show() {
    const setup = state.setup.get();
    if (setup.surface !== undefined) surface = setup.surface;
    const open = setup.expression !== undefined || wrong();
    const opening = open && element.hidden;
    element.hidden = !open;
    if (setup.expression !== undefined && field !== document.activeElement && !wrong()) field.value = setup.expression;
    if (!opening) return;
    if (!field.value) field.value = setup.expression ?? last;
    const { activeElement } = document;
    if (activeElement?.closest("#surface-picker")) field.select();
  }

  const note = part(element, "note");
  const sayNote = () => say(note, wrong() ? "" : (state.ground.get().note ?? ""));

  function showProblem() {
    const problem = state.problem.get();
    field.setAttribute("aria-invalid", String(wrong()));
    error.replaceChildren(...(problem && wrong() ? [problem.message, ...place(field.value, problem.position)] : []));
    sayNote();
    show();
  }

  function showWindow() {
    state.window
      .get()
      .flat()
      .forEach((value, i) => edges[i] !== document.activeElement && putNumber(edges[i], Number(value.toPrecision(4))));
  }

  function typed() {
    last = field.value;
    actions.setExpression(last);
  }

  function look() {
    const [x0, x1, y0, y1] = edges.map((edge) => edge.valueAsNumber);
    const fits = x0 < x1 && y0 < y1; // false for NaN too
    for (const edge of edges) edge.setAttribute("aria-invalid", String(!fits));
    if (fits) actions.setDomain(/** @type {Window} */ ([[x0, x1], [y0, y1]]));
  }

  function close() {
    state.problem.set(null);
    field.value = "";
    actions.setSurface(surface ?? state.catalog.surfaces[0].key);
  }

  return together([
    state.setup.subscribe(show),
    state.problem.subscribe(showProblem),
    state.window.subscribe(showWindow),
    state.ground.subscribe(sayNote),
    parameters(part(element, "parameters"), state, actions),
    on(field, "input", typed),
    on(element, "submit", (event) => event.preventDefault()),
    on(part(element, "close"), "click", close),
    on(part(element, "examples"), "click", ({ target }) => {
      const example = target instanceof HTMLElement ? target.dataset.expression : undefined;
      if (!example) return;
      field.value = example;
      typed();
    }),
    ...edges.map((edge) => on(edge, "input", look)),
  ]);
}

/**
 * The typed text again, with the wrong part marked; a fault at the very end is marked by one blank.
 *
 * @param {string} text
 * @param {[number, number] | null} position
 * @returns {Node[]}
 */
function place(text, position) {
  if (!position) return [];
  const start = Math.min(position[0], text.length);
  const end = Math.max(position[1], start + 1);
  const mark = document.createElement("mark");
  mark.textContent = text.slice(start, end) || "\u00a0";
  const shown = document.createElement("span");
  shown.className = "where";
  shown.append(text.slice(Math.max(0, start - 60), start), mark, text.slice(end, end + 60));
  return [shown];
}
