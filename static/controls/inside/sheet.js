// @ts-check
/**
 * "Look inside": a button for each question, and a sheet at the side (on a phone: from below) in which one of them is
 * answered while the page goes on. What stands in a panel is made by whoever has it.
 *
 * @import { NetworkActions, NetworkState } from '../../state/network/types.js'
 */
import { fill } from "../../format.js";
import { deathOf } from "../../state/outcome-words.js";
import { entrantNames } from "../../state/names.js";
import { on, part, say, together } from "../widgets/dom.js";

/**
 * @param {HTMLElement} card with the buttons
 * @param {HTMLElement} sheet with a panel, data-panel, for each of them
 * @param {NetworkState} state
 * @param {NetworkActions} actions
 * @returns {() => void} undo
 */
export function inside(card, sheet, state, actions) {
  const { setup, colours, chosen, samples } = state;
  const buttons = [...card.querySelectorAll("button")];
  const panels = [.../** @type {NodeListOf<HTMLElement>} */ (sheet.querySelectorAll("[data-panel]"))];
  const racer = /** @type {HTMLSelectElement} */ (part(sheet, "racer"));
  const which = /** @type {HTMLSelectElement} */ (part(sheet, "which"));
  const title = part(sheet, "title");
  const covered = /** @type {HTMLElement | null} */ (card.closest(".side"));
  const sideBySide = matchMedia("(width >= 960px)"); // network-inside.css
  /** @type {HTMLElement | null} */
  let cause = null; // what had the focus when the sheet opened
  let last = ""; // the panel that was shown last

  /** @param {string | null} what */
  function show(what) {
    const panel = panels.find(({ dataset }) => dataset.panel === what);
    const opens = Boolean(panel) && sheet.hidden;
    const focus = /** @type {HTMLElement | null} */ (document.activeElement);
    const leaves = panels.some((each) => each !== panel && each.contains(focus)); // what has the focus goes out of sight
    if (opens) cause = focus;
    last = what ?? last;
    sheet.hidden = !panel;
    document.body.toggleAttribute("data-inside", Boolean(panel));
    cover();
    for (const each of panels) each.hidden = each !== panel;
    for (const button of buttons) button.setAttribute("aria-expanded", String(button.dataset.inside === what));
    if (!panel) return;
    say(title, panel.dataset.title ?? "");
    which.value = what ?? "";
    part(sheet, "who").hidden = panel.dataset.everybody !== undefined;
    showLost();
    part(sheet, "body").scrollTop = 0;
    if (opens || leaves) title.focus({ preventScroll: true });
  }

  /** Of a network that has diverged that is said first. */
  function showLost() {
    const about = panels.find(({ hidden }) => !hidden)?.dataset.network !== undefined;
    const step = about ? deathOf(state.run.get(), chosen.get(), state.playhead.get().step) : null;
    const lost = part(sheet, "lost");
    lost.hidden = step === null;
    if (step !== null) say(lost, fill(lost.dataset.lost, { name: entrantNames(setup.get(), state.catalog)[chosen.get()], step }));
  }

  /** Where the sheet lies over the panels at the side, nothing in them takes the focus. */
  const cover = () => void (covered && (covered.inert = !sheet.hidden && sideBySide.matches));

  function showRacer() {
    const names = entrantNames(setup.get(), state.catalog);
    if (names.some((name, i) => racer.options[i]?.text !== name) || names.length !== racer.options.length) {
      racer.replaceChildren(...names.map((name, i) => new Option(name, String(i))));
    }
    racer.value = String(chosen.get());
    part(sheet, "dot").style.setProperty("--colour", colours.get()[chosen.get()] ?? "");
  }

  /** Some questions make sense for some data only: classes, or pictures. */
  function offer() {
    const known = samples.get();
    for (const button of buttons) {
      const { needs } = button.dataset;
      button.hidden = (needs === "classes" && known?.kind === "curve") || (needs === "pictures" && known !== null && !known.shape);
      if (button.hidden && button.dataset.inside === state.inside.get()) actions.lookInside(null);
    }
    const offered = buttons.filter(({ hidden }) => !hidden);
    which.replaceChildren(...offered.map((button) => new Option(button.textContent ?? "", button.dataset.inside)));
    which.value = state.inside.get() ?? "";
  }

  function close() {
    actions.lookInside(null);
    const opener = buttons.find(({ dataset }) => dataset.inside === last);
    (cause?.isConnected && cause !== document.body ? cause : opener)?.focus({ preventScroll: true });
  }

  /** Wherever the focus is: it may have been lost with what it was on. What lies above the sheet closes first. */
  const escaped = (/** @type {KeyboardEvent} */ event) =>
    event.key === "Escape" && !event.defaultPrevented && !sheet.hidden && !document.querySelector(":popover-open, :modal");

  return together([
    state.inside.subscribe(show),
    samples.subscribe(offer),
    ...[setup, chosen, colours].map((/** @type {import('../../state/types.js').Readable<any>} */ store) => store.subscribe(showRacer)),
    ...[state.run, state.playhead, chosen].map((/** @type {import('../../state/types.js').Readable<any>} */ store) => store.subscribe(showLost)),
    ...buttons.map((button) =>
      on(button, "click", () => {
        const what = button.dataset.inside ?? null;
        if (state.inside.get() === what) close();
        else actions.lookInside(what);
      }),
    ),
    on(sideBySide, "change", cover),
    on(which, "change", () => actions.lookInside(which.value)),
    on(racer, "change", () => actions.choose(Number(racer.value))),
    on(part(sheet, "close"), "click", close),
    on(document, "keydown", (/** @type {KeyboardEvent} */ event) => escaped(event) && close()),
  ]);
}
