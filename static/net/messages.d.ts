/**
 * Setups and the messages of the stream, as the server's models describe them. Written by
 * `python -m docs.types`; a test fails when it is stale.
 */
import type {Tensor} from "./frames.js";

/** What answers a question of each type. */
export interface Answers {
  race: {event: ReadyEvent; arrays: {}};
  map: {event: MapEvent; arrays: MapEventArrays};
  paint: {event: PaintEvent; arrays: PaintEventArrays};
  explain: {event: ExplainedEvent; arrays: {}};
  tune: {event: TunedEvent; arrays: {}};
  formula: {event: FormulaEvent; arrays: {}};
  fit: {event: FittedEvent; arrays: FittedEventArrays};
  try: {event: TriedEvent; arrays: TriedEventArrays};
  validate: {event: ValidatedEvent; arrays: ValidatedEventArrays};
  points: {event: PointsEvent; arrays: {}};
  link: {event: LinkEvent; arrays: {}};
  samples: {event: SampledEvent; arrays: SampledEventArrays};
  look: {event: LookedEvent; arrays: LookedEventArrays};
  plane: {event: PlanedEvent; arrays: PlanedEventArrays};
  pace: {event: PacedEvent; arrays: {}};
  sample: {event: SampledOneEvent; arrays: SampledOneEventArrays};
  tweak: {event: TweakedEvent; arrays: TweakedEventArrays};
  explain_weight: {event: ExplainedWeightEvent; arrays: {}};
  stopwatch: {event: TimedEvent; arrays: {}};
  confusion: {event: ConfusionEvent; arrays: ConfusionEventArrays};
  digit: {event: DigitEvent; arrays: DigitEventArrays};
  export: {event: ExportedEvent; arrays: ExportedEventArrays};
  sweep: {event: SweptEvent; arrays: SweptEventArrays};
  network_validate: {event: NetworkValidatedEvent; arrays: NetworkValidatedEventArrays};
  needle: {event: NeedleEvent; arrays: NeedleEventArrays};
}
/** A number for each of two ways to a gradient. */
export interface BothWays {
  /** By backpropagation. */
  backpropagation: number;
  /** By central differences. */
  differences: number;
}
/**
 * Ends the search that carries this id: a `tune`, `sweep`, `network_validate` or `needle` that is not done yet.
 * Answered by an `error` of code `cancelled` with that id; not at all if the search has been answered already, or
 * there is none.
 */
export interface CancelRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "cancel";
}
/** A line of the chain rule. Layers, neurons and inputs are counted from 1 there. */
export interface ChainLine {
  /** z, a and f'(z) of the neuron that the weight leads to; the loss; dL/dz; dL/dw. */
  part: "sum" | "answer" | "slope" | "loss" | "error" | "gradient";
  /** The line as MathML. */
  formula: string;
  /** The same with the numbers put in. */
  numbers: string;
}
/**
 * Turns a knob of the running race, or moves a point of its data. The race goes back to step `at`; the next
 * `steps` begin at `at` + 1, or are empty (`from` = `to` + 1) where that step had not been sent yet. After a point
 * has moved they begin at `at` itself, whose loss is another. Changes that arrive together are answered together.
 * A change of the same knob of the same entrant at the same step takes the place of the former.
 */
