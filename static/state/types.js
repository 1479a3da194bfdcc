// @ts-check
/**
 * The shapes that the whole page speaks of. Only types live here: nothing to run.
 * Views and controls write `@param {import('./types.js').State} state`. What goes to the server and comes from it is of
 * `Models`, which the server's own models are written to.
 *
 * @import * as Models from '../net/messages.js'
 *
 * @typedef {[number, number]} Point  x, y in the surface's own units
 * @typedef {[[number, number], [number, number]]} Window  x from..to, y from..to
 *
 * @typedef {Omit<Models.Entrant, "knobs" | "hidden"> & {knobs?: Models.Knobs, hidden?: boolean, offset?: Point}} Entrant
 * @typedef {Models.Schedule} Schedule
 * @typedef {Models.KnobChange} KnobChange
 * @typedef {Models.PointChange} DataChange
 * @typedef {KnobChange | DataChange | import('./network/types.js').SettingChange} Change
 * @typedef {Whole<Models.RaceSetup, "start" | Shared>} SurfaceSetup
 *   everything that a race on a surface depends on; either `surface` or `expression` is there
 * @typedef {Whole<Models.RegressionSetup, "start" | Settings | Shared>} RegressionSetup
 *   everything that a regression depends on; one of `points`, `preset`, `dataset`, `table` and `table_file` is there
 * @typedef {SurfaceSetup | RegressionSetup} RacedSetup  what is raced; its steps can be explained and its sliders painted
 * @typedef {RacedSetup | import('./network/types.js').NetworkSetup} Setup  any of them
 * @typedef {"steps" | "seed" | "noise" | "changes" | "entrants"} Shared  fields of all setups
 * @typedef {"degree" | "loss" | "delta" | "l2" | "l1" | "jitter" | "batch" | "split" | "patience"} Settings
 * @typedef {Pick<RegressionSetup, Settings | "standardise">} Model  how lines are fitted; `standardise`: absent for what suits the degree
 *
 * @typedef {{name: string, label: string, symbol: string, default: number, low: number, high: number,
 *   log: boolean, integer: boolean, sentence: string}} Knob
 * @typedef {Models.CriticalPoint} Critical
 * @typedef {{key: string, name: string, formula: string, mathml: string, window: Window, start: Point,
 *   axes: [string, string], minima: Critical[], saddles: Critical[], teaches: string, group: string,
 *   steps: number, entrants: Entrant[]}} SurfaceItem
 * @typedef {{key: string, name: string, source: string, group: string, sentence: string, mathml: string,
 *   needs: string[], memory: boolean, knobs: Knob[], offered?: boolean}} OptimizerItem  to add to those in the race
 * @typedef {{key: string, name: string, sentence: string, knobs: Knob[]}} ScheduleItem
 * @typedef {{key: string, name: string, watch: string, setup: Partial<SurfaceSetup>, whole: SurfaceSetup}} Scene
 * @typedef {{key: string, name: string, teaches: string, points: Point[], model?: Partial<RegressionSetup>,
 *   whole: RegressionSetup}} PointSet
 * @typedef {{key: string, name: string, names: string[], size: number, target: string, teaches: string,
 *   whole: RegressionSetup}} Table
 *   real data of many inputs
 * @typedef {{surfaces: SurfaceItem[], optimizers: OptimizerItem[], schedules: ScheduleItem[], scenes: Scene[],
 *   pointSets: PointSet[], tables: Table[], losses: {key: string, name: string}[],
 *   limits: {steps: number, entrants: number, [name: string]: number}, opening: any, blank: any}} Catalog
 *   `whole`: the setup that a scene or a set of data stands for; `opening`: what the page opens with, a setup of its own
 *   kind; `blank`: that of data of one's own, before there are any
 *
 * @typedef {Models.OutcomeOf} Outcome
 * @typedef {import('./network/types.js').Learned & {
 *   id: number, entrants: number, steps: number, have: number,
 *   points: Float64Array[], losses: Float64Array[],
 *   outcomes: Outcome[], reached: (number | null)[], names: string[],
 *   goal: Models.Goal | null, goals: (Models.Goal | null)[], complete: boolean, version: number,
 *   dim: number, weights: Float64Array[], validation: Float64Array[] | null, test: Float64Array[] | null,
 *   training: Float64Array[] | null, stopped: (number | null)[],
 * }} Run  the path so far. `points` lie in the plane shown; `weights` are the whole of them, `dim` for each step (on a
 *   plane of two weights the very same arrays). `training`: the losses without penalties, where there are some;
 *   `stopped`: the step of the best validation loss, once patience has run out. The arrays are filled in place; every
 *   arrival makes a new wrapper with a higher version.
 * @typedef {{step: number, playing: boolean, speed: number, loop: boolean}} Playhead
 * @typedef {Omit<Models.MapEvent, "id" | "type"> & {x: Float64Array, y: Float64Array, loss: Float64Array,
 *   of: string}} LossMap  `of`: the surface key or typed expression
 * @typedef {{knob: string, values: Float64Array[], loss: Float64Array[], reached: Int32Array[],
 *   diverged: Int32Array[]}} Paint  one row of lanes per entrant
 * @typedef {Models.ExplainedEvent} Explained
 * @typedef {{map: boolean, surface: boolean, solo: number | null, arrows: boolean, fromHere: boolean,
 *   ghost: boolean, squares?: boolean, lasso?: boolean}} View
 *   `fromHere`: a turned knob acts from the playhead on, instead of from the start; `ghost`: the mini-batch's own surface
 *   is drawn over the map; `squares` of the residuals are drawn; `lasso`: a finger draws loops instead of scrolling
 * @typedef {{undo: boolean, redo: boolean}} Reach  whether there is something to undo, and to redo
 * @typedef {Pick<Models.ErrorEvent, "field" | "message" | "position" | "code">} Problem
 * @typedef {{state: "connecting" | "open" | "lost", retryIn: number}} Connection  retryIn in seconds
 * @typedef {{name: string, formula: string, mathml: string, window: Window, start: Point, axes: [string, string],
 *   minima: Critical[], saddles: Critical[], teaches: string, coordinates?: [string, string],
 *   parameters?: Models.ParameterOf[], note?: string | null}} Ground  the surface under the race; `coordinates`: the first two,
 *   where the axes of the map are others; `parameters`: of a typed formula, its letters; `note`: what is odd about it
 * @typedef {Models.Section} Slice
 * @typedef {{points: Point[], sets: number[]}} Data  in force at the playhead; sets: 0 training, 1 validation, 2 test
 * @typedef {Models.ExactAnswer} Exact
 * @typedef {Omit<Models.FittedEvent, "id" | "type"> & {x: Float64Array, basis: Float64Array[], rows: Float64Array[]}} Fit
 *   `straight`: beside a curve the best straight line, slope and intercept; `basis`: the inputs along `x`, so that a curve is their product with the weights; `rows`: the same at the points
 * @typedef {{tries: number, best: number[], loss: number | null}} Tried  random tries: how many, and the best
 * @typedef {{degrees: number[], lambdas: number[], folds: number, mean: Float64Array[], spread: Float64Array[],
 *   diverged: Int32Array[], best: Models.Winner, test: number | null,
 *   by: {entrant: number, optimizer: string, name: string} | null, of: string}} Validated
 *   cross-validation; `by`: who trained the folds, null where they were solved exactly; `of`: points and folds, as text
 * @typedef {{shown: Validated | null, rival: Validated | null}} Validations
 *   the newest; and, of the same points and folds, that of the other way, trained or exact
 */

