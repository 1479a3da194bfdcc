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
    show();
    if (scene) {
      say(part(line, "name"), scene.name);
      say(part(line, "watch"), scene.watch);
    }
  }

  /** What to watch stays true while knobs are turned, and not from another start, on another surface or for other entrants. */
  function show() {
    const on = active >= 0 && ground(state.setup.get()) === grounds[active];
    line.hidden = !on;
    buttons.forEach((made, i) => made.setAttribute("aria-pressed", String(on && i === active)));
  }

  // A link may hold a scene as it stands in the catalogue.
  const now = pathKey(state.setup.get());
  activate(catalog.scenes.findIndex(({ whole }) => pathKey(whole) === now));

  return together([
    sheet(button, popover),
    on(part(line, "close"), "click", () => activate(-1)),
    state.setup.subscribe(show),
  ]);
}

/** @param {import('../../state/types.js').SurfaceSetup} setup */
function ground({ surface, expression, start, entrants }) {
  return JSON.stringify([surface, expression, start, entrants.map(({ optimizer, offset }) => [optimizer, offset])]);
}