export interface ChangeRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "change";
  /** The step from which on the knob has the value. */
  at: number;
  /** Whose knob. */
  entrant?: number | null;
  /** Its name. */
  knob?: string | null;
  /** In place of entrant and knob, of a network: `batch`, `l2`, `l1`, `dropout` or `jitter` has the value. */
  setting?: string | null;
  /** Its new value. */
  value?: number | number[];
  /** In place of these, of a regression: the number of a point. */
  point?: number | null;
  /** Where it lies from then on; null where it is gone. */
  to?: [number, number] | null;
}
/** Who takes which class for which; and of the chosen entrant its worst mistakes, the highest loss first. */
export interface ConfusionEvent {
  /** Of the request that this answers. */
  id: number;
  type: "confusion";
  /** As asked for. */
  step: number;
  /** As asked for. */
  set: "training" | "validation" | "test";
  /** Of the set. */
  samples: number;
  /** Of every entrant, the share that is right. */
  accuracy: number[];
  /** As asked for. */
  entrant: number | null;
  /** How many that entrant makes in all; null where none was asked for. */
  mistakes: number | null;
}
/** Who takes which class for which, over all samples of a set. Answered by `confusion`. */
export interface ConfusionRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The `id` of the running training. */
  race: number;
  /** Any that has been computed; recorded ones need no work. */
  step: number;
  type: "confusion";
  /** Whose samples. */
  set?: "training" | "validation" | "test";
  /** Whose worst mistakes are asked for. */
  entrant?: number | null;
  /** How many of them, up to 24. */
  worst?: number;
}
/** A minimum or a saddle point. */
export interface CriticalPoint {
  /**
   * [x, y].
   * @maxItems 2
   */
  point: [number, number];
  /** The loss there; null where it is not finite. */
  value: number | null;
}
/** What every entrant answers to a drawing. */
export interface DigitEvent {
  /** Of the request that this answers. */
  id: number;
  type: "digit";
  /** As asked for. */
  step: number;
  /** The class that each answers; null for a curve. */
  said: (number | null)[];
}
/** What everybody says to a drawing. Answered by `digit`. */
export interface DigitRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The `id` of the running training. */
  race: number;
  /** Any that has been computed; recorded ones need no work. */
  step: number;
  type: "digit";
  /** Of a picture row by row, 0 (paper) to 255 (ink), as many as the samples have; or the inputs of other samples. */
  pixels: number[];
  /** Whether the drawing, square and of up to 256 x 256 pixels, is first framed as the set's pictures were. */
  centred?: boolean;
}
/** A refusal: what was expected and what came. The race goes on. */
export interface ErrorEvent {
  type: "error";
  /** Of the request; null where it could not be read. */
  id: number | null;
  /** A word for programs. */
  code: string;
  /** A sentence: what was expected and what came. */
  message: string;
  /** Path of the value at fault, such as `entrants.0.knobs.lr`; or null. */
  field: string | null;
  /** [start, end) in a typed formula; or null. */
  position: [number, number] | null;
  /** The name of the sentence, the same in every language. */
  reason: string | null;
  /** What the sentence is made of, by name. */
  values: {
    [k: string]: unknown;
  } | null;
}
/** The weights with the lowest loss there is. A number that is not finite is null. */
export interface ExactAnswer {
  /** The bias last. */
  weights: (number | null)[];
  /**
   * Of training (penalties counted), validation and test set.
   * @maxItems 3
   */
  losses: [number | null, number | null, number | null];
  /** The first of them without penalties. */
  training: number | null;
  /** Whether no other weights are as good. */
  unique: boolean;
}
/** One step of one entrant in detail. Answered by `explained`. */
export interface ExplainRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "explain";
  /** The race. */
  setup: RaceSetup | RegressionSetup;
  /** Which entrant. */
  entrant: number;
  /** The step it stands at, before the one to be explained. */
  step: number;
}
/** A race of several optimizers on a surface. */
export interface RaceSetup {
  /** Key of the surface. */
  surface?: string;
  /** A formula in x and y. */
  expression?: string;
  /** Steps to take; null for the problem's own number. */
  steps?: number | null;
  /** Of noise, splits, mini-batches, masks and first weights. */
  seed?: number;
  /** Standard deviation of normal noise that is added to every gradient. */
  noise?: number;
  /** [x, y] where all start; null for the surface's own. */
  start?: [number, number] | null;
  /** What is seen of the plane, and a typed surface's domain: [[x0, x1], [y0, y1]]. */
  window?: [[number, number], [number, number]] | null;
  /** Key of the scene that this race was taken from. */
  scene?: string | null;
  /** Who races, in the order of the paths. */
  entrants: Entrant[];
  /** Knobs that are turned on the way. */
  changes?: KnobChange[] | null;
}
/** One optimizer in a race or a training. */
export interface Entrant {
  /** Key of the optimizer. */
  optimizer: string;
  /** The knobs that are turned; null for none. */
  knobs?: Knobs | null;
  /** Of the learning rate; null for a constant one. */
  schedule?: Schedule | null;
  /** What the entrant is called; null for the optimizer's name. */
  label?: string | null;
  /** Of its trail on the page; null for the optimizer's own. */
  color?: string | null;
  /** Whether the page draws no trail of it. */
  hidden?: boolean | null;
  /** From the common start to this one's: [x, y], or one for each weight of a regression. */
  offset?: number[] | null;
}
/** Values of an optimizer's knobs; one that is not given has its default. */
export interface Knobs {
  [k: string]: number;
}
/** What the learning rate is multiplied by on the way. */
export interface Schedule {
  /** Key of the schedule; what else stands here are its knobs. */
  kind: string;
  [k: string]: string | number;
}
/** A knob of an entrant has another value. */
export interface KnobChange {
  /** Step from which on it holds. */
  at: number;
  /** Number of the entrant, from 0. */
  entrant: number;
  /** Name of a knob of its optimizer. */
  knob: string;
  /** The knob's value from then on. */
  value: number;
}
/** Optimizers that fit a line, a curve or a linear model. What is null has a preset's own value, or the default. */
export interface RegressionSetup {
  /** [x, y] of each point. */
  points?: [number, number][];
  /** Key of the set. */
  preset?: string;
  /** Key of the table. */
  dataset?: "diabetes";
  /** Steps to take; null for the problem's own number. */
  steps?: number | null;
  /** Of noise, splits, mini-batches, masks and first weights. */
  seed?: number;
  /** Standard deviation of normal noise that is added to every gradient. */
  noise?: number;
  /** Highest power of x; else 1. */
  degree?: number | null;
  /** Columns in units of their spread; else so from degree 2 on, and for tables. */
  standardise?: boolean | null;
  /** Key of the loss; else mse. */
  loss?: string | null;
  /** Residual from which on Huber's loss is straight, in units of y; else 1. */
  delta?: number | null;
  /** Ridge: factor of the sum of squared weights; else 0. */
  l2?: number | null;
  /** Lasso: factor of the sum of the weights' sizes; else 0. */
  l1?: number | null;
  /** Standard deviation of the noise added to the inputs at every step; else 0. */
  jitter?: number | null;
  /** Points of a mini-batch, in a new order every epoch; 0 for all. Else 0. */
  batch?: number | null;
  /** Per cent of training, validation and test set, 100 in all; else all train. */
  split?: [number, number, number] | null;
  /** Steps without a better validation loss before early stopping marks a step; 0: never. */
  patience?: number | null;
  /** Weights at the start, the bias last; null for the suggested ones. */
  start?: number[] | null;
  /** What is seen of the plane of two weights. */
  window?: [[number, number], [number, number]] | null;
  /** Key of the scene that this setup was taken from. */
  scene?: string | null;
  /** Who races, in the order of the paths. */
  entrants: Entrant[];
  /** Knobs that are turned and points that are moved on the way. */
  changes?: (KnobChange | PointChange)[] | null;
}
/** A point of the data lies elsewhere, is there, or is gone. */
export interface PointChange {
  /** Step from which on it holds. */
  at: number;
  /** Number of the point, from 0; the first number that is not taken adds one. */
  point: number;
  /** [x, y] from then on; null takes the point away. */
  to?: [number, number] | null;
}
/**
 * The step that an entrant takes after `step` steps, for one weight: the update rule with the numbers put in. What
 * lies between two records is computed again, the optimizer's memory too. Answered by `explained_weight`.
 */
export interface ExplainWeightRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The `id` of the running training. */
  race: number;
  /** Any that has been computed; recorded ones need no work. */
  step: number;
  type: "explain_weight";
  /** Whose step. */
  entrant?: number;
  /** Its number. */
  weight: number;
}
/**
 * One step: where the entrant stands, the gradient, what it remembers, how it moves, and why. A number that is not
 * finite is null.
 */
