// @ts-check
/**
 * What a person can do with a regression, beside what actions.js has for every page.
 *
 * @import { RegressionActions, RegressionSetup, RegressionState } from '../types.js'
 * @import { Player } from '../playback.js'
 */
import { actionsOn, replace } from "../actions.js";
import { withMoved, withoutPoints, withPoint, withPoints } from "../points.js";
import * as edit from "./setup.js";
import { movedTo } from "./section.js";
import { NOTHING } from "./validation.js";

/**
 * @param {RegressionState} state
 * @param {Player} player
 * @param {{begin: () => void, end: () => void, undo: () => void, redo: () => void}} past undo and redo of the points
 * @param {{tune: () => void, tryLuck: (tries: number) => void, validate: (folds: number, entrant: number | null) => void, whole: () => void,
 *   settle: () => void, reopens: (file: string) => Promise<boolean>}} ask what only the server can answer
 * @returns {RegressionActions}
 */
export function regressionActions(state, player, past, ask) {
  const { catalog, setup, playhead, view, held } = state;
  let live = false; // what is held acts from the playhead on: decided when it was taken

  const acts = () => playhead.get().playing || view.get().fromHere;
  const moment = () => ({ step: playhead.get().step, live: held.get() ? live : acts(), catalog });

  /** Points drawn over a table begin a regression of their own. @param {RegressionSetup} before @param {RegressionSetup} next */
  function settled(before, next) {
    if (!edit.isTable(before) || edit.isTable(next)) return next;
    ask.whole();
    return /** @type {RegressionSetup} */ ({ ...catalog.blank, points: next.points, seed: next.seed });
  }

  /** @param {(setup: RegressionSetup) => RegressionSetup} change */
  function redraw(change) {
    setup.update((old) => settled(old, change(old)));
  }

  /** @param {RegressionSetup} next */
  function load(next) {
    state.selected.set(new Set());
    state.validated.set(NOTHING);
    replace(state, player, next);
    ask.whole();
  }

  /** @type {RegressionActions} */
  const actions = {
    ...actionsOn(state, player, { suggested: () => edit.suggested(setup.get(), catalog), tune: ask.tune }),
    moveStart(point) {
      const fit = state.fit.get();
      const { start } = setup.get();
      if (start.length === 2) actions.setStart(point);
      else if (fit?.dim === start.length) actions.setStart(movedTo(fit.plane, start, point));
    },
    setStart: (weights) => setup.update((old) => edit.withStart(old, weights)),
    resetWindow: ask.whole,
    addPoint: (point) => redraw((old) => withPoint(old, point, moment())),
    movePoints: (moves) => redraw((old) => withMoved(old, moves, moment())),
    removePoints: (indices) => redraw((old) => withoutPoints(old, indices, moment())),
    setPoints(points) {
      redraw((old) => withPoints(old, points));
      ask.whole();
    },
    loadPointSet: (key) => load(edit.withData(setup.get(), { preset: key }, catalog)),
    loadTable: (key) => load(edit.withData(setup.get(), { dataset: key }, catalog)),
    loadSetup: load,
    beginEdit() {
      live = acts();
      held.set(true);
      past.begin();
    },
    endEdit() {
      held.set(false);
      past.end();
      ask.settle();
    },
    undo: past.undo,
    redo: past.redo,
    useTable(next) {
      if (next.points === undefined) return load(edit.withTable(setup.get(), next));
      redraw((old) => edit.withOwnPoints(withPoints(old, next.points ?? []), next));
      ask.whole();
    },
    reopens: ask.reopens,
    setModel(model) {
      setup.update((old) => edit.withModel(old, model, catalog));
      if ("degree" in model || "standardise" in model) ask.whole();
    },
    tryLuck: ask.tryLuck,
    validate: ask.validate,
    takeWinner() {
      const best = state.validated.get().shown?.best;
      if (best) actions.setModel({ degree: best.degree, l2: best.l2, standardise: true });
    },
  };
  return actions;
}
