// @ts-check
/**
 * The try that was chosen: what it is, what came of it, and the way to its own training.
 *
 * @import { Results, SearchState, Try } from '../../state/search/types.js'
 */
import { fill, number, percent } from "../../format.js";
import { told } from "../../state/search/tries.js";
import { part, say, together } from "../widgets/dom.js";

/**
 * @param {HTMLElement} card
 * @param {SearchState} state
 * @param {(results: Results, each: Try) => Promise<{link: string | null, page: string | null}>} setupOf asks the server
 * @returns {() => void} undo
 */
export function chosenTry(card, state, setupOf) {
  const words = card.dataset;
  const train = /** @type {HTMLAnchorElement} */ (part(card, "train"));
  let shown = "";

  function show() {
    const results = state.results.get();
    const each = results?.tries.find((one) => one.number === state.chosen.get());
    card.hidden = !each;
    if (!results || !each) return void (shown = "");
    say(part(card, "title"), fill(each.number === results.best ? words.best : words.title, { number: each.number }));
    say(part(card, "told"), each.number === results.best ? results.told : "");
    const spread = results.of.search.seeds > 1 || results.of.search.folds > 0;
    const loss = each.loss === null ? (words.diverged ?? "") : spread ? fill(words.spread, { loss: number(each.loss), spread: number(each.spread, 2) }) : number(each.loss);
    const facts = [
      ...results.varied.filter((name) => each.choices[name] !== undefined).map((name) => [name, told(each.choices[name])]),
      [words.steps, each.steps.toLocaleString("en")],
      [fill(words.loss, { judge: results.judge }), loss],
      ...(typeof each.accuracy === "number" ? [[words.accuracy, percent(each.accuracy)]] : []),
    ];
    part(card, "facts").replaceChildren(...facts.map(([name, value]) => fact(name ?? "", value ?? "")));
    const key = JSON.stringify([results.of, each.choices, each.steps]);
    if (key === shown) return;
    shown = key;
    void find(results, each, key);
  }

  /** @param {Results} results @param {Try} each @param {string} key */
  async function find(results, each, key) {
    train.removeAttribute("href");
    train.setAttribute("aria-disabled", "true");
    say(part(card, "wrong"), "");
    try {
      const { page } = await setupOf(results, each);
      if (key !== shown) return;
      if (page === null) return say(part(card, "wrong"), words.large ?? "");
      train.href = new URL(page.replace(/^\//, ""), document.baseURI).href;
      train.removeAttribute("aria-disabled");
    } catch (error) {
      if (key === shown) say(part(card, "wrong"), fill(words.failed, { why: /** @type {Error} */ (error).message }));
    }
  }

  return together([state.results.subscribe(show), state.chosen.subscribe(show)]);
}

/** @param {string} name @param {string} value */
function fact(name, value) {
  const line = document.createElement("div");
  line.append(Object.assign(document.createElement("dt"), { textContent: name }), Object.assign(document.createElement("dd"), { textContent: value }));
  return line;
}
