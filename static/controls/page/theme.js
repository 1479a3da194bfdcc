// @ts-check
/**
 * Colours like the system, light, or dark; remembered in this browser. theme-first.js applies it before painting.
 *
 * @import { Actions, State } from '../../state/types.js'
 */
import { fill } from "../../format.js";
import { on, part, say, together } from "../widgets/dom.js";

const CHOICES = /** @type {const} */ (["auto", "light", "dark"]);

/**
 * @param {HTMLElement} element the button
 * @param {State} _state
 * @param {Actions} actions
 * @returns {() => void} undo
 */
export function theme(element, _state, actions) {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const tokens = /** @type {HTMLLinkElement} */ (document.getElementById("dark-tokens"));
  const chosen = () => CHOICES.find((each) => each === root.dataset.theme) ?? "auto";

  function apply() {
    const choice = chosen();
    tokens.media = { auto: system.media, light: "not all", dark: "all" }[choice];
    const words = fill(element.dataset.label, { choice: element.dataset[choice] ?? "" });
    say(part(element, "label"), words);
    element.title = words;
    actions.setTheme((choice === "auto" ? system.matches : choice === "dark") ? "dark" : "light");
  }

  function turn() {
    const next = CHOICES[(CHOICES.indexOf(chosen()) + 1) % CHOICES.length];
    if (next === "auto") {
      delete root.dataset.theme;
      localStorage.removeItem("theme");
    } else {
      root.dataset.theme = next;
      localStorage.setItem("theme", next);
    }
    apply();
  }

  apply();
  return together([on(element, "click", turn), on(system, "change", apply)]);
}
