// @ts-check
/**
 * The points of a regression and their edits. Every edit is pure: it returns a new setup and leaves the old one alone.
 *
 * A setup tells its points as a list, and data changes that act on that list from some step on; a change names a point
 * by its place in the list in force then. Edits work on the life of each point instead (where it lies, from which step
 * on), so that an edit at one step never makes a change at another point at the wrong neighbour.
 *
 * @import { Act } from './history.js'
 * @import { Catalog, Change, DataChange, Point, RegressionSetup } from './types.js'
 *
 * @typedef {{step: number, live: boolean, catalog: Catalog}} Moment  when an edit is made. `live`: the optimizers run,
 *   and the edit holds from `step` on; else it changes the points as they are seen at `step`, and everything before
 * @typedef {{at: number, to: Point | null}[]} Life  where a point lies from which step on; null: it is gone
 */

/** @param {Change} change @returns {change is DataChange} */
export const movesData = (change) => "point" in change;

/**
 * The points before any change: those drawn, or those of the preset.
 *
 * @param {RegressionSetup} setup
 * @param {Catalog} catalog
 * @returns {Point[]}
 */
export const firstPoints = ({ points, preset }, catalog) =>
  points ?? catalog.pointSets.find(({ key }) => key === preset)?.points ?? [];

/**
 * The points in force at a step.
 *
 * @param {RegressionSetup} setup
 * @param {number} step
 * @param {Catalog} catalog
 * @returns {Point[]} the very same array as long as nothing has changed
 */
export function pointsAt(setup, step, catalog) {
  const first = firstPoints(setup, catalog);
  const changes = setup.changes.filter(movesData).filter(({ at }) => at <= step);
  if (changes.length === 0) return first;
  const points = [...first];
  for (const { point, to } of changes) {
    if (to) points.splice(point, 1, to);
    else points.splice(point, 1);
  }
  return points;
}

/**
 * One more point. Live, it comes at that step; else it is there from the beginning.
 *
 * @param {RegressionSetup} setup
 * @param {Point} point
 * @param {Moment} moment
 */
export function withPoint(setup, point, { step, live, catalog }) {
  const lives = livesOf(setup, catalog);
  if (acts(setup, step, live)) return told(setup, [...lives, [{ at: step, to: point }]]);
  const born = lives.findIndex(([{ at }]) => at > 0);
  return told(setup, lives.toSpliced(born < 0 ? lives.length : born, 0, [{ at: 0, to: point }]));
}

/**
 * Points moved. Live, a point lies there from that step on, whatever was to happen to it later.
 *
 * @param {RegressionSetup} setup
 * @param {[number, Point][]} moves index at `step`, and where to
 * @param {Moment} moment
 */
export function withMoved(setup, moves, { step, live, catalog }) {
  const lives = livesOf(setup, catalog);
  const seen = seenAt(lives, step);
  for (const [index, to] of moves) {
    const which = seen[index];
    if (which === undefined) continue;
    const life = lives[which];
    if (acts(setup, step, live)) lives[which] = [...life.filter(({ at }) => at < step), { at: step, to }];
    else {
      const latest = life.findLastIndex(({ at }) => at <= step);
      lives[which] = life.with(latest, { at: life[latest].at, to });
    }
  }
  return told(setup, lives);
}

/**
 * Without some points. Live, they are gone from that step on; else it is as if they had never been.
 *
 * @param {RegressionSetup} setup
 * @param {Iterable<number>} indices at `step`
 * @param {Moment} moment
 */
export function withoutPoints(setup, indices, { step, live, catalog }) {
  const lives = livesOf(setup, catalog);
  const seen = seenAt(lives, step);
  const gone = new Set(Array.from(indices, (index) => seen[index]));
  return told(
    setup,
    lives.flatMap((life, which) => {
      if (!gone.has(which)) return [life];
      const earlier = acts(setup, step, live) ? life.filter(({ at }) => at < step) : [];
      return earlier.length > 0 ? [[...earlier, { at: step, to: null }]] : [];
    }),
  );
}

/**
 * Other points altogether; what was to happen to the old ones goes with them.
 *
 * @param {RegressionSetup} setup
 * @param {Point[]} points
 * @returns {RegressionSetup}
 */
