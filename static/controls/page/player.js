// @ts-check
/**
 * The player bar: buttons, the track with its marks, speed and counter; and the keys that do the same everywhere
 * on the page. The clock itself lives in state/playback.js.
 *
 * @import { Actions, Readable, State } from '../../state/types.js'
 */
import { fill, tick } from "../../format.js";
import { turnsKnob, turnsSetting } from "../../state/entrants.js";
import { entrantNames } from "../../state/names.js";
import { movesData } from "../../state/points.js";
import { spaced } from "../../state/running/questions.js";
import { on, part, say, together } from "../widgets/dom.js";

/**
 * @param {HTMLElement} element
 * @param {State} state
 * @param {Actions} actions
 * @param {Readable<number>} [perEpoch] steps of an epoch, where there are epochs: the counter's words then have {epoch}
 * @returns {() => void} undo
 */
export function player(element, state, actions, perEpoch) {
  const words = element.dataset;
  const scrub = /** @type {HTMLInputElement} */ (part(element, "scrub"));
  const speed = /** @type {HTMLSelectElement} */ (part(element, "speed"));
  const play = part(element, "play");
  const loop = part(element, "loop");
  const counter = part(element, "step");

  function showPlayhead() {
    const { step, playing, speed: chosenSpeed, loop: looping } = state.playhead.get();
    const { steps } = state.setup.get();
    const text = fill(words.step, { step, steps, epoch: Math.floor(step / (perEpoch?.get() ?? 1)) });
    say(counter, text);
    if (scrub.max !== String(steps)) scrub.max = String(steps);
    if (scrub.valueAsNumber !== step) scrub.value = String(step);
    scrub.setAttribute("aria-valuetext", text);
    const place = steps > 0 ? step / steps : 0;
    scrub.style.setProperty("--at", `calc(var(--thumb) / 2 + (100% - var(--thumb)) * ${place.toFixed(5)})`);
    if (element.dataset.playing !== String(playing)) {
      element.dataset.playing = String(playing);
      play.setAttribute("aria-label", (playing ? play.dataset.pause : play.dataset.play) ?? "");
    }
    loop.setAttribute("aria-pressed", String(looping));
    if (speed.value !== String(chosenSpeed)) speed.value = String(chosenSpeed);
  }

  function showLoaded() {
    const { have } = state.run.get();
    const { steps } = state.setup.get();
    const share = have >= steps ? 0 : Math.max(0, have) / steps; // a race that is all there needs no bar
    element.style.setProperty("--have", share.toFixed(4));
  }

  return together([
    state.playhead.subscribe(showPlayhead),
    state.setup.subscribe(showPlayhead),
    ...(perEpoch ? [perEpoch.subscribe(showPlayhead)] : []),
    state.run.subscribe(showLoaded),
    marks(part(element, "marks"), words, state),
    on(scrub, "input", () => actions.seek(scrub.valueAsNumber)),
    on(play, "click", actions.toggle),
    on(part(element, "restart"), "click", actions.restart),
    on(part(element, "back"), "click", () => actions.stepBy(-1)),
    on(part(element, "forward"), "click", () => actions.stepBy(1)),
    on(loop, "click", actions.toggleLoop),
    on(speed, "change", () => actions.setSpeed(Number(speed.value))),
    on(document, "keydown", (/** @type {KeyboardEvent} */ event) => pressed(event, state, actions)),
  ]);
}

const LATER = 100; // ms between two changes of the marks while a point is held, each movement of which may add one

/**
 * The marks over the track: where each entrant reached the goal, and where a knob was turned on the way.
 *
 * @param {HTMLElement} element
 * @param {DOMStringMap} words
 * @param {State} state
 */
function marks(element, words, state) {
  let shown = "";

  function show() {
    const setup = state.setup.get();
    const colours = state.colours.get();
    const names = entrantNames(setup, state.catalog);
    const reached = state.run.get().reached.flatMap((step, i) => {
      if (step === null || step > setup.steps || setup.entrants[i]?.hidden) return [];
      return [{ kind: "track-mark", step, colour: colours[i], title: fill(words.reached, { name: names[i], step }) }];
    });
    const changes = setup.changes.filter(turnsKnob).map(({ at, entrant, knob, value }) => {
      const title = `${names[entrant]}, ${fill(words.change, { step: at, knob, value: tick(value, 4) })}`;
      return { kind: "track-change", step: at, colour: colours[entrant], title };
    });
    const settings = setup.changes.filter(turnsSetting).map(({ at, setting, value }) => {
      const title = fill(words.change, { step: at, knob: setting, value: [value].flat().map((each) => tick(each, 4)).join(", ") });
      return { kind: "track-change", step: at, colour: "var(--muted)", title };
    });
    const moves = [...new Set(setup.changes.filter(movesData).map(({ at }) => at))];
    const moved = moves.map((step) => ({ kind: "track-change", step, colour: "var(--muted)", title: fill(words.moved, { step }) }));
    const all = [...reached, ...changes, ...settings, ...moved];
    const key = JSON.stringify([setup.steps, all]);
    if (key === shown) return;
    shown = key;
    element.replaceChildren(
      ...all.map(({ kind, step, colour, title }) => {
        const mark = document.createElement("span");
        mark.className = kind;
        mark.title = title;
        mark.style.left = `${((100 * step) / setup.steps).toFixed(3)}%`;
        mark.style.setProperty("--colour", colour ?? "");
        return mark;
      }),
    );
  }

  const look = spaced(show, () => (state.held.get() ? LATER : 0));
  return together([state.run.subscribe(look), state.setup.subscribe(look), state.colours.subscribe(look)]);
}

const FIELDS = "input, select, textarea, [contenteditable], [role=slider], [role=application], [popover]";

/**
 * @param {KeyboardEvent} event
 * @param {State} state
 * @param {Actions} actions
 */
function pressed(event, state, actions) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(FIELDS)) return;
  const many = event.shiftKey ? 10 : 1;
  const acts = {
    " ": () => !target?.closest("button, a, summary") && (actions.toggle(), true),
    ArrowLeft: () => (actions.stepBy(-many), true),
    ArrowRight: () => (actions.stepBy(many), true),
    Home: () => (actions.seek(0), true),
    End: () => (actions.seek(state.setup.get().steps), true),
  };
  if (acts[/** @type {keyof typeof acts} */ (event.key)]?.()) event.preventDefault();
}
