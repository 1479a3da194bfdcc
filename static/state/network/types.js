// @ts-check
/**
 * The shapes that only the page of networks speaks of (those of every page: types.js). Only types live here.
 *
 * @import { Actions, Catalog, Entrant, Reach, Readable, Run, Scene, Shared, StateOf, Whole, Window, Writable } from '../types.js'
 * @import * as Models from '../../net/messages.js'
 * @import { Questions, SampledEvent, PlanedEvent, ConfusionEvent } from '../../net/messages.js'
 * @import { Answer, Asked, Kind } from '../../net/socket.js'
 *
 * @typedef {[number, number, number]} Drawn  x, y and the number of the class
 * @typedef {"batch" | "l2" | "l1" | "dropout" | "jitter"} Setting  what may be turned while a network learns
 * @typedef {number | number[]} SettingValue  a dropout for each hidden layer is a list
 * @typedef {Models.BatchChange | Models.StrengthChange | Models.DropoutChange} SettingChange  from step `at` on, the setting has that value
 * @typedef {import('../../net/messages.js').NetworkFacts} NetworkFacts
 * @typedef {ConfusionEvent["set"]} SetName
 *
 * @typedef {"split" | "hidden" | "activation" | "output" | "loss" | "initial" | "batch" | "l2" | "l1" | "dropout" |
 *   "jitter" | "patience"} Settings
 * @typedef {Whole<Models.NetworkSetup, Settings | Shared> & {activation: string[], start?: undefined,
 *   window?: undefined}} NetworkSetup
 *   everything that a training depends on; one of `data`, `drawn`, `csv` and `file` is there; `samples` and `spread`: absent for
 *   what suits the data (and with data of one's own); `activation`: one for each hidden layer
 * @typedef {Omit<NetworkSetup, Shared | "start" | "window">} Architecture
 *
 * @typedef {{key: string, name: string, teaches: string, source: string, kind: "classes" | "curve", classes: string[],
 *   inputs: number, names: string[], shape: [number, number] | null, size: number, sizes: [number, number],
 *   noise: number, noises: [number, number], window: Window | null, test: number | null}} SampleSet
 * @typedef {{key: string, name: string, watch: string, setup: Partial<NetworkSetup> | Record<string, unknown>,
 *   whole: NetworkSetup}} NetworkScene
 * @typedef {{key: string, name: string, sentence: string}} Named
 * @typedef {Omit<Catalog, "losses"> & {sampleSets: SampleSet[], networkScenes: NetworkScene[], networkRates: Entrant[],
 *   activations: (Named & {mathml: string[]})[], initialisations: Named[], losses: (Named & {kinds: string[]})[],
 *   outputs: string[]}} NetworkCatalog
 *
 * @typedef {{training: Float64Array[], validation?: Float64Array[], test?: Float64Array[],
 *   training_accuracy?: Float64Array[], validation_accuracy?: Float64Array[], test_accuracy?: Float64Array[]}} Measured
 *   [entrant][record]: mean losses without penalties, and shares of right answers; sets without samples are absent, and the
 *   accuracies of a curve. The arrays have room for records to come: as many are filled as `records` has steps.
 * @typedef {{network: NetworkFacts | null, records: number[], measured: Measured | null,
 *   rewritten: number}} Learned  what a run of a training
 *   has beside its losses, which are those of each step's own mini-batch. `records`: the steps that were measured;
 *   `rewritten`: how often steps that were held came anew, after a change on the way
 *
 * @typedef {Omit<SampledEvent, "id" | "type"> & {of: string,
 *   inputs: Float32Array | Uint8Array, targets: Float32Array, sets: Int32Array, rows: Int32Array}} Sampled  the samples, or
 *   as many as are shown: `inputs` row by row (pictures as bytes), `targets` numbers of classes or values of a curve, `sets`
 *   0 training, 1 validation, 2 test, `rows` their numbers among all; `of`: data, size and split as text
 * @typedef {{race: number, step: number, entrant: number, weights: Float64Array,
 *   x: Float64Array | null, y: Float64Array | null,
 *   regions: Float32Array | null, neurons: Float32Array | null,
 *   shapes: {regions: number[], neurons: number[]}}} Look  what the networks say at a step. Of two inputs `regions` is
 *   [entrants, outputs, y upwards, x] and `neurons` [neurons, m, m]; of one [entrants, outputs, x] and [neurons, x]; of more
 *   both are null. `weights`: of the entrant, layer by layer: W [inputs, neurons] row by row, then the biases
 * @typedef {Omit<PlanedEvent, "id" | "type"> & {race: number, x: Float64Array, y: Float64Array, loss: Float64Array,
 *   paths: Float64Array, records: Int32Array, true: Float64Array, shown: Float64Array, entrants: number}} Plane
 *   a plane through the loss, the mean over so many `samples`: `loss` [ny, nx]; `paths` [entrants, records, 2]; `true` and `shown` [entrants]: the loss where
 *   each stands at step `at`, and that of the place of the plane which shows it
 * @typedef {{kind: "pca" | "random" | "three", entrant: number, entrants: [number, number, number] | null, seed: number}} PlaneKind
 * @typedef {Pick<ConfusionEvent, "step" | "set" | "accuracy"> & {race: number, counts: Int32Array, classes: number}} Confused
 *   who takes which class for which: `counts` [entrants, classes, taken for]
 * @typedef {{layer: number, from: number, to: number}} Weight  a connection: `layer` 0 joins the inputs to the first
 *   layer; `from` counts the neurons before it, one more than the last is the bias
 * @typedef {"loss" | "accuracy"} CurveOf
 * @typedef {SetName | "three"} CurveSet  everybody on one set, or the chosen one on all three
 * @typedef {{of: CurveOf, set: CurveSet, by: CurveBy}} Curve  what the curves show, and against what
 * @typedef {"step" | "epoch" | "time"} CurveBy
 */

