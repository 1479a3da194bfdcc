// @ts-check
/**
 * Cross-validation: how many folds, what came out, and the winner to be taken over.
 *
 * @import { Readable, RegressionActions, RegressionState } from '../state/types.js'
 */
import { fill, number, tick } from "../format.js";
import { writable } from "../state/store.js";
import { evenly, notches } from "./notches.js";
import { on, part, say, together } from "./parts.js";

const FOLDS = evenly(2, 10);

/**
 * @param {HTMLElement} element
 * @param {RegressionState} state
 * @param {RegressionActions} actions
 * @param {(element: HTMLElement, state: RegressionState, axis: Readable<"degree" | "lambda">) => () => void} curve draws
 *   what came out, along one axis
 * @returns {() => void} undo
 */
export function crossValidation(element, state, actions, curve) {
  const { validated, setup } = state;
  const words = element.dataset;
  const axis = writable(/** @type {"degree" | "lambda"} */ ("degree"));
  const folds = writable(5);
  const buttons = /** @type {const} */ (["degree", "lambda"]).map((name) => ({ name, button: part(element, `by-${name}`) }));
  const slider = notches(part(element, "folds"), { values: () => FOLDS, set: folds.set });

  function show() {
    const found = validated.get();
    part(element, "found").hidden = !found;
    element.hidden = setup.get().dataset !== undefined;
    if (!found) return say(part(element, "said"), "");
    const { best, test, mean, spread, degrees, lambdas } = found;
    const [row, column] = [degrees.indexOf(best.degree), lambdas.indexOf(best.l2)];
    const said = fill(words.winner, {
      degree: best.degree,
      lambda: tick(best.l2, 3),
      mean: number(mean[row][column], 3),
      spread: number(spread[row][column], 2),
    });
    const tested = test === null ? (words.untested ?? "") : fill(words.tested, { test: number(test, 3) });
    say(part(element, "said"), `${said} ${tested}`);
    part(element, "curve").setAttribute("aria-label", said);
    const { degree, l2 } = setup.get();
    /** @type {HTMLButtonElement} */ (part(element, "take")).disabled = degree === best.degree && l2 === best.l2;
  }

  return together([
    validated.subscribe(show),
    setup.subscribe(show),
    folds.subscribe((count) => slider.show(count)),
    axis.subscribe((now) => {
      for (const { name, button } of buttons) button.setAttribute("aria-pressed", String(name === now));
    }),
    ...buttons.map(({ name, button }) => on(button, "click", () => axis.set(name))),
    on(part(element, "run"), "click", () => actions.validate(folds.get())),
    on(part(element, "take"), "click", actions.takeWinner),
    curve(part(element, "curve"), state, axis),
    slider.undo,
  ]);
}