export interface ExplainedEvent {
  /** Of the request that this answers. */
  id: number;
  type: "explained";
  /** As asked for. */
  entrant: number;
  /** As asked for. */
  step: number;
  /**
   * Where it stands.
   * @maxItems 2
   */
  point: [number | null, number | null];
  /** The loss there. */
  loss: number | null;
  /**
   * What the update rule saw, noise included.
   * @maxItems 2
   */
  gradient: [number | null, number | null];
  /** The noise in it; null where there is none. */
  noise: [number | null, number | null] | null;
  /** What it remembers; it pushes towards minus that. Null where it remembers nothing. */
  memory: [number | null, number | null] | null;
  /**
   * The step it takes.
   * @maxItems 2
   */
  move: [number | null, number | null];
  /**
   * Where that leads.
   * @maxItems 2
   */
  next: [number | null, number | null];
  /** How the optimizer works. */
  sentence: string;
  /** Of the update rule. */
  lines: Line[];
  /** Whether it has diverged and moves no more. */
  frozen: boolean;
}
/** A line of an update rule. One about the whole point has `numbers` alone, or neither. */
export interface Line {
  /** The line as MathML. */
  formula: string;
  /** The same with the numbers of x put in. */
  numbers: string | null;
  /** The same with those of y. */
  numbers_y: string | null;
}
/** What the step after `step` steps does to one weight. */
export interface ExplainedWeightEvent {
  /** Of the request that this answers. */
  id: number;
  type: "explained_weight";
  /** As asked for. */
  step: number;
  /** As asked for. */
  entrant: number;
  /** As asked for. */
  weight: number;
  /** Its value before the step; null where it is not finite. */
  was: number | null;
  /** Its value after the step; after the last, what it would be. */
  now: number | null;
  /** What the rule sees of it, penalties and noise counted; null for a rule that sees none. */
  gradient: number | null;
  /** Of the step's mini-batch, penalties counted; null where it is not finite. */
  loss: number | null;
  /** Of the mini-batch. */
  samples: number;
  /** What the optimizer does. */
  sentence: string;
  /** Where definitions differ, which one this is; else empty. */
  convention: string;
  /** What the gradient is the sum of, the lines of the rule, and what comes out. */
  lines: RuleLine[];
  /** Whether it takes no step: it has diverged, or early stopping has put it back to its best weights, and then it has no gradient either. */
  frozen: boolean;
}
/** A line of an update rule, for one weight. */
export interface RuleLine {
  /** The line as MathML. */
  formula: string;
  /** The same with the numbers put in; null for a formula of many weights. */
  numbers: string | null;
}
/** A file to take home. Answered by `exported`. */
export interface ExportRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The `id` of the running training. */
  race: number;
  /** Any that has been computed; recorded ones need no work. */
  step: number;
  type: "export";
  /** Whose. */
  entrant?: number;
  /** `safetensors`: the weights, float64, named as PyTorch's `nn.Sequential` names them; `pytorch`: a script that builds the network and loads that file; `csv`: the curves of all entrants. */
  kind: "safetensors" | "pytorch" | "csv";
}
/** A file. */
export interface ExportedEvent {
  /** Of the request that this answers. */
  id: number;
  type: "exported";
  /** As asked for. */
  step: number;
  /** As asked for. */
  entrant: number;
  /** As asked for. */
  kind: "safetensors" | "pytorch" | "csv";
  /** What to call it; a script looks beside itself for the weights by their own name. */
  name: string;
  /** Its media type. */
  media: string;
}
/** What is known of a regression before the first step. Answered by `fitted`. */
export interface FitRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The regression. */
  setup: RegressionSetup;
  /** Up to which step the changes of its data are made. */
  step?: number;
  type: "fit";
}
/** What is known of a regression. Rows of the design matrix times the weights are the curve and the predictions. */
export interface FittedEvent {
  /** Of the request that this answers. */
  id: number;
  type: "fitted";
  /** Weights, the bias among them. */
  dim: number;
  /** Of the weights. */
  names: string[];
  /** Of every point: 0 training, 1 validation, 2 test. */
  sets: number[];
  /** The best weights; null where there are no points. */
  exact: ExactAnswer | null;
  /** The straight line with the lowest loss, without penalties, its weights being slope and intercept; null but beside a curve. */
  straight: ExactAnswer | null;
  /** What is odd about the data, a sentence; or null. */
  note: string | null;
  /** Condition number of the design matrix; null where it has none. */
  condition: number | null;
  /** Steps of an epoch. */
  epoch: number;
  /** What the map shows. */
  plane: Section;
  /** Where the race starts. */
  start: number[];
}
/** The plane in which a regression is shown. */
export interface Section {
  /** The weights at (0, 0). */
  origin: number[];
  /** What one unit of a adds. */
  u: number[];
  /** What one unit of b adds. */
  v: number[];
  /**
   * What a and b are called.
   * @maxItems 2
   */
  axes: [string, string];
  /**
   * What is shown of it.
   * @maxItems 2
   */
  window: [[number, number], [number, number]];
}
/** A typed formula that was understood. */
export interface FormulaEvent {
  /** Of the request that this answers. */
  id: number;
  type: "formula";
  /** How the formula is written. */
  mathml: string;
  /**
   * Where to look.
   * @maxItems 2
   */
  window: [[number, number], [number, number]];
  /**
   * Where to start.
   * @maxItems 2
   */
  start: [number, number];
  /** Those that were found. */
  minima: CriticalPoint[];
  /** Those that were found. */
  saddles: CriticalPoint[];
}
/** Checks a typed formula. Answered by `formula`, or by an `error` that points at the place. */
export interface FormulaRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "formula";
  /** The formula. */
  expression: string;
}
/** The best of a sweep. */
export interface Found {
  /** Neurons of its hidden layers. */
  width: number[];
  /** Its learning rate. */
  lr: number;
  /** Of the set that judges. */
  loss: number;
  /** The same; null of a curve. */
  accuracy: number | null;
}
/** A loss to get below: f_min + 0.001 (f_start - f_min). */
export interface Goal {
  /** The loss to get below. */
  loss: number;
  /** The lowest of the surface. */
  f_min: number;
}
/** More credit for the running race. Answered by `steps`; not at all if it adds nothing. Credit never shrinks. */
export interface GrantRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "grant";
  /** The step up to which to compute. */
  to: number;
}
/** The link of a setup: what is behind the # of an address. What one opens is answered by `POST /api/link/read`. */
export interface LinkEvent {
  /** Of the request that this answers. */
  id: number;
  type: "link";
  /** The text, without its #. */
  link: string;
}
/** The link of a setup. Pages ask when things have settled, never while the hand moves. Answered by `link`. */
export interface LinkRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "link";
  /** The whole setup; whether it can be run already does not matter. */
  setup: RaceSetup | RegressionSetup | NetworkSetup;
}
/** Optimizers that train one dense network from the same weights on the same mini-batches. */
export interface NetworkSetup {
  /** Key of the set. */
  data?: string;
  /** How many; 0 or null for as many as suit the set. */
  samples?: number | null;
  /** Standard deviation of the noise of a drawn set; null for its own. */
  spread?: number | null;
  /** [x, y, class] of each point; class 0, 1 or 2. */
  drawn?: [number, number, number][];
  /** Columns of numbers. The last one holds the class, or the value of a curve where it has fractions or more than ten numbers. */
  csv?: string;
  /** Steps to take; null for the problem's own number. */
  steps?: number | null;
  /** Of noise, splits, mini-batches, masks and first weights. */
  seed?: number;
  /** Standard deviation of normal noise that is added to every gradient. */
  noise?: number;
  /** Neurons of each hidden layer; else [8, 8]. */
  hidden?: number[] | null;
  /** Of all hidden layers, or one for each; else tanh. */
  activation?: (string | string[]) | null;
  /** Activation of the last layer under the squared error; else linear. */
  output?: string | null;
  /** What is made small; else cross_entropy for classes, and mse for a curve. */
  loss?: string | null;
  /** How first weights are drawn; else xavier. */
  initial?: string | null;
  /** Samples of a mini-batch, in a new order every epoch; 0 for all. Else 32. */
  batch?: number | null;
  /** Factor of the sum of squared weights; else 0. */
  l2?: number | null;
  /** Factor of the sum of the weights' sizes; else 0. */
  l1?: number | null;
  /** Share of hidden neurons left out at a step, of all layers or of each; else 0. */
  dropout?: (number | number[]) | null;
  /** Standard deviation of the noise added to the inputs at every step; else 0. */
  jitter?: number | null;
  /** Per cent of training, validation and test set, 100 in all; else 70, 15, 15. */
  split?: [number, number, number] | null;
  /** Steps without a better validation loss before early stopping; 0 for never. */
  patience?: number | null;
  /** Who trains, in the order of the weights. */
  entrants: Entrant[];
  /** Knobs and settings that are turned on the way. */
  changes?: (KnobChange | (BatchChange | StrengthChange | DropoutChange))[] | null;
}
/** A training's mini-batches have another size. */
export interface BatchChange {
  /** Step from which on it holds. */
  at: number;
  /** What is turned. */
  setting: "batch";
  /** Samples of a mini-batch; 0 for all. */
  value: number;
}
/** A penalty or the input noise of a training has another strength. */
export interface StrengthChange {
  /** Step from which on it holds. */
  at: number;
  /** What is turned. */
  setting: "l2" | "l1" | "jitter";
  /** Factor of the penalty, or standard deviation of the noise. */
  value: number;
}
/** A training drops another share of the hidden neurons. */
export interface DropoutChange {
  /** Step from which on it holds. */
  at: number;
  /** What is turned. */
  setting: "dropout";
  /** Share of all hidden layers, or one for each. */
  value: number | number[];
}
/** What the networks of the running training say after a step, and what is inside one of them. */
export interface LookRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The `id` of the running training. */
  race: number;
  /** Any that has been computed; recorded ones need no work. */
  step: number;
  type: "look";
  /** Whose neurons and weights are sent. */
  entrant?: number;
  /** Places a side of the decision regions. */
  grid?: number;
  /** Places a side of the pictures of the neurons, 0 for none. */
  neurons?: number;
}
/** What the networks answer after a step. Neurons go layer by layer, inputs left out. */
export interface LookedEvent {
  /** Of the request that this answers. */
  id: number;
  type: "looked";
  /** As asked for. */
  step: number;
  /** Whose weights and neurons these are. */
  entrant: number;
}
/** The loss over a window. It may hold NaN and infinities. */
export interface MapEvent {
  /** Of the request that this answers. */
  id: number;
  type: "map";
  /**
   * As asked for.
   * @maxItems 2
   */
  window: [[number, number], [number, number]];
  /**
   * As asked for.
   * @maxItems 2
   */
  size: [number, number];
  /** Those that are known. */
  minima: CriticalPoint[];
  /** Those that are known. */
  saddles: CriticalPoint[];
}
/** The loss over a window: of `surface`, of `expression`, or of the regression in `setup`. Answered by `map`. */
export interface MapRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "map";
  /** Key of a surface. */
  surface?: string | null;
  /** A formula. */
  expression?: string | null;
  /** A regression. */
  setup?: RegressionSetup | null;
  /** Of a regression: up to which step the changes of its data are made. */
  step?: number;
  /** Of a regression: which weights are looked at; null for its own section's. */
  plane?: WeightPlane | null;
  /** Of a regression: the step whose mini-batch is looked at alone. */
  batch_at?: number | null;
  /**
   * What is looked at.
   * @maxItems 2
   */
  window: [[number, number], [number, number]];
  /**
   * `[nx, ny]`, points across and up.
   * @maxItems 2
   */
  size: number[];
}
/** A plane through the weights of a regression: (a, b) is origin + a u + b v. */
export interface WeightPlane {
  /** The weights at (0, 0). */
  origin: number[];
  /** What one unit of a adds. */
  u: number[];
  /** What one unit of b adds. */
  v: number[];
}
/**
 * The best of so many random weights, by the mean loss of training samples without penalties. The arrays hold every
 * try that was better than all before.
 */
