// @ts-check
/**
 * What a person can do with a training, beside what actions.js has for every page.
 *
 * @import { Drawn, NetworkActions, NetworkSetup, NetworkState } from './types.js'
 * @import { Player } from '../playback.js'
 */
import { actionsOn, editsOf, replace } from "../actions.js";
import * as edit from "./setup.js";
import { emptied, ownPoints, withDrawn } from "./own-samples.js";

const ONE_TURN = 1.5; // seconds: a knob that is turned on and on acts from where it was taken hold of

/**
 * @param {NetworkState} state
 * @param {Player} player
 * @param {{begin: () => void, end: () => void, undo: () => void, redo: () => void}} past undo and redo of the data
 * @param {{tune: () => void, reopens: (file: string) => Promise<boolean>}} ask what only the server can answer
 * @returns {NetworkActions}
 */
export function networkActions(state, player, past, { tune, reopens }) {
  const { catalog, setup, playhead, samples } = state;
  const edits = editsOf(setup);
  const shared = actionsOn(/** @type {any} */ (state), player, {
    suggested: () => [...edit.suggested(setup.get(), catalog), ...catalog.networkRates],
    tune,
  });
  const taken = { what: "", step: 0, time: -Infinity };

  /** Where a knob or a setting acts from: the playhead, or where the hand took hold of it. @param {string} what */
  function moment(what) {
    const time = performance.now() / 1000;
    const still = taken.what === what && time - taken.time < ONE_TURN && taken.step <= playhead.get().step;
    Object.assign(taken, { what, time, step: still ? taken.step : playhead.get().step });
    const whole = !state.view.get().fromHere || taken.step >= setup.get().steps;
    return whole ? 0 : taken.step;
  }

  /** @param {NetworkSetup} next */
  function load(next) {
    state.weight.set(null);
    state.pen.set(null);
    replace(/** @type {any} */ (state), player, next);
  }

  /** @param {(points: Drawn[]) => Drawn[]} change */
  function redraw(change) {
    setup.update((old) => withDrawn(old, change(ownPoints(old, samples.get())), catalog));
    again();
  }

  /** Another training: it plays from its first step, or stands still where the one before stood. */
  const again = () => playhead.get().playing && player.restart();

  /** @param {() => void} go */
  function travel(go) {
    const before = setup.get();
    go();
    const now = setup.get();
    if (now === before) return;
    if (now.entrants !== before.entrants) state.view.update((old) => ({ ...old, solo: null }));
    state.chosen.update((index) => Math.min(index, now.entrants.length - 1));
    again();
  }

  /** A table of one's own, under the network that is there. @param {NetworkSetup} table */
  function useTable(table) {
    const { split, seed, hidden, activation, entrants, batch } = setup.get();
    load({ ...table, split, seed, hidden, activation, entrants, batch });
  }

  return {
    ...shared,
    moveStart: () => {},
    resetWindow: () => {},
    setKnob(entrant, knob, value) {
      const at = moment(`${entrant}:${knob}`);
      setup.update((old) => edit.withTurned(old, { at, entrant, knob, value }));
    },
    setSetting(setting, value) {
      const at = moment(setting);
      setup.update((old) => edit.withSetting(old, edit.settingChange(at, setting, value)));
    },
    loadSetup: load,
    loadScene(key) {
      load(edit.sceneSetup(key, catalog));
      // A lesson is about what one network does on the sets that it does not learn from.
      if (!catalog.sampleSets.some((set) => set.key === key)) state.curve.update((old) => ({ ...old, set: "three" }));
    },
    setNetwork: edits(edit.withNetwork),
    setLayers: edits(edit.withLayers),
    setLayer: edits(edit.withLayer),
    setActivation: edits(edit.withActivation),
    useTable,
    reopens,
    draw: (point) => redraw((points) => [...points, point]),
    erase: (row) => redraw((points) => points.toSpliced(row, 1)),
    startEmpty() {
      state.inside.set(null);
      load(emptied(setup.get(), catalog));
      state.pen.set(0);
    },
    beginEdit: past.begin,
    endEdit: past.end,
    undo: () => travel(past.undo),
    redo: () => travel(past.redo),
    setPen: (pen) => state.pen.set(pen),
    chooseWeight: (weight) => state.weight.set(weight),
    lookInside: (what) => state.inside.set(what),
    setCurve: (curve) => state.curve.update((old) => ({ ...old, ...curve })),
  };
}
