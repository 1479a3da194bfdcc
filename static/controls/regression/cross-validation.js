// @ts-check
/**
 * Cross-validation: how many folds, who fits them, what came out, and the winner to be taken over.
 *
 * @import { Readable, RegressionActions, RegressionState, Validated } from '../../state/types.js'
 */
import { fill, number, tick } from "../../format.js";
import { entrantNames } from "../../state/names.js";
import { writable } from "../../state/store.js";
import { evenly, notches } from "../widgets/notches.js";
import { on, part, say, together } from "../widgets/dom.js";
import { isTable } from "../../state/regression/setup.js";

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
  const { validated, setup, chosen, colours } = state;
  const words = element.dataset;
  const axis = writable(/** @type {"degree" | "lambda"} */ ("degree"));
  const folds = writable(5);
  const trained = writable(false);
  const buttons = /** @type {const} */ (["degree", "lambda"]).map((name) => ({ name, button: part(element, `by-${name}`) }));
  const ways = [{ way: false, button: part(element, "exactly") }, { way: true, button: part(element, "trained") }];
  const slider = notches(part(element, "folds"), { values: () => FOLDS, set: folds.set });

  /** Who would train the folds now. */
  function showWay() {
    const now = trained.get();
    for (const { way, button } of ways) button.setAttribute("aria-pressed", String(way === now));
    const name = entrantNames(setup.get(), state.catalog)[chosen.get()] ?? "";
    say(part(element, "trained-by"), fill(words.trained, { name }));
    part(element, "way-key").style.setProperty("--colour", colours.get()[chosen.get()] ?? "");
  }

  function show() {
    const found = validated.get().shown;
    part(element, "found").hidden = !found;
    element.hidden = isTable(setup.get());
    if (!found) return say(part(element, "said"), "");
    const said = sentences(found);
    say(part(element, "said"), said);
    part(element, "curve").setAttribute("aria-label", said);
    const { degree, l2 } = setup.get();
    const { best } = found;
    /** @type {HTMLButtonElement} */ (part(element, "take")).disabled =
      best.mean === null || (degree === best.degree && l2 === best.l2);
  }

  /** @param {Validated} found */
  function sentences({ best, test, mean, spread, diverged, degrees, lambdas, folds: count, by }) {
    const [row, column] = [degrees.indexOf(best.degree), lambdas.indexOf(best.l2)];
    const lost = diverged.reduce((sum, each) => sum + each.reduce((a, b) => a + b, 0), 0);
    const winner = { degree: best.degree, lambda: tick(best.l2, 3), mean: number(mean[row][column], 3), spread: number(spread[row][column], 2) };
    const split = setup.get().split[2] > 0;
    const tested = test !== null ? fill(words.tested, { test: number(test, 3) }) : by && split ? words.testDiverged : words.untested;
    return [
      by ? fill(words.by, { name: by.name }) : words.exact,
      ...(best.mean === null ? [words.lost] : [fill(words.winner, winner), tested]),
      lost > 0 && best.mean !== null ? fill(words.diverged, { count: lost, all: degrees.length * lambdas.length * count }) : "",
    ].filter(Boolean).join(" ");
  }

  const run = () => actions.validate(folds.get(), trained.get() ? chosen.get() : null);

  return together([
    validated.subscribe(show),
    setup.subscribe(show),
    setup.subscribe(showWay),
    chosen.subscribe(showWay),
    colours.subscribe(showWay),
    trained.subscribe(showWay),
    folds.subscribe((count) => slider.show(count)),
    axis.subscribe((now) => {
      for (const { name, button } of buttons) button.setAttribute("aria-pressed", String(name === now));
    }),
    ...buttons.map(({ name, button }) => on(button, "click", () => axis.set(name))),
    ...ways.map(({ way, button }) =>
      on(button, "click", () => {
        trained.set(way);
        if (validated.get().shown) run();
      }),
    ),
    on(part(element, "run"), "click", run),
    on(part(element, "take"), "click", actions.takeWinner),
    curve(part(element, "curve"), state, axis),
    slider.undo,
  ]);
}
