// @ts-check
/**
 * What a person can do on every page, as one verb each. Views and controls call these and nothing else. What only one
 * page knows stands in surface-actions.js and regression-actions.js.
 *
 * @import { Actions, Entrant, Setup, StateOf, Writable } from './types.js'
 * @import { Player } from './playback.js'
 */
import * as edit from "./entrants.js";

/**
 * @template {Setup} S
 * @param {StateOf<S>} state
 * @param {Player} player
 * @param {{suggested: () => Entrant[], tune: () => void}} page
 *   entrants with knobs that suit what is raced on; what only the server can answer
 * @returns {Omit<Actions, "moveStart" | "resetWindow">}
 */
export function actionsOn(state, player, { suggested, tune }) {
  const { catalog, setup, view, chosen, playhead } = state;
  const edits = editsOf(setup);

  /** Keeps what points at an entrant pointing at the same one. @param {(index: number) => number} moved */
  function renumber(moved) {
    chosen.update((index) => Math.max(0, Math.min(moved(index), setup.get().entrants.length - 1)));
    view.update((old) => ({ ...old, solo: old.solo === null ? null : moved(old.solo) }));
  }

  return {
    setKnob(entrant, knob, value) {
      const at = playhead.get().step;
      if (view.get().fromHere && at > 0 && at < setup.get().steps)
        setup.update((old) => edit.withChange(old, { at, entrant, knob, value }));
      else setup.update((old) => edit.withKnob(old, entrant, knob, value));
    },
    setSchedule: edits(edit.withSchedule),
    setOffset: edits(edit.withOffset),
    addEntrant(optimizer) {
      const before = setup.get();
      setup.set(edit.addEntrant(before, optimizer, catalog, suggested()));
      if (setup.get() !== before) chosen.set(before.entrants.length);
    },
    removeEntrant(entrant) {
      const before = setup.get();
      if (view.get().solo === entrant) view.update((old) => ({ ...old, solo: null }));
      setup.set(edit.removeEntrant(before, entrant));
      if (setup.get() !== before) renumber((index) => (index > entrant ? index - 1 : index));
    },
    duplicateEntrant(entrant) {
      const before = setup.get();
      setup.set(edit.duplicateEntrant(before, entrant, catalog));
      if (setup.get() === before) return;
      renumber((index) => (index > entrant ? index + 1 : index));
      chosen.set(entrant + 1);
    },
    moveEntrant(from, to) {
      const order = setup.get().entrants.map((_, i) => i).toSpliced(from, 1).toSpliced(to, 0, from);
      setup.update((old) => edit.moveEntrant(old, from, to));
      renumber((index) => order.indexOf(index));
    },
    hide: edits(edit.hide),
    solo: (entrant) => view.update((old) => ({ ...old, solo: entrant })),
    recolour: edits(edit.recolour),
    label: edits(edit.label),
    choose: (entrant) => chosen.set(entrant),
    setNoise: edits(edit.withNoise),
    setSeed: edits(edit.withSeed),
    setSteps: edits(edit.withSteps),
    setWindow: (window) => state.window.set(window),
    removeChange: edits(edit.removeChange),
    clearChanges: () => setup.update((old) => ({ ...old, changes: [] })),
    setFromHere: (fromHere) => view.update((old) => ({ ...old, fromHere })),
    tune,
    play: player.play,
    pause: player.pause,
    toggle: player.toggle,
    seek: player.seek,
    stepBy: player.stepBy,
    setSpeed: player.setSpeed,
    toggleLoop: player.toggleLoop,
    restart: player.restart,
    setTheme: (theme) => state.theme.set(theme),
    dismissNotice: () => state.notice.set([]),
    dismissFaults: () => state.faults.set([]),
  };
}

/**
 * Turns pure edits into acts on the store.
 *
 * @template {Setup} S
 * @param {Writable<S>} setup
 */
export const editsOf =
  (setup) =>
  /** @template {unknown[]} A @param {(setup: S, ...rest: A) => S} change */
  (change) =>
  (/** @type {A} */ ...rest) =>
    setup.update((old) => change(old, ...rest));

/**
 * Puts another race altogether on the page: it begins at the first step, playing.
 *
 * @template {Setup} S
 * @param {StateOf<S>} state
 * @param {Player} player
 * @param {S} next
 */
export function replace(state, player, next) {
  state.problem.set(null);
  state.tuned.set(null);
  state.view.update((old) => ({ ...old, solo: null }));
  state.setup.set(next);
  state.chosen.set(Math.min(state.chosen.get(), next.entrants.length - 1));
  player.restart();
}