export function withPoints(setup, points) {
  const { preset, dataset, table, table_file, reading, ...rest } = setup;
  return { ...rest, points, changes: setup.changes.filter((change) => !movesData(change)) };
}

/**
 * What has been done to the points, for undo and redo: they go back and forth, and the data changes on the way with
 * them; knobs, model and entrants stay as they are.
 *
 * @param {RegressionSetup} before
 * @param {RegressionSetup} after
 * @returns {Act<RegressionSetup> | null}
 */
export function pointsActed(before, after) {
  const same =
    before.preset === after.preset &&
    (before.points === after.points || JSON.stringify(before.points) === JSON.stringify(after.points)) &&
    JSON.stringify(before.changes.filter(movesData)) === JSON.stringify(after.changes.filter(movesData));
  return same ? null : { back: (now) => withPointsOf(now, before), forth: (now) => withPointsOf(now, after) };
}

/** @param {RegressionSetup} setup @param {RegressionSetup} of @returns {RegressionSetup} */
function withPointsOf(setup, { points, preset, changes }) {
  const { points: _, preset: __, ...rest } = setup;
  return {
    ...rest,
    ...(points ? { points } : {}),
    ...(preset === undefined ? {} : { preset }),
    changes: [...setup.changes.filter((change) => !movesData(change)), ...changes.filter(movesData)].sort((a, b) => a.at - b.at),
  };
}

/** A change must come after the first step and before the last. @param {RegressionSetup} setup @param {number} step @param {boolean} live */
const acts = ({ steps }, step, live) => live && step > 0 && step < steps;

/** @param {RegressionSetup} setup @param {Catalog} catalog @returns {Life[]} in the order in which the points came */
function livesOf(setup, catalog) {
  const lives = firstPoints(setup, catalog).map((to) => /** @type {Life} */ ([{ at: 0, to }]));
  const alive = lives.map((_, which) => which);
  for (const { at, point, to = null } of setup.changes.filter(movesData)) {
    const life = lives[alive[point]];
    if (life) {
      if (life[life.length - 1].at === at) life.pop();
      life.push({ at, to });
    } else if (to && point === alive.length) alive.push(lives.push([{ at, to }]) - 1);
    if (!to) alive.splice(point, 1);
  }
  return lives;
}

/** @param {Life} life @param {number} step @returns {Point | null} */
const placeAt = (life, step) => life.findLast(({ at }) => at <= step)?.to ?? null;

/** @param {Life[]} lives @param {number} step @returns {number[]} the lives of the points in force, in their order */
const seenAt = (lives, step) => lives.flatMap((life, which) => (placeAt(life, step) ? [which] : []));

/**
 * The setup with these lives: points of the beginning as a list, and all else as data changes.
 *
 * @param {RegressionSetup} setup
 * @param {Life[]} lives
 * @returns {RegressionSetup}
 */
function told(setup, lives) {
  /** @type {DataChange[]} */
  const changes = [];
  const steps = new Set(lives.flatMap((life) => life.map(({ at }) => at).filter((at) => at > 0)));
  for (const at of [...steps].sort((a, b) => a - b)) {
    const before = seenAt(lives, at - 1);
    const moves = before.flatMap((which, point) => {
      const place = lives[which].find((each) => each.at === at);
      return place ? [{ at, point, to: place.to }] : [];
    });
    const stay = before.filter((which) => placeAt(lives[which], at));
    const births = lives.flatMap(([first]) => (first.at === at && first.to ? [first.to] : []));
    changes.push(
      ...moves.flatMap(({ point, to }) => (to ? [{ at, point, to }] : [])),
      // The last one first, so that the places of the others hold until it is their turn.
      ...moves.flatMap(({ point, to }) => (to ? [] : [{ at, point, to }])).reverse(),
      ...births.map((to, i) => ({ at, point: stay.length + i, to })),
    );
  }
  const next = withPoints(setup, lives.flatMap(([{ at, to }]) => (at === 0 && to ? [to] : [])));
  return { ...next, changes: [...next.changes, ...changes].sort((a, b) => a.at - b.at) };
}