export interface NeedleEvent {
  /** Of the request that this answers. */
  id: number;
  type: "needle";
  /** As asked for. */
  tries: number;
  /** Training samples that each was tried on. */
  samples: number;
  /** As asked for; null where weights were drawn as the network's own begin. */
  scale: number | null;
  /** The lowest; null where none was finite. */
  loss: number | null;
  /** The share that those weights have right; null for a curve. */
  accuracy: number | null;
  /** Of the network, biases too. */
  weights: number;
  /** How many points a grid of 10 values along the axis of every weight has. */
  grid: string;
}
/** Random weights, again and again. Answered by any number of `seeking`, then by `needle`. Needs no training. */
export interface NeedleRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "needle";
  /** A network's. */
  setup: NetworkSetup;
  /** How many, up to `max_tries`. */
  tries?: number;
  /** Of the draws. */
  seed?: number;
  /** Weights and biases are drawn uniformly from -scale to scale; null: drawn as the network's own begin. */
  scale?: number | null;
}
/** A network as it is trained. */
export interface NetworkFacts {
  /** Sizes of its layers, inputs first. */
  dims: number[];
  /** How many, biases too. */
  weights: number;
  /** Neurons of the last layer. */
  outputs: number;
  /** Key of the loss. */
  loss: string;
  /** Their names; none of a curve. */
  classes: string[];
  /** Steps between two records. */
  every: number;
  /** Steps of an epoch. */
  epoch: number;
  /**
   * Samples of training, validation and test set.
   * @maxItems 3
   */
  sets: [number, number, number];
  /**
   * How many of each are measured.
   * @maxItems 3
   */
  measured: [number, number, number];
}
/**
 * Cross-validation of a network over learning rates or hidden layers: the samples of training and validation set
 * are dealt into folds, and each is judged by the network that was trained on the others. Otherwise as `sweep`.
 * Answered by any number of `tuning`, then by `network_validated`.
 */
export interface NetworkValidateRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** A network's. */
  setup: NetworkSetup;
  /** Whose knobs and schedule they have. */
  entrant?: number;
  /** Of each training; null for the setup's. */
  steps?: number | null;
  type: "network_validate";
  /** 2 to 10. */
  folds?: number;
  /** What is tried. */
  over?: "lr" | "width";
  /**
   * Up to 32 rates, or lists of neurons.
   * @maxItems 32
   */
  values: (number | number[])[];
}
/**
 * Cross-validation of a network: the loss on the fold left out, on at most 2,000 samples of each. That of a fold
 * whose training diverged is infinite, and its accuracy NaN.
 */
