// @ts-check
/**
 * Which plane through the loss is shown, and how well it stands for what is really walked on.
 *
 * @import { NetworkState, PlaneKind } from '../../state/network/types.js'
 */
import { fill, number } from "../../format.js";
import { entrantNames } from "../../state/names.js";
import { on, part, say, stamp, together } from "../widgets/dom.js";

const APART = 1.5; // true loss and that of the plane: from so many times on it is said that they differ
const THREE = 3;

/**
 * @param {HTMLElement} element
 * @param {NetworkState} state
 * @returns {() => void} undo
 */
export function planePicker(element, state) {
  const { setup, plane, planeKind, run, colours, chosen, view } = state;
  const words = element.dataset;
  const kinds = [...element.querySelectorAll("button[data-plane]")].map((button) => /** @type {HTMLButtonElement} */ (button));
  const around = /** @type {HTMLSelectElement} */ (part(element, "around"));
  const three = [0, 1, 2].map((i) => /** @type {HTMLSelectElement} */ (part(element, `racer-${i}`)));
  const list = part(element, "racers");

  /** @param {Partial<PlaneKind>} change */
  const set = (change) => planeKind.update((old) => ({ ...old, ...change }));

  /** Three racers to begin with, the chosen one among them. @returns {[number, number, number]} */
  function firstThree() {
    const rest = setup.get().entrants.map((_, i) => i).filter((i) => i !== chosen.get());
    const [b, c] = rest;
    return [chosen.get(), b, c];
  }

  /** @param {string} kind */
  function choose(kind) {
    if (kind === "three") set({ kind, entrants: firstThree() });
    else if (kind === "random") set({ kind, entrant: chosen.get() });
    else set({ kind: "pca" });
  }

  /** @param {number} place @param {number} entrant the other one of the two that changed places */
  function setRacer(place, entrant) {
    const old = /** @type {[number, number, number]} */ (planeKind.get().entrants ?? firstThree());
    const twin = old.indexOf(entrant);
    const next = /** @type {[number, number, number]} */ (old.map((each, i) => (i === place ? entrant : i === twin ? old[place] : each)));
    set({ entrants: next });
  }

  function showKind() {
    const { kind, entrant, entrants } = planeKind.get();
    const names = entrantNames(setup.get(), state.catalog);
    if (kind !== "pca" && [entrant, ...(entrants ?? [])].some((each) => each >= names.length)) return choose("pca");
    for (const button of kinds) {
      button.setAttribute("aria-pressed", String(button.dataset.plane === kind));
      if (button.dataset.plane === "three") button.disabled = names.length < THREE;
    }
    part(element, "few").hidden = names.length >= THREE;
    part(element, "random").hidden = kind !== "random";
    part(element, "three").hidden = kind !== "three";
    offer(around, names, entrant);
    three.forEach((select, i) => offer(select, names, entrants?.[i] ?? 0));
  }

  function showShare() {
    const now = plane.get();
    const share = now?.explained ? now.explained[0] + now.explained[1] : null;
    const { weights = 0 } = run.get().network ?? {};
    const slice = fill(words.slice, { weights: weights.toLocaleString("en") });
    say(part(element, "share"), share === null ? (now ? slice : "") : fill(words.share, { share: number(100 * share, 3) }));
  }

  /** The true loss of every racer beside that of the plane. */
  function showLosses() {
    const now = plane.get();
    const names = entrantNames(setup.get(), state.catalog);
    const known = now?.true.length === names.length ? now : null;
    while (list.children.length > names.length) list.lastElementChild?.remove();
    while (list.children.length < names.length) list.append(stamp(element, "racer"));
    names.forEach((name, i) => {
      const row = /** @type {HTMLElement} */ (list.children[i]);
      const [real, shown] = [known?.true[i] ?? NaN, known?.shown[i] ?? NaN];
      const apart = Math.max(real / shown, shown / real) > APART;
      row.hidden = Boolean(setup.get().entrants[i].hidden) || (view.get().solo ?? i) !== i;
      row.style.setProperty("--colour", colours.get()[i] ?? "");
      say(part(row, "name"), name);
      say(part(row, "true"), number(real, 3));
      say(part(row, "shown"), number(shown, 3));
      row.toggleAttribute("data-apart", apart);
      row.title = apart ? fill(words.apart, { name }) : "";
    });
    const head = part(element, "true-head");
    if (known) head.title = fill(head.dataset.samples, { samples: known.samples.toLocaleString("en") });
    say(part(element, "at"), known ? fill(words.at, { step: known.at }) : "");
  }

  return together([
    ...[planeKind, setup].map((store) => store.subscribe(showKind)),
    ...[plane, run].map((/** @type {import('../../state/types.js').Readable<any>} */ store) => store.subscribe(showShare)),
    ...[plane, setup, colours, view].map((/** @type {import('../../state/types.js').Readable<any>} */ store) => store.subscribe(showLosses)),
    ...kinds.map((button) => on(button, "click", () => choose(button.dataset.plane ?? "pca"))),
    on(around, "change", () => set({ entrant: Number(around.value) })),
    on(part(element, "turn"), "click", () => set({ seed: planeKind.get().seed + 1 })),
    ...three.map((select, i) => on(select, "change", () => setRacer(i, Number(select.value)))),
  ]);
}

/** @param {HTMLSelectElement} select @param {string[]} names @param {number} chosen */
function offer(select, names, chosen) {
  if (names.some((name, i) => select.options[i]?.text !== name) || select.options.length !== names.length) {
    select.replaceChildren(...names.map((name, i) => new Option(name, String(i))));
  }
  select.value = String(chosen);
}
