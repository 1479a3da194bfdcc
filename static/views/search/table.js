// @ts-check
/**
 * The tries as a table, the best first; each row's button chooses its try.
 *
 * @import { SearchState, Try } from '../../state/search/types.js'
 */
import { fill, number, percent } from "../../format.js";
import { onChange, painter } from "../canvas/frame-loop.js";
import { told } from "../../state/search/tries.js";

const FEW = 12; // rows, until somebody wants all

/**
 * @param {HTMLElement} card
 * @param {SearchState} state
 * @returns {() => void} undo
 */
export function triesTable(card, state) {
  const words = card.dataset;
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (card.querySelector(`[data-part="${name}"]`));
  let all = false;

  /** @type {import('../../state/search/types.js').Results | null | undefined} */
  let laid;
  let laidAll = false;

  /** Rows stay as long as what they say does: one that is exchanged under the hand hears no click. */
  function paint() {
    if (laid !== state.results.get() || laidAll !== all) lay();
    [laid, laidAll] = [state.results.get(), all];
    const [chosen, pointed] = [String(state.chosen.get()), String(state.pointed.get())];
    for (const line of /** @type {NodeListOf<HTMLElement>} */ (part("rows").querySelectorAll("tr"))) {
      line.classList.toggle("is-chosen", line.dataset.try === chosen);
      line.classList.toggle("is-pointed", line.dataset.try === pointed);
      line.querySelector("button")?.setAttribute("aria-pressed", String(line.dataset.try === chosen));
    }
  }

  function lay() {
    const results = state.results.get();
    const tries = results?.tries ?? [];
    const more = part("more");
    more.hidden = tries.length <= FEW;
    more.textContent = fill(all ? words.fewer : words.more, { count: all ? FEW : tries.length });
    part("none").hidden = tries.length > 0;
    if (!results || tries.length === 0) {
      part("heads").replaceChildren();
      return part("rows").replaceChildren();
    }
    const accurate = tries.some(({ accuracy }) => typeof accuracy === "number");
    const uneven = new Set(tries.map(({ steps }) => steps)).size > 1;
    const spread = results.of.search.seeds > 1 || results.of.search.folds > 0;
    const heads = [words.try, fill(words.loss, { judge: results.judge }), ...(accurate ? [words.accuracy] : []), ...results.varied, ...(uneven ? [words.steps] : [])];
    part("heads").replaceChildren(...heads.map((text) => cell("th", text ?? "")));
    const focused = document.activeElement instanceof HTMLElement && part("rows").contains(document.activeElement) ? document.activeElement.dataset.number : undefined;
    part("rows").replaceChildren(...tries.slice(0, all ? tries.length : FEW).map((each) => row(each, results.varied, { accurate, uneven, spread })));
    if (focused !== undefined) /** @type {HTMLElement | null} */ (part("rows").querySelector(`[data-number="${focused}"]`))?.focus();
  }

  /** @param {Try} each @param {string[]} varied @param {{accurate: boolean, uneven: boolean, spread: boolean}} has */
  function row(each, varied, { accurate, uneven, spread }) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "try-number", textContent: String(each.number) });
    button.dataset.number = String(each.number);
    button.setAttribute("aria-label", fill(words.choose, { number: each.number }));
    const first = document.createElement("th");
    first.scope = "row";
    first.append(button);
    const loss = each.loss === null ? (words.diverged ?? "") : number(each.loss) + (spread ? ` ± ${number(each.spread, 2)}` : "");
    const line = document.createElement("tr");
    line.dataset.try = String(each.number);
    line.append(
      first,
      cell("td", loss),
      ...(accurate ? [cell("td", percent(each.accuracy))] : []),
      ...varied.map((name) => cell("td", told(each.choices[name]))),
      ...(uneven ? [cell("td", each.steps.toLocaleString("en"))] : []),
    );
    return line;
  }

  const frame = painter(paint);
  const controller = new AbortController();
  const { signal } = controller;
  const numberOf = (/** @type {Event} */ { target }) => Number(/** @type {HTMLElement} */ (target).closest("tr")?.dataset.try) || null;
  part("rows").addEventListener("click", (event) => numberOf(event) && state.chosen.set(numberOf(event)), { signal });
  part("rows").addEventListener("pointerover", (event) => state.pointed.set(numberOf(event)), { signal });
  part("rows").addEventListener("pointerleave", () => state.pointed.set(null), { signal });
  part("more").addEventListener("click", () => ((all = !all), frame.dirty()), { signal });
  const undo = onChange([state.results, state.chosen, state.pointed], frame.dirty);
  return () => {
    controller.abort();
    undo();
    frame.stop();
  };
}

/** @param {"th" | "td"} kind @param {string} text */
function cell(kind, text) {
  const made = document.createElement(kind);
  if (kind === "th") made.setAttribute("scope", "col");
  made.textContent = text;
  return made;
}