export interface NetworkValidatedEvent {
  /** Of the request that this answers. */
  id: number;
  type: "network_validated";
  /** As asked for. */
  over: "lr" | "width";
  /** As asked for. */
  folds: number;
  /** That each was trained. */
  steps: number;
  /** The value with the lowest mean; null where every value has a fold that diverged. */
  best: NetworkWinner | null;
  /** Its loss on the test set, trained on all other samples; null where there is no test set, or where that diverged. */
  test: number | null;
  /** The same; null of a curve too. */
  test_accuracy: number | null;
}
/** The value with the lowest mean loss over the folds. */
export interface NetworkWinner {
  /** Its number among the values, from 0. */
  index: number;
  /** The rate; null where widths were tried. */
  lr: number | null;
  /** The hidden layers; null where rates were tried. */
  width: number[] | null;
  /** Its mean loss over the folds. */
  mean: number;
  /** Its mean accuracy; null of a curve. */
  accuracy: number | null;
}
/** What has become of an entrant. */
export interface OutcomeOf {
  /** What has become of it. */
  kind: "running" | "converged" | "stalled" | "diverged";
  /** At which step; null while it is running. */
  step: number | null;
  /** At what kind of place it stands; null where that is not known. */
  where: ("minimum" | "saddle" | "plateau") | null;
}
/**
 * How long a step of each racer takes when it has a core to itself: together nobody can tell their shares apart.
 * Measured anew each time, over the first steps of the setup.
 */
export interface PaceRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The `id` of the running training. */
  race: number;
  /** Any that has been computed; recorded ones need no work. */
  step: number;
  type: "pace";
}
/** How long a step takes. */
export interface PacedEvent {
  /** Of the request that this answers. */
  id: number;
  type: "paced";
  /** Of a step of each entrant: mini-batch, passes and update, nothing measured or recorded. */
  seconds: number[];
}
/** What each value of the knob leads to. An entrant that has no such knob has NaN values. */
export interface PaintEvent {
  /** Of the request that this answers. */
  id: number;
  type: "paint";
  /** As asked for. */
  knob: string;
}
/**
 * What each value of a knob would lead to, for every entrant that has it. Answered by `paint`; its values are all
 * NaN where that would take more work than `max_work`.
 */
export interface PaintRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "paint";
  /** The race. */
  setup: RaceSetup | RegressionSetup;
  /** The knob whose slider is painted. */
  knob: string;
  /** How many values to try, over the slider's range. */
  lanes: number;
}
/** The loss over a plane through the space of all weights, with the paths projected on it. */
export interface PlaneRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The `id` of the running training. */
  race: number;
  /** Any that has been computed; recorded ones need no work. */
  step: number;
  type: "plane";
  /** `pca`: in which the paths move most; `random`: two random directions about `entrant`, each neuron's part as long as its weights; `three`: through the three `entrants`. */
  kind?: "pca" | "random" | "three";
  /** The middle of a random plane. */
  entrant?: number;
  /** Three numbers of entrants. */
  entrants?: number[] | null;
  /**
   * [nx, ny].
   * @maxItems 2
   */
  size?: [number, number];
  /** Of a random plane. */
  seed?: number;
  /** What is shown of it; null: what holds the paths. */
  window?: [[number, number], [number, number]] | null;
  /** A step up to `step`, whose losses are told; null: `step`. */
  at?: number | null;
}
/** The loss over a plane through the space of all weights, without penalties, of at most 1,000 training samples. */
export interface PlanedEvent {
  /** Of the request that this answers. */
  id: number;
  type: "planed";
  /** The last of the paths. */
  step: number;
  /** Step of the losses. */
  at: number;
  /**
   * Of the grid.
   * @maxItems 2
   */
  window: [[number, number], [number, number]];
  /**
   * [nx, ny].
   * @maxItems 2
   */
  size: [number, number];
  /** How many samples the loss is the mean of. */
  samples: number;
  /**
   * Names of the two directions.
   * @maxItems 2
   */
  axes: [string, string];
  /** Shares of all movement along them; null where they were not chosen for that. */
  explained: [number, number] | null;
}
/** The points that were read. */
export interface PointsEvent {
  /** Of the request that this answers. */
  id: number;
  type: "points";
  /** [x, y] of each. */
  points: [number, number][];
}
/**
 * Reads two columns of numbers, with a header or without. Answered by `points`, or by an `error` that names the
 * row.
 */
export interface PointsRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "points";
  /** The text. */
  text: string;
}
/**
 * Starts the race of this connection, in place of the one that was running, and lets it go up to step `credit`.
 * With `after`, only steps beyond that one are sent. Answered by `ready`, then by `steps` as far as the credit
 * goes. A race that a newer one replaces sends no more.
 */
export interface RaceRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "race";
  /** What is raced. */
  setup: RaceSetup | RegressionSetup | NetworkSetup;
  /** The step up to which to compute. */
  credit: number;
  /** The last step that the client holds. */
  after?: number | null;
}
/** The race is set up; its steps follow. */
export interface ReadyEvent {
  /** Of the request that this answers. */
  id: number;
  type: "ready";
  /** Steps of the whole race. */
  steps: number;
  /** Of the first entrant; null where there is none. */
  goal: Goal | null;
  /** The same for every entrant, each from its own start. */
  goals: (Goal | null)[];
  /** Who races. */
  entrants: Starter[];
  /** Of a training, its network; else null. */
  network: NetworkFacts | null;
}
/** An entrant at its start. */
export interface Starter {
  /**
   * [x, y] where it starts.
   * @maxItems 2
   */
  start: [number, number];
  /** What it is called. */
  name: string;
}
/**
 * One sample on its way through a network and back: no penalties, nothing dropped or jittered. Answered by
 * `sampled_one`.
 */
export interface SampleRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The `id` of the running training. */
  race: number;
  /** Any that has been computed; recorded ones need no work. */
  step: number;
  type: "sample";
  /** Whose network. */
  entrant?: number;
  /** Number of the sample. */
  row: number;
  /** Number of a weight, whose chain rule is written out. */
  weight?: number | null;
}
/** Samples, all or some. */
export interface SampledEvent {
  /** Of the request that this answers. */
  id: number;
  type: "sampled";
  /** Of all samples. */
  count: number;
  /** What the targets are. */
  kind: "classes" | "curve";
  /** Their names; none of a curve. */
  classes: string[];
  /** Of the inputs. */
  names: string[];
  /** [height, width] of a picture, else null. */
  shape: [number, number] | null;
  /** Of the plane of one or two inputs, else null. */
  window: [[number, number], [number, number]] | null;
  /** Sizes of the network's layers, inputs first. */
  dims: number[];
  /** How many, biases too. */
  weights: number;
  /** Steps of an epoch. */
  epoch: number;
}
/**
 * One sample, forth and back. The loss is its own: without penalties, nothing dropped or jittered. Under
 * cross-entropy the last layer's answers are probabilities p, of slope p (1 - p).
 */
