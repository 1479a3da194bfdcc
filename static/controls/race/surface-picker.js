// @ts-check
/**
 * The surface picker: a button with the picture and name of the surface, and the sheet of all surfaces behind it.
 *
 * @import { SurfaceActions, SurfaceState, SurfaceItem } from '../../state/types.js'
 * @import { Thumbnails } from './thumbnails.js'
 */
import { on, part, say, stamp, together } from "../widgets/dom.js";
import { sheet, filterEntries } from "../widgets/sheet.js";
import { paintThumbnail, reliefOf, thinned } from "./thumbnails.js";

const REST = 150; // ms that a map stands before its little picture is painted

/**
 * @param {HTMLElement} element
 * @param {SurfaceState} state
 * @param {SurfaceActions & {thumbnails: () => Promise<Thumbnails>}} actions
 * @returns {() => void} undo
 */
export function surfacePicker(element, state, actions) {
  const button = part(element, "open");
  const popover = /** @type {HTMLElement} */ (element.querySelector("[popover]"));
  const search = /** @type {HTMLInputElement} */ (part(element, "search"));
  const place = part(element, "groups");
  /** @type {Map<string, HTMLElement>} */
  const groups = new Map();
  /** @type {{element: HTMLElement, words: string, key: string}[]} */
  const tiles = [];
  /** @type {Thumbnails | null} */
  let pictures = null;
  let gone = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;

  /** @param {SurfaceItem} item */
  function tile({ key, name, teaches, group }) {
    if (!groups.has(group)) {
      const section = stamp(element, "group-template");
      say(part(section, "title"), group);
      groups.set(group, section);
      place.append(section);
    }
    const made = stamp(element, "tile-template");
    say(part(made, "name"), name);
    say(part(made, "teaches"), teaches);
    made.title = teaches;
    made.addEventListener("click", () => {
      popover.hidePopover();
      actions.setSurface(key);
    });
    part(/** @type {HTMLElement} */ (groups.get(group)), "tiles").append(made);
    tiles.push({ element: made, words: `${name} ${key} ${group} ${teaches}`, key });
  }

  /** @param {HTMLCanvasElement} canvas @param {string | undefined} key */
  function paint(canvas, key) {
    const at = pictures && key ? pictures.keys.indexOf(key) : -1;
    if (!pictures || at < 0) return;
    const [width, height] = pictures.size;
    const levels = pictures.levels.subarray(at * width * height, (at + 1) * width * height);
    paintThumbnail(canvas, { levels, width, height });
  }

  function paintButton() {
    const canvas = /** @type {HTMLCanvasElement} */ (part(button, "picture"));
    const { surface } = state.setup.get();
    const map = state.map.get();
    if (surface) paint(canvas, surface);
    else if (map) paintThumbnail(canvas, reliefOf(thinned(map)));
  }

  function paintAll() {
    paintButton();
    for (const { element: made, key } of tiles) paint(/** @type {HTMLCanvasElement} */ (part(made, "picture")), key);
  }

  let named = "";
  function show() {
    const { surface } = state.setup.get();
    const name = surface ? (state.catalog.surfaces.find(({ key }) => key === surface)?.name ?? surface) : element.dataset.typed;
    if (name === named) return;
    named = name ?? "";
    say(part(button, "name"), named);
    for (const { element: made, key } of tiles) made.setAttribute("aria-pressed", String(key === surface));
    paintButton();
  }

  function filter() {
    part(element, "empty").hidden = filterEntries(search.value, tiles, groups.values()) > 0;
  }

  /** The formula of the surface on screen becomes the first text to edit. */
  function type() {
    popover.hidePopover();
    const { formula, axes } = state.ground.get();
    const own = axes.join() === "x,y" ? formula : "";
    if (state.setup.get().expression === undefined) actions.setExpression(own || (element.dataset.example ?? ""));
  }

  for (const item of state.catalog.surfaces) tile(item);
  actions.thumbnails().then(
    (arrived) => {
      pictures = arrived;
      if (!gone) paintAll();
    },
    () => {}, // without pictures the names still do
  );

  return together([
    state.setup.subscribe(show),
    state.map.subscribe(() => {
      clearTimeout(resting);
      if (state.setup.get().surface === undefined) resting = setTimeout(paintButton, REST);
    }),
    state.theme.subscribe(() => requestAnimationFrame(paintAll)),
    sheet(button, popover, {
      opened() {
        search.value = "";
        filter();
      },
    }),
    on(search, "input", filter),
    on(search, "keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // the key must not press what has the focus next
      tiles.find(({ element: made }) => !made.hidden)?.element.click();
    }),
    on(part(element, "type"), "click", type),
    () => void (gone = true),
    () => clearTimeout(resting),
    () => place.replaceChildren(),
  ]);
}