/**
 * @typedef {Omit<StateOf<NetworkSetup>, "catalog"> & {
 *   catalog: NetworkCatalog,
 *   facts: Readable<NetworkFacts | null>,
 *   samples: Writable<Sampled | null>,
 *   look: Writable<Look | null>,
 *   confused: Writable<Confused | null>,
 *   plane: Writable<Plane | null>,
 *   planeKind: Writable<PlaneKind>,
 *   weight: Writable<Weight | null>,
 *   inside: Writable<string | null>,
 *   pen: Writable<number | null>,
 *   reach: Readable<Reach>,
 *   curve: Writable<Curve>,
 *   paces: Writable<number[]>,
 * }} NetworkState
 *   `facts`: of the run on show; `look`: the newest look, at the record at or before the playhead; `confused`: who is taken
 *   for whom there, of more inputs than two; `plane`: the newest plane, which views ask for by `about`; `weight`: the chosen
 *   connection; `inside`: what the sheet "look inside" shows; `pen`: the class that a click on a region adds a point of, null
 *   while the hand draws nothing; `reach`: whether there is something to undo or redo; `curve`: what the curves show, and against what; `paces`:
 *   seconds that a step of each racer takes on its own, empty until somebody wants to know
 *
 * @typedef {{[K in Kind]: Questions[K] extends {race: number} ? K : never}[Kind]} AboutTraining  questions about one
 * @typedef {<K extends AboutTraining>(type: K, fields?: Partial<Asked<K>>, progress?: (event: any) => void) =>
 *   Promise<Answer<K>>} About
 *   a question about the running training at the playhead's record: id, race and step are put in. Fields may overrule `step`.
 *
 * @typedef {Actions & {
 *   loadSetup: (setup: NetworkSetup) => void,
 *   loadScene: (key: string) => void,
 *   setNetwork: (part: Partial<Architecture>) => void,
 *   setSetting: (setting: Setting, value: SettingValue) => void,
 *   setLayers: (count: number) => void,
 *   setLayer: (layer: number, neurons: number) => void,
 *   setActivation: (layer: number, key: string) => void,
 *   useTable: (setup: NetworkSetup) => void,
 *   reopens: (file: string) => Promise<boolean>,
 *   draw: (point: Drawn) => void,
 *   erase: (row: number) => void,
 *   startEmpty: () => void,
 *   beginEdit: () => void,
 *   endEdit: () => void,
 *   undo: () => void,
 *   redo: () => void,
 *   setPen: (pen: number | null) => void,
 *   chooseWeight: (weight: Weight | null) => void,
 *   lookInside: (what: string | null) => void,
 *   setCurve: (curve: Partial<Curve>) => void,
 * }} NetworkActions  `setSetting` acts from the playhead on, without a restart; `setNetwork` begins anew. `useTable` takes what the
 *   server made of a text; `reopens` opens the page's link if it was for want of this file that it could not be; `draw` adds a
 *   point of a class to the samples on show, which then are one's own; `startEmpty` leaves none; what happens between `beginEdit` and `endEdit` (one
 *   stroke) is undone as one.
 */

export {};
