// @ts-check
/**
 * The scenes, and the line that says what to watch while one is on.
 *
 * @import { SurfaceActions, SurfaceState } from '../../state/types.js'
 */
import { pathKey } from "../../state/race/setup.js";
import { on, part, say, stamp, together } from "../widgets/dom.js";
import { sheet } from "../widgets/sheet.js";

/**
 * @param {HTMLElement} element
 * @param {SurfaceState} state
 * @param {SurfaceActions} actions
 * @returns {() => void} undo
 */
export function scenePicker(element, state, actions) {
  const { catalog } = state;
  const button = part(element, "open");
  const popover = /** @type {HTMLElement} */ (element.querySelector("[popover]"));
  const line = /** @type {HTMLElement} */ (document.getElementById("scene-line"));
  const list = part(element, "list");
  const grounds = catalog.scenes.map(({ whole }) => ground(whole));
  let active = -1;

  const buttons = catalog.scenes.map(({ key, name, watch }, i) => {
    const made = stamp(element, "scene-template");
    say(part(made, "name"), name);
    say(part(made, "watch"), watch);
    made.addEventListener("click", () => {
      popover.hidePopover();
      actions.loadScene(key);
      activate(i);
    });
    return made;
  });
  list.replaceChildren(...buttons);

  /** @param {number} index of the scene, -1 for none */
  function activate(index) {
    active = index;
    const scene = catalog.scenes[index];
    line.hidden = !scene;
    if (scene) {
      say(part(line, "name"), scene.name);
      say(part(line, "watch"), scene.watch);
    }
    buttons.forEach((made, i) => made.setAttribute("aria-pressed", String(i === index)));
  }

  // A link may hold a scene as it stands in the catalogue.
  const now = pathKey(state.setup.get());
  activate(catalog.scenes.findIndex(({ whole }) => pathKey(whole) === now));

  return together([
    sheet(button, popover),
    on(part(line, "close"), "click", () => activate(-1)),
    // What to watch stays true while knobs are turned, and ends with another surface or other entrants.
    state.setup.subscribe((setup) => active >= 0 && ground(setup) !== grounds[active] && activate(-1)),
  ]);
}

/** @param {import('../../state/types.js').SurfaceSetup} setup */
function ground({ surface, expression, entrants }) {
  return JSON.stringify([surface, expression, entrants.map(({ optimizer }) => optimizer)]);
}
