// @ts-check
/**
 * Everything that a person can do, as one verb each. Views and controls call these and nothing else.
 *
 * @import { Actions, Catalog, Setup, State } from './types.js'
 * @import { Player } from './playback.js'
 */
import { written } from "./permalink.js";
import * as edit from "./setup.js";

/**
 * @param {State} state
 * @param {Player} player
 * @param {{expression: (text: string) => void, tune: () => void}} ask
 *   what only the server can answer
 * @returns {Actions}
 */
export function actionsOn(state, player, ask) {
  const { catalog, setup, view, chosen, playhead } = state;

  /** Wraps a pure edit. @template {unknown[]} A @param {(setup: Setup, ...rest: A) => Setup} change */
  const edits = (change) => (/** @type {A} */ ...rest) => setup.update((old) => change(old, ...rest));

  /** Another race altogether: begin it at the first step, playing. @param {Setup} next */
  function replace(next) {
    state.problem.set(null);
    state.tuned.set(null);
    view.update((old) => ({ ...old, solo: null }));
    setup.set(next);
    chosen.set(Math.min(chosen.get(), next.entrants.length - 1));
    state.window.set(next.window ?? state.ground.get().window);
    player.restart();
  }

  /** Keeps what points at an entrant pointing at the same one. @param {(index: number) => number} moved */
  function renumber(moved) {
    chosen.update((index) => Math.max(0, Math.min(moved(index), setup.get().entrants.length - 1)));
    view.update((old) => ({ ...old, solo: old.solo === null ? null : moved(old.solo) }));
  }

  return {
    moveStart: edits(edit.withStart),
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
      setup.set(edit.addEntrant(before, optimizer, catalog));
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
    setSurface(key) {
      const item = edit.surfaceOf(catalog, key);
      if (item) replace(edit.withSurface(setup.get(), item));
    },
    setExpression: ask.expression,
    loadScene(key) {
      const scene = catalog.scenes.find((each) => each.key === key);
      if (scene) replace(edit.withScene(scene, catalog));
    },
    loadSetup: replace,
    setNoise: edits(edit.withNoise),
    setSeed: edits(edit.withSeed),
    setSteps: edits(edit.withSteps),
    setWindow: (window) => state.window.set(window),
    setDomain(window) {
      state.window.set(window);
      setup.update((old) => edit.withWindow(old, window));
    },
    resetWindow() {
      const { expression, window } = setup.get();
      state.window.set((expression !== undefined && window) || state.ground.get().window);
    },
    removeChange: edits(edit.removeChange),
    clearChanges: edits((old) => ({ ...old, changes: [] })),
    setFromHere: (fromHere) => view.update((old) => ({ ...old, fromHere })),
    tune: ask.tune,
    play: player.play,
    pause: player.pause,
    toggle: player.toggle,
    seek: player.seek,
    stepBy: player.stepBy,
    setSpeed: player.setSpeed,
    toggleLoop: player.toggleLoop,
    restart: player.restart,
    setTheme: (theme) => state.theme.set(theme),
    link: () => `${location.href.replace(/#.*/, "")}#${written(setup.get())}`,
    dismissNotice: () => state.notice.set([]),
  };
}