/**
 * What the server writes out in full: the fields K are there, and none is null.
 *
 * @template T
 * @template {keyof T} K
 * @typedef {{[N in Exclude<keyof T, K>]?: NonNullable<T[N]>} & {[N in Exclude<K, "entrants">]-?: NonNullable<T[N]>} &
 *   {entrants: Entrant[]}} Whole
 */
/**
 * @template T
 * @typedef {import('./store.js').Writable<T>} Writable
 */
/**
 * @template T
 * @typedef {import('./store.js').Readable<T>} Readable
 */

/**
 * The stores of a page with a setup of its own kind.
 *
 * @template {Setup} S
 * @typedef {Omit<State, "setup"> & {setup: Writable<S>}} StateOf
 */

/**
 * @typedef {{
 *   catalog: Catalog,
 *   setup: Readable<Setup>,
 *   start: Readable<Point>,
 *   run: Writable<Run>,
 *   playhead: Writable<Playhead>,
 *   map: Writable<LossMap | null>,
 *   window: Writable<Window>,
 *   ground: Readable<Ground>,
 *   chosen: Writable<number>,
 *   explained: Writable<Explained | null>,
 *   paint: Writable<Paint | null>,
 *   tuning: Writable<{done: number, total: number, seconds?: number | null} | null>,
 *   tuned: Writable<string | null>,
 *   view: Writable<View>,
 *   theme: Writable<"light" | "dark">,
 *   connection: Writable<Connection>,
 *   queue: Writable<Pick<Models.WaitingEvent, "what" | "places" | "ahead" | "seconds"> | null>,
 *   patient: Writable<boolean>,
 *   problem: Writable<Problem | null>,
 *   notice: Writable<string[]>,
 *   faults: Writable<string[]>,
 *   busy: Writable<boolean>,
 *   stale: Writable<boolean>,
 *   wanted: Writable<number>,
 *   paintedVersion: Writable<number>,
 *   explaining: Writable<boolean>,
 *   sliders: Writable<boolean>,
 *   held: Writable<boolean>,
 *   colours: Readable<string[]>,
 * }} State  what the views and controls of both pages read
 *   `start`: of the race, in the plane shown; `tuning`: progress while the server tunes, else null; `tuned`: the sentence
 *   that says on which metric; `queue`: all places of the server are taken, so many wait before us, and so long about; `patient`: we wait for one; `notice`: sentences that soon go; `faults`: what was wrong with a link; `busy`: something has taken longer than 300 ms; `stale`: what is shown is no longer what is set, and the race that is has not come yet;
 *   `wanted`: the highest step that the player has use for; `paintedVersion`: `run.version` last put on the map
 *   (the map's view sets it after painting); `explaining`: the card of the step is on screen, `sliders`: there are some to be
 *   painted (their controls set them); `held`: the hand moves what everything depends on, so what can wait waits.
 *
 * @typedef {StateOf<SurfaceSetup>} SurfaceState
 * @typedef {StateOf<RegressionSetup> & {data: Readable<Data>, fit: Writable<Fit | null>,
 *   selected: Writable<Set<number>>, reach: Readable<Reach>, tried: Writable<Tried | null>, ghost: Writable<LossMap | null>,
 *   validated: Writable<Validations>}} RegressionState
 *   `selected`: points under the lasso; `reach`: whether there is something to undo or redo; `ghost`: the surface of the mini-batch at the playhead
 *
 * @typedef {{
 *   moveStart: (point: Point) => void,
 *   setKnob: (entrant: number, name: string, value: number) => void,
 *   setSchedule: (entrant: number, schedule: Schedule | null) => void,
 *   setOffset: (entrant: number, offset: Point) => void,
 *   addEntrant: (optimizer: string) => void,
 *   removeEntrant: (entrant: number) => void,
 *   duplicateEntrant: (entrant: number) => void,
 *   moveEntrant: (from: number, to: number) => void,
 *   hide: (entrant: number, hidden: boolean) => void,
 *   solo: (entrant: number | null) => void,
 *   recolour: (entrant: number, color: string | null) => void,
 *   label: (entrant: number, label: string | null) => void,
 *   choose: (entrant: number) => void,
 *   setNoise: (noise: number) => void,
 *   setSeed: (seed: number) => void,
 *   setSteps: (steps: number) => void,
 *   setWindow: (window: Window) => void,
 *   resetWindow: () => void,
 *   removeChange: (index: number) => void,
 *   clearChanges: () => void,
 *   setFromHere: (fromHere: boolean) => void,
 *   tune: () => void,
 *   play: () => void,
 *   pause: () => void,
 *   toggle: () => void,
 *   seek: (step: number) => void,
 *   stepBy: (steps: number) => void,
 *   setSpeed: (speed: number) => void,
 *   toggleLoop: () => void,
 *   restart: () => void,
 *   setTheme: (theme: "light" | "dark") => void,
 *   dismissNotice: () => void,
 *   dismissFaults: () => void,
 * }} Actions  what a person does on both pages; `setWindow` only looks elsewhere
 *
 * @typedef {Actions & {
 *   setSurface: (key: string) => void,
 *   setExpression: (text: string) => void,
 *   setParameter: (name: string, value: number) => void,
 *   setParameterRange: (name: string, range: [number, number]) => void,
 *   loadScene: (key: string) => void,
 *   loadSetup: (setup: SurfaceSetup) => void,
 *   setDomain: (window: Window) => void,
 * }} SurfaceActions  `setDomain` says where a typed surface is raced; `setExpression` may be called at every keystroke:
 *   what is wrong with the text arrives in `state.problem`
 *
 * @typedef {Actions & {
 *   addPoint: (point: Point) => void,
 *   movePoints: (moves: [number, Point][]) => void,
 *   removePoints: (indices: number[]) => void,
 *   setPoints: (points: Point[]) => void,
 *   useTable: (setup: RegressionSetup) => void,
 *   reopens: (file: string) => Promise<boolean>,
 *   loadPointSet: (key: string) => void,
 *   loadTable: (key: string) => void,
 *   undo: () => void,
 *   redo: () => void,
 *   beginEdit: () => void,
 *   endEdit: () => void,
 *   setModel: (model: Partial<Model>) => void,
 *   setStart: (weights: number[]) => void,
 *   tryLuck: (tries: number) => void,
 *   validate: (folds: number, entrant: number | null) => void,
 *   takeWinner: () => void,
 *   loadSetup: (setup: RegressionSetup) => void,
 * }} RegressionActions  what happens between `beginEdit` and `endEdit` (one drag) is undone as one; `useTable` takes what the
 *   server made of a text; `reopens` opens the page's link if it was for want of this file that it could not be
 */

export {};
