// @ts-check
/**
 * The card of a term: it opens below the word that was asked for, one at a time, and closes by Escape, by a click beside
 * it, or by the word once more. The word may be anywhere, also where it has just been written anew.
 *
 * @typedef {{key: string, name: string, sentence: string, mathml: string, picture: string, see: string[]}} Term
 */
import { markup } from "../widgets/markup.js";
import { on, part, say, together } from "../widgets/dom.js";

const MARGIN = 12; // px between the card and the window's edge
const GAP = 6; // px between the card and its word

/**
 * Where the card stands: below its word, above it where there is no room below, and never outside the window.
 *
 * @param {{left: number, top: number, bottom: number}} word
 * @param {{width: number, height: number}} card
 * @param {{width: number, height: number}} window
 * @returns {{left: number, top: number}}
 */
export function placeOfCard(word, card, window) {
  const left = Math.max(MARGIN, Math.min(word.left, window.width - card.width - MARGIN));
  const below = word.bottom + GAP;
  const above = word.top - GAP - card.height;
  const fits = below + card.height <= window.height - MARGIN;
  const top = fits || above < MARGIN ? Math.min(below, window.height - card.height - MARGIN) : above;
  return { left, top: Math.max(MARGIN, top) };
}

/**
 * @param {HTMLElement} card
 * @param {() => Promise<Term[]>} fetched the glossary; it rejects while the server is away
 * @returns {() => void} undo
 */
export function termCard(card, fetched) {
  /** @type {Map<string, Term> | null} */
  let terms = null;
  /** @type {HTMLElement | null} */
  let word = null; // whose card is open, or on its way
  /** @type {HTMLElement | null} */
  let pressed = null; // whose card was open when the pointer went down: the browser closes it before the click

  const open = () => card.matches(":popover-open");

  async function known() {
    terms ??= new Map((await fetched()).map((term) => [term.key, term]));
    return terms;
  }

  /** @param {string} key @param {Map<string, Term> | null} all */
  function show(key, all) {
    const term = all?.get(key);
    const name = /** @type {HTMLAnchorElement} */ (part(card, "name"));
    say(name, term?.name ?? word?.textContent ?? key);
    name.href = `/glossary#${key}`;
    say(part(card, "sentence"), term?.sentence ?? card.dataset.away ?? "");
    for (const [at, source] of [["picture", term?.picture], ["formula", term?.mathml]]) {
      const place = part(card, /** @type {string} */ (at));
      place.hidden = !source;
      place.replaceChildren(markup(source ?? ""));
    }
    const others = (term?.see ?? []).flatMap((each) => all?.get(each) ?? []);
    part(card, "also").hidden = others.length === 0;
    part(card, "see").replaceChildren(...others.flatMap((other, i) => (i ? [", ", link(other)] : [link(other)])));
  }

  /** @param {Term} term */
  function link({ key, name }) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button-link";
    button.dataset.see = key;
    button.textContent = name;
    return button;
  }

  function place() {
    if (!word || !open()) return;
    const at = word.getBoundingClientRect();
    if (!word.isConnected || at.bottom < 0 || at.top > innerHeight) return card.hidePopover();
    const { left, top } = placeOfCard(at, { width: card.offsetWidth, height: card.offsetHeight }, { width: innerWidth, height: innerHeight });
    card.style.setProperty("--card-left", `${left}px`);
    card.style.setProperty("--card-top", `${top}px`);
  }

  /** No word's card is open. */
  function folded() {
    for (const each of document.querySelectorAll('.term[aria-expanded="true"]')) each.setAttribute("aria-expanded", "false");
  }

  /** @param {HTMLElement} asked */
  async function ask(asked) {
    if (open()) card.hidePopover();
    folded();
    word = asked;
    const all = await known().catch(() => null);
    if (word !== asked || !asked.isConnected) return; // another was asked for meanwhile
    show(asked.dataset.term ?? "", all);
    asked.setAttribute("aria-expanded", "true");
    /** @type {any} */ (card).showPopover({ source: asked }); // inside a sheet: the sheet stays open below it
    place();
  }

  /** @param {MouseEvent} event */
  function clicked(event) {
    const target = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-term]"));
    if (!target) return;
    const again = event.detail > 0 ? pressed === target : word === target;
    pressed = null;
    if (!again) return void ask(target);
    word = null;
    if (open()) card.hidePopover();
  }

  /** @param {Event} event */
  function warm(event) {
    if (!terms && /** @type {Element} */ (event.target).closest?.("[data-term]")) known().catch(() => {});
  }

  return together([
    on(document, "pointerdown", () => void (pressed = word), { capture: true }),
    on(document, "click", clicked),
    on(document, "pointerover", warm, { passive: true }),
    on(document, "focusin", warm),
    on(document, "scroll", (event) => event.target !== card && place(), { capture: true, passive: true }),
    on(window, "resize", place),
    on(part(card, "close"), "click", () => card.hidePopover()),
    on(card, "click", (event) => {
      const { see } = /** @type {HTMLElement} */ (event.target).dataset;
      if (see === undefined) return;
      show(see, terms);
      place();
      card.focus();
    }),
    on(card, "keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Escape") return;
      event.preventDefault(); // it closes the card alone, not what lies below it
      card.hidePopover();
    }),
    on(card, "toggle", (/** @type {ToggleEvent} */ event) => {
      if (event.newState !== "closed" || open()) return;
      folded();
      word = null;
    }),
  ]);
}
