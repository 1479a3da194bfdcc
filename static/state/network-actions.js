// @ts-check
/**
 * What a person can do with a training, beside what actions.js has for every page.
 *
 * @import { Drawn, NetworkActions, NetworkSetup, NetworkState } from './network-types.js'
 * @import { Player } from './playback.js'
 * @import { Refusal } from '../net/socket.js'
 */
import { actionsOn, editsOf, replace } from "./actions.js";
import { written } from "./network-link.js";
import * as edit from "./network-setup.js";

const ONE_TURN = 1.5; // seconds: a knob that is turned on and on acts from where it was taken hold of
const DIGITS = 4; // of the coordinates of points that become one's own, so that a link stays short

/**
 * @param {NetworkState} state
 * @param {Player} player
 * @param {{tune: () => void, reads: (setup: Partial<NetworkSetup>) => Promise<unknown>}} ask what only the server can answer: `reads`
 *   fails where the samples of a setup cannot be read
 * @returns {NetworkActions}
 */
export function networkActions(state, player, { tune, reads }) {
  const { catalog, setup, playhead, samples } = state;
  const edits = editsOf(setup);
  const shared = actionsOn(/** @type {any} */ (state), player, {
    written: (/** @type {NetworkSetup} */ now) => written(now, catalog),
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

  /** The samples on show as points of one's own. @returns {Drawn[]} */
  function own() {
    const { drawn } = setup.get();
    const known = samples.get();
    if (drawn) return drawn;
    if (!known || known.kind !== "classes" || known.dims[0] !== 2) return [];
    const round = (/** @type {number} */ value) => Number(value.toPrecision(DIGITS));
    return Array.from(known.targets, (target, i) => [round(known.inputs[2 * i]), round(known.inputs[2 * i + 1]), target]);
  }

  /** @param {(points: Drawn[]) => Drawn[]} change */
  function redraw(change) {
    const { data, csv, samples: _, spread, ...rest } = setup.get();
    const drawn = change(own());
    setup.set({ ...rest, drawn, loss: edit.lossOf({}, catalog), changes: rest.changes });
    player.restart();
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
      setup.update((old) => edit.withSetting(old, { at, setting, value }));
    },
    loadSetup: load,
    loadScene: (key) => load(edit.sceneSetup(key, catalog)),
    setNetwork: edits(edit.withNetwork),
    setLayers: edits(edit.withLayers),
    setLayer: edits(edit.withLayer),
    setActivation: edits(edit.withActivation),
    async pasteCsv(text) {
      const { split, seed, hidden, activation, entrants, batch } = setup.get();
      const next = edit.completed({ csv: text, split, seed, hidden, activation, entrants, batch }, catalog);
      try {
        await reads(edit.samplesOf(next));
        load(next);
      } catch (error) {
        const { message, code, position } = /** @type {Refusal} */ (error);
        state.problem.set({ field: "csv", message, code, position: position ?? null });
      }
    },
    draw: (point) => redraw((points) => [...points, point]),
    erase: (row) => redraw((points) => points.toSpliced(row, 1)),
    setPen: (pen) => state.pen.set(pen),
    chooseWeight: (weight) => state.weight.set(weight),
    lookInside: (what) => state.inside.set(what),
    setCurve: (curve) => state.curve.update((old) => ({ ...old, ...curve })),
  };
}