export interface SampledOneEvent {
  /** Of the request that this answers. */
  id: number;
  type: "sampled_one";
  /** As asked for. */
  step: number;
  /** As asked for. */
  entrant: number;
  /** As asked for. */
  row: number;
  /** The set that the sample is in. */
  set: "training" | "validation" | "test";
  /** Number of its class, or its value. */
  target: number;
  /** The class that the output stands for; null for a curve. */
  said: number | null;
  /** Of the sample; null where it is not finite. */
  loss: number | null;
  /** The chosen one; null where none was asked for. */
  weight: WeightFacts | null;
  /** The chain rule of that weight. */
  lines: ChainLine[];
}
/** A weight. Neurons and inputs are counted from 0. */
export interface WeightFacts {
  /** Its number among all. */
  number: number;
  /** In which layer after the inputs. */
  layer: number;
  /** From which neuron or input; null for a bias. */
  source: number | null;
  /** To which neuron. */
  target: number;
  /** What it is. */
  value: number;
  /** dL/dw, of the sample that was asked for. */
  gradient: number | null;
}
/** The samples that a network's setup names or holds. */
export interface SamplesRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "samples";
  /** A network's. */
  setup: NetworkSetup;
  /** [from, to) of the samples; else up to 2,000 spread evenly, 200 of pictures. */
  rows?: number[] | null;
}
/** How far a random search has come. */
export interface SeekingEvent {
  /** Of the request that this answers. */
  id: number;
  type: "seeking";
  /** Tries so far. */
  done: number;
  /** Of how many. */
  total: number;
  /** The lowest so far. */
  loss: number | null;
  /** The share that those weights have right; null for a curve. */
  accuracy: number | null;
}
/**
 * Steps `from` to `to`, both included; the first frame begins at step 0, the start. A diverged entrant stays at its
 * last finite point, and its losses are NaN.
 *
 * Losses are those of the whole training set, penalties counted; of a network those of each step's own mini-batch.
 * What is measured beside them is without penalties: of a regression at every step, of a network at its records.
 */
export interface StepsEvent {
  /** Of the request that this answers. */
  id: number;
  type: "steps";
  /** The first step of the frame. */
  from: number;
  /** The last step of the frame. */
  to: number;
  /** Whether `to` is the end of the race. */
  last: boolean;
  /** Of every entrant at step `to`. */
  outcomes: OutcomeOf[];
  /** Steps to goal of every entrant; null for not yet. */
  reached: (number | null)[];
  /** The step of every entrant's best validation loss, once early stopping has run out of patience with it: a racer on a network then stands still there, with the weights of that step, and its losses are NaN. Else null. */
  stopped: (number | null)[];
}
/**
 * One gradient of the loss of that step's mini-batch, penalties and dropout counted, by backpropagation and by
 * central differences. Answered by `timed` after about a second at the most.
 */
export interface StopwatchRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The `id` of the running training. */
  race: number;
  /** Any that has been computed; recorded ones need no work. */
  step: number;
  type: "stopwatch";
  /** Whose network. */
  entrant?: number;
}
/**
 * What learning rates make of a network, and of networks of other widths: all are trained from the weights of the
 * setup's seed, with the entrant's other knobs and schedule and the setup's settings; changes made on the way are left
 * out. Answered by any number of `tuning`, then by `swept`.
 */
export interface SweepRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** A network's. */
  setup: NetworkSetup;
  /** Whose knobs and schedule they have. */
  entrant?: number;
  /** Of each training; null for the setup's. */
  steps?: number | null;
  type: "sweep";
  /** How many, log-spaced over the slider. */
  rates?: number;
  /** Up to 16 values of `hidden`; null for the setup's own alone. */
  widths?: number[][] | null;
}
/** A sweep: losses after `steps` steps. What diverged is NaN. The test set is not asked. */
export interface SweptEvent {
  /** Of the request that this answers. */
  id: number;
  type: "swept";
  /** As asked for. */
  entrant: number;
  /** That each was trained. */
  steps: number;
  /** The hidden layers of each row. */
  widths: number[][];
  /** How many weights and biases each has. */
  weights: number[];
  /** The set whose loss finds the best: the training set where there is no other. */
  judge: "training" | "validation";
  /** The best; null where all diverged. */
  best: Found | null;
}
/** One gradient each way. */
export interface TimedEvent {
  /** Of the request that this answers. */
  id: number;
  type: "timed";
  /** As asked for. */
  step: number;
  /** As asked for. */
  entrant: number;
  /** Of the network, biases too. */
  weights: number;
  /** Of the mini-batch. */
  samples: number;
  /** Weights that differences were taken for; fewer than all where all would take more than half a second. */
  measured: number;
  /** Of one whole gradient, in seconds; scaled up where only some weights were measured. */
  seconds: BothWays;
  /** Forward passes over the mini-batch; backpropagation has one backward pass besides. */
  forward: BothWays;
  /** The largest between the two gradients, of the measured weights; null where it is not finite. */
  difference: number | null;
  /** The same over the largest slope. */
  relative: number | null;
}
/** The best of so many random weights. The arrays hold every try that was better than all before. */
export interface TriedEvent {
  /** Of the request that this answers. */
  id: number;
  type: "tried";
  /** As asked for. */
  tries: number;
  /** The best weights. */
  best: number[];
  /** The loss there. */
  loss: number | null;
}
/** Random weights from the window of a regression's section, the best kept. Answered by `tried`. */
export interface TryRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The regression. */
  setup: RegressionSetup;
  /** Up to which step the changes of its data are made. */
  step?: number;
  type: "try";
  /** How many, up to `max_tries`. */
  tries?: number;
  /** Of the draws. */
  seed?: number;
}
/**
 * The best learning rate (and momentum) for every entrant. Answered by any number of `tuning`, then by `tuned`. Of
 * a network the measure is its validation loss after as many of its steps as `max_search` allows.
 */
export interface TuneRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  type: "tune";
  /** The race. */
  setup: RaceSetup | RegressionSetup | NetworkSetup;
  /** How many settings to try for each entrant. */
  budget?: number | null;
}
/** What a tuning found for an entrant. */
export interface TunedEntrant {
  /** The best knobs. */
  knobs: {
    [k: string]: number;
  };
  /** Steps to goal with them; null for never. */
  reached: number | null;
  /** The loss that they end at. */
  loss: number | null;
}
/** The result of a tuning. */
export interface TunedEvent {
  /** Of the request that this answers. */
  id: number;
  type: "tuned";
  /** Of every entrant. */
  entrants: TunedEntrant[];
  /** A sentence that says what was measured. */
  metric: string;
}
/** How far a tuning, or a search over networks, has come. */
export interface TuningEvent {
  /** Of the request that this answers. */
  id: number;
  type: "tuning";
  /** How much of the work is done. */
  done: number;
  /** Of how much. */
  total: number;
}
/**
 * What becomes of all neurons, and of the training loss, when one weight is turned. Answered by `tweaked`. The
 * training goes on with the weights that it has.
 */
