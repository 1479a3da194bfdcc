// @ts-check
/**
 * The shapes that the whole page speaks of. Only types live here: nothing to run.
 * Views and controls write `@param {import('../state/types.js').State} state`.
 *
 * @typedef {[number, number]} Point  x, y in the surface's own units
 * @typedef {[[number, number], [number, number]]} Window  x from..to, y from..to
 *
 * @typedef {{kind: string, [knob: string]: string | number}} Schedule
 * @typedef {{
 *   optimizer: string,
 *   knobs?: Record<string, number>,
 *   schedule?: Schedule | null,
 *   offset?: Point,
 *   label?: string | null,
 *   color?: string | null,
 *   hidden?: boolean,
 * }} Entrant
 * @typedef {{at: number, entrant: number, knob: string, value: number}} Change
 * @typedef {{
 *   surface?: string,
 *   expression?: string,
 *   window?: Window,
 *   start: Point,
 *   steps: number,
 *   seed: number,
 *   noise: number,
 *   entrants: Entrant[],
 *   changes: Change[],
 * }} Setup  everything that a race depends on; either `surface` or `expression` is there
 *
 * @typedef {{name: string, label: string, symbol: string, default: number, low: number, high: number,
 *   log: boolean, integer: boolean, sentence: string}} Knob
 * @typedef {{point: Point, value: number}} Critical  a minimum or a saddle point
 * @typedef {{key: string, name: string, formula: string, mathml: string, window: Window, start: Point,
 *   axes: [string, string], minima: Critical[], saddles: Critical[], teaches: string, group: string,
 *   steps: number, entrants: Entrant[]}} SurfaceItem
 * @typedef {{key: string, name: string, source: string, group: string, sentence: string, mathml: string,
 *   needs: string[], memory: boolean, knobs: Knob[]}} OptimizerItem
 * @typedef {{key: string, name: string, sentence: string, knobs: Knob[]}} ScheduleItem
 * @typedef {{key: string, name: string, watch: string, setup: Partial<Setup>}} Scene
 * @typedef {{surfaces: SurfaceItem[], optimizers: OptimizerItem[], schedules: ScheduleItem[], scenes: Scene[],
 *   limits: {steps: number, entrants: number, [name: string]: number}}} Catalog
 *
 * @typedef {{kind: string, step: number | null, where: string | null}} Outcome
 * @typedef {{
 *   id: number, entrants: number, steps: number, have: number,
 *   points: Float64Array[], losses: Float64Array[],
 *   outcomes: Outcome[], reached: (number | null)[], names: string[],
 *   goal: {loss: number, f_min: number} | null, complete: boolean, version: number,
 * }} Run  the path so far. The arrays are filled in place; every arrival makes a new wrapper with a higher version.
 * @typedef {{step: number, playing: boolean, speed: number, loop: boolean}} Playhead
 * @typedef {{window: Window, size: [number, number], x: Float64Array, y: Float64Array, loss: Float64Array,
 *   minima: Critical[], saddles: Critical[], of: string}} LossMap  `of`: the surface key or typed expression
 * @typedef {{knob: string, values: Float64Array[], loss: Float64Array[], reached: Int32Array[],
 *   diverged: Int32Array[]}} Paint  one row of lanes per entrant
 * @typedef {{entrant: number, step: number, point: Point, loss: number, gradient: Point, memory: Point | null,
 *   move: Point, next: Point, sentence: string, lines: {formula: string, numbers: string | null, numbers_y: string | null}[],
 *   frozen: boolean}} Explained
 * @typedef {{map: boolean, surface: boolean, solo: number | null, arrows: boolean, fromHere: boolean}} View
 *   `fromHere`: a turned knob acts from the playhead on, instead of from the start
 * @typedef {{field: string | null, message: string, position: [number, number] | null, code: string}} Problem
 * @typedef {{state: "connecting" | "open" | "lost", retryIn: number}} Connection  retryIn in seconds
 * @typedef {{name: string, formula: string, mathml: string, window: Window, start: Point, axes: [string, string],
 *   minima: Critical[], saddles: Critical[], teaches: string}} Ground  the surface under the race
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
 * @typedef {{
 *   catalog: Catalog,
 *   setup: Writable<Setup>,
 *   run: Writable<Run>,
 *   playhead: Writable<Playhead>,
 *   map: Writable<LossMap | null>,
 *   window: Writable<Window>,
 *   ground: Readable<Ground>,
 *   chosen: Writable<number>,
 *   explained: Writable<Explained | null>,
 *   paint: Writable<Paint | null>,
 *   tuning: Writable<{done: number, total: number} | null>,
 *   tuned: Writable<string | null>,
 *   view: Writable<View>,
 *   theme: Writable<"light" | "dark">,
 *   connection: Writable<Connection>,
 *   problem: Writable<Problem | null>,
 *   notice: Writable<string[]>,
 *   busy: Writable<boolean>,
 *   wanted: Writable<number>,
 *   paintedVersion: Writable<number>,
 *   explaining: Writable<boolean>,
 *   colours: Readable<string[]>,
 * }} State
 *   `tuning`: progress while the server tunes, else null; `tuned`: the sentence that says on which metric;
 *   `notice`: sentences about a damaged link; `busy`: something has taken longer than 300 ms;
 *   `wanted`: the highest step that the player has use for; `paintedVersion`: `run.version` last put on the map
 *   (the map's view sets it after painting); `explaining`: the card of the step is on screen (its control sets it).
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
 *   setSurface: (key: string) => void,
 *   setExpression: (text: string) => void,
 *   loadScene: (key: string) => void,
 *   loadSetup: (setup: Setup) => void,
 *   setNoise: (noise: number) => void,
 *   setSeed: (seed: number) => void,
 *   setSteps: (steps: number) => void,
 *   setWindow: (window: Window) => void,
 *   setDomain: (window: Window) => void,
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
 *   link: () => string,
 *   dismissNotice: () => void,
 * }} Actions  `setWindow` only looks elsewhere; `setDomain` says where a typed surface is raced;
 *   `setExpression` may be called at every keystroke: what is wrong with the text arrives in `state.problem`
 */

export {};
