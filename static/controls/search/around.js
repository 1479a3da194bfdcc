// @ts-check
/**
 * What is trained in a search, in a line; and the way to the page where it is changed.
 *
 * @import { SearchState } from '../../state/search/types.js'
 */
import { fill } from "../../format.js";
import { kindOf } from "../../state/search/tries.js";
import { on, part, say, together } from "../widgets/dom.js";

/**
 * @param {HTMLElement} card
 * @param {SearchState} state
 * @param {(setup: any) => Promise<string>} linkOf without its #
 * @returns {() => void} undo
 */
export function around(card, state, linkOf) {
  const words = card.dataset;

  /** @param {any} setup */
  function dataOf(setup) {
    for (const [source, names] of Object.entries(state.catalog.names)) if (setup[source]) return names[setup[source]] ?? setup[source];
    return (setup.points || setup.drawn ? words.drawn : words.own) ?? "";
  }

  /** @param {any} setup */
  function howOf(setup) {
    const network = kindOf(setup) === "network";
    const layers = [setup.hidden ?? []].flat();
    const model = network
      ? [layers.length > 0 ? fill(words.hidden, { layers: layers.join("-") }) : words.none, [setup.activation ?? []].flat()[0]]
      : [setup.degree ? fill(words.degree, { degree: setup.degree }) : ""];
    const optimizers = setup.entrants.map((/** @type {{optimizer: string}} */ { optimizer }) => state.catalog.optimizers[optimizer]?.name ?? optimizer);
    const batch = setup.batch ? fill(words.batch, { count: setup.batch }) : "";
    return [...model, ...optimizers, batch, fill(words.steps, { count: setup.steps.toLocaleString("en") })].filter(Boolean).join(" · ");
  }

  return together([
    state.wanted.subscribe(({ setup }) => {
      say(part(card, "what"), dataOf(setup));
      say(part(card, "how"), howOf(setup));
    }),
    on(part(card, "open"), "click", async () => {
      const { setup } = state.wanted.get();
      try {
        location.assign(`${new URL(kindOf(setup), document.baseURI)}#${await linkOf(setup)}`);
      } catch (error) {
        state.notice.set([fill(words.failed, { why: /** @type {Error} */ (error).message })]);
      }
    }),
  ]);
}