export interface TweakRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The `id` of the running training. */
  race: number;
  /** Any that has been computed; recorded ones need no work. */
  step: number;
  type: "tweak";
  /** Whose network. */
  entrant?: number;
  /** Its number. */
  weight: number;
  /** Its new value. */
  value: number;
  /** A sample to look at; or absent, for a grid of two inputs or the axis of one. */
  row?: number | null;
  /** Places of the grid a side, 2 to 100. */
  neurons?: number;
}
/**
 * A weight that was given another value, and what every neuron answers: [neurons, m, m] of two inputs, up the plane
 * and across, [neurons, n] of one, [neurons] of one sample.
 */
export interface TweakedEvent {
  /** Of the request that this answers. */
  id: number;
  type: "tweaked";
  /** As asked for. */
  step: number;
  /** As asked for. */
  entrant: number;
  /** As asked for. */
  weight: number;
  /** Its value in the network. */
  was: number;
  /** As asked for. */
  value: number;
  /** Of every neuron, whether it answers anything else now, to the last bit. */
  changed: boolean[];
  /**
   * [before, after] of the measured training samples, without penalties; null where it is not finite.
   * @maxItems 2
   */
  loss: [number | null, number | null];
}
/**
 * Cross-validation over degrees and ridge penalties, of all points but the test set's. Every fold is solved
 * exactly; or, with `entrant`, trained by that one on the points outside it, with its knobs and schedule and the
 * setup's steps, mini-batches, loss and lasso penalty, from the setup's start where it has as many weights, else from
 * zero. Answered by `validated`.
 */
export interface ValidateRequest {
  /** Of this request; a `grant` and a `change` carry that of their race. */
  id: number;
  /** The regression. */
  setup: RegressionSetup;
  /** Up to which step the changes of its data are made. */
  step?: number;
  type: "validate";
  /** 2 to 10. */
  folds?: number;
  /** Highest powers of x. */
  degrees: number[];
  /** Values of `l2`. */
  lambdas: number[];
  /** Whose training it is. */
  entrant?: number | null;
}
/**
 * Cross-validation: the mean squared error over the folds. That of a fold whose training diverged is infinite, and
 * so is the mean then.
 */
export interface ValidatedEvent {
  /** Of the request that this answers. */
  id: number;
  type: "validated";
  /** The setting with the lowest mean. */
  best: Winner;
  /** Its error on the test set, solved or trained on all other points; null where there is no test set, or where that diverged. */
  test: number | null;
}
/** The degree and penalty with the lowest mean error over the folds. */
export interface Winner {
  /** Highest power of x. */
  degree: number;
  /** The ridge penalty. */
  l2: number;
  /** The mean error over the folds. */
  mean: number | null;
}
/**
 * All places for trainings are taken. The training begins by itself when one is free; what is said meanwhile is
 * heard.
 */
export interface WaitingEvent {
  /** Of the request that this answers. */
  id: number;
  type: "waiting";
  /** How many trainings this server runs at once. */
  places: number;
  /** How many wait before this one. */
  ahead: number;
}
/** The arrays of the message. */
export interface StepsEventArrays {
  /** [entrants, steps, 2] Where each is; of a regression in its section. There but of a network. */
  points?: Tensor<Float64Array>;
  /** [entrants, steps] The loss there. */
  losses: Tensor<Float64Array>;
  /** [entrants, steps, dim] All weights. There of a regression with more than two. */
  weights?: Tensor<Float64Array>;
  /** [records] The steps that were measured. There of a network. */
  records?: Tensor<Int32Array>;
  /** [entrants, steps, or, entrants, records] Loss of the training set. There where the training set has samples. */
  training?: Tensor<Float64Array>;
  /** [entrants, steps, or, entrants, records] Loss of the validation set. There where the validation set has samples. */
  validation?: Tensor<Float64Array>;
  /** [entrants, steps, or, entrants, records] Loss of the test set. There where the test set has samples. */
  test?: Tensor<Float64Array>;
  /** [entrants, steps, or, entrants, records] Share of the training set that is right. There of classes. */
  training_accuracy?: Tensor<Float64Array>;
  /** [entrants, steps, or, entrants, records] Share of the validation set that is right. There of classes. */
  validation_accuracy?: Tensor<Float64Array>;
  /** [entrants, steps, or, entrants, records] Share of the test set that is right. There of classes. */
  test_accuracy?: Tensor<Float64Array>;
}
/** The arrays of the message. */
export interface MapEventArrays {
  /** [nx] Places across. */
  x: Tensor<Float64Array>;
  /** [ny] Places up. */
  y: Tensor<Float64Array>;
  /** [ny, nx] The loss there. */
  loss: Tensor<Float64Array>;
}
/** The arrays of the message. */
export interface PaintEventArrays {
  /** [entrants, lanes] Values of the knob. */
  values: Tensor<Float64Array>;
  /** [entrants, lanes] The loss at the end. */
  loss: Tensor<Float64Array>;
  /** [entrants, lanes] Steps to goal, -1 for never. */
  reached: Tensor<Int32Array>;
  /** [entrants, lanes] The step of death, -1 for never. */
  diverged: Tensor<Int32Array>;
}
/** The arrays of the message. */
export interface FittedEventArrays {
  /** [101] Places across the points. There where the data are points. */
  x?: Tensor<Float64Array>;
  /** [101, dim] The design matrix there. There where the data are points. */
  basis?: Tensor<Float64Array>;
  /** [points, dim] The design matrix at the points; without rows where they are a table. */
  rows: Tensor<Float64Array>;
}
/** The arrays of the message. */
export interface TriedEventArrays {
  /** [n] Its number, from 1. */
  at: Tensor<Int32Array>;
  /** [n] Its loss. */
  losses: Tensor<Float64Array>;
  /** [n, dim] Its weights. */
  weights: Tensor<Float64Array>;
}
/** The arrays of the message. */
export interface ValidatedEventArrays {
  /** [degrees, lambdas] Of the error over the folds. */
  mean: Tensor<Float64Array>;
  /** [degrees, lambdas] Standard deviation of the error over the folds. */
  spread: Tensor<Float64Array>;
  /** [degrees, lambdas] How many folds' training diverged. */
  diverged: Tensor<Int32Array>;
}
/** The arrays of the message. */
export interface SampledEventArrays {
  /** [rows, k] The inputs; bytes of pictures. */
  inputs: Tensor<Float32Array> | Tensor<Uint8Array>;
  /** [rows] Numbers of classes, or values of a curve. */
  targets: Tensor<Float32Array>;
  /** [rows] 0 training, 1 validation, 2 test. */
  sets: Tensor<Int32Array>;
  /** [rows] Their numbers among all samples. */
  rows: Tensor<Int32Array>;
}
/** The arrays of the message. */
export interface LookedEventArrays {
  /** [dim] Of the entrant, layer by layer: those of a layer [inputs, neurons], then its biases. */
  weights: Tensor<Float64Array>;
  /** [nx] Places across. There of one or two inputs. */
  x?: Tensor<Float64Array>;
  /** [ny] Places up. There of two inputs. */
  y?: Tensor<Float64Array>;
  /** [entrants, outputs, ny, nx, or, entrants, outputs, nx] What each answers there: under cross-entropy probabilities, of the second of two classes, or of each. There of one or two inputs. */
  regions?: Tensor<Float32Array>;
  /** [neurons, m, m, or, neurons, nx] What every neuron of the entrant answers. There of one or two inputs, where it was asked for. */
  neurons?: Tensor<Float32Array>;
}
/** The arrays of the message. */
export interface PlanedEventArrays {
  /** [nx] Places across. */
  x: Tensor<Float64Array>;
  /** [ny] Places up. */
  y: Tensor<Float64Array>;
  /** [ny, nx] The loss there. */
  loss: Tensor<Float64Array>;
  /** [entrants, records, 2] The paths, projected. */
  paths: Tensor<Float64Array>;
  /** [records] Their steps. */
  records: Tensor<Int32Array>;
  /** [entrants] The loss where each stands at step `at`. */
  true: Tensor<Float64Array>;
  /** [entrants] The loss at the place of the plane that shows it. */
  shown: Tensor<Float64Array>;
}
/** The arrays of the message. */
export interface SampledOneEventArrays {
  /** [k] As the network sees them. */
  inputs: Tensor<Float64Array>;
  /** [neurons] Sums. */
  z: Tensor<Float64Array>;
  /** [neurons] Answers f(z). */
  a: Tensor<Float64Array>;
  /** [neurons] Slopes f'(z). */
  slope: Tensor<Float64Array>;
  /** [neurons] Errors dL/dz. */
  e: Tensor<Float64Array>;
  /** [outputs] The last of `a`. */
  output: Tensor<Float64Array>;
  /** [dim] dL/dw of every weight. */
  gradient: Tensor<Float64Array>;
}
/** The arrays of the message. */
export interface TweakedEventArrays {
  /** [neurons, m, m, or, neurons, n, or, neurons] With the value that it had. */
  before: Tensor<Float32Array>;
  /** [neurons, m, m, or, neurons, n, or, neurons] With the new one. */
  after: Tensor<Float32Array>;
}
/** The arrays of the message. */
export interface ConfusionEventArrays {
  /** [entrants, classes, classes] How many of a class (down) each takes for which (across). */
  counts: Tensor<Int32Array>;
  /** [n] Numbers of the samples. There with an entrant. */
  rows?: Tensor<Int32Array>;
  /** [n] Their classes. There with an entrant. */
  targets?: Tensor<Int32Array>;
  /** [n] What they are taken for. There with an entrant. */
  said?: Tensor<Int32Array>;
  /** [n] Their losses. There with an entrant. */
  loss?: Tensor<Float64Array>;
  /** [n] What it gives to what it answers. There with an entrant. */
  probability?: Tensor<Float64Array>;
  /** [n, k] The samples; bytes of pictures. There with an entrant. */
  inputs?: Tensor<Float32Array> | Tensor<Uint8Array>;
}
/** The arrays of the message. */
export interface DigitEventArrays {
  /** [entrants, classes] Under the mean squared error what the outputs answer, of a curve its value. */
  probabilities: Tensor<Float64Array>;
  /** [height, width] As it was seen. There of pictures. */
  picture?: Tensor<Uint8Array>;
}
/** The arrays of the message. */
export interface ExportedEventArrays {
  /** [bytes] What is in it. */
  file: Tensor<Uint8Array>;
}
/** The arrays of the message. */
export interface SweptEventArrays {
  /** [rates] Learning rates. */
  rates: Tensor<Float64Array>;
  /** [widths, rates] Loss of the training set. There where the training set has samples. */
  training?: Tensor<Float64Array>;
  /** [widths, rates] Loss of the validation set. There where the validation set has samples. */
  validation?: Tensor<Float64Array>;
  /** [widths, rates] Share of the training set that is right. There of classes. */
  training_accuracy?: Tensor<Float64Array>;
  /** [widths, rates] Share of the validation set that is right. There of classes. */
  validation_accuracy?: Tensor<Float64Array>;
  /** [widths, rates] The step of death, -1 for never. */
  diverged: Tensor<Int32Array>;
}
/** The arrays of the message. */
export interface NetworkValidatedEventArrays {
  /** [values] Mean loss over the folds. */
  mean: Tensor<Float64Array>;
  /** [values] Standard deviation of the loss over the folds. */
  spread: Tensor<Float64Array>;
  /** [values] Mean accuracy over the folds. There of classes. */
  accuracy?: Tensor<Float64Array>;
  /** [values] Standard deviation of the accuracy over the folds. There of classes. */
  accuracy_spread?: Tensor<Float64Array>;
  /** [values] How many folds' training diverged. */
  diverged: Tensor<Int32Array>;
}
/** The arrays of the message. */
export interface NeedleEventArrays {
  /** [n] Its number, from 1. */
  at: Tensor<Int32Array>;
  /** [n] Its loss. */
  losses: Tensor<Float64Array>;
  /** [n] The share that it has right. There of classes. */
  accuracy?: Tensor<Float64Array>;
}
/** What a question of each type holds. */
export interface Questions {
  race: RaceRequest;
  map: MapRequest;
  paint: PaintRequest;
  explain: ExplainRequest;
  tune: TuneRequest;
  formula: FormulaRequest;
  fit: FitRequest;
  try: TryRequest;
  validate: ValidateRequest;
  points: PointsRequest;
  link: LinkRequest;
  samples: SamplesRequest;
  look: LookRequest;
  plane: PlaneRequest;
  pace: PaceRequest;
  sample: SampleRequest;
  tweak: TweakRequest;
  explain_weight: ExplainWeightRequest;
  stopwatch: StopwatchRequest;
  confusion: ConfusionRequest;
  digit: DigitRequest;
  export: ExportRequest;
  sweep: SweepRequest;
  network_validate: NetworkValidateRequest;
  needle: NeedleRequest;
}
