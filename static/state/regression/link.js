// @ts-check
/**
 * The setup of a regression as the readable fragment of an address, and back (the grammar: grammar.js):
 *
 *   #preset=seven&degree=3&split=70,15,15&batch=4&l2=0.01&start=3.1,-4.5&steps=300&seed=0&entrant=adam:lr=0.1&data=40:3:2.5,1.9
 *
 * Drawn points are `points=2.4,1.7;2.8,1.85`; a point that is gone from step 40 on is `data=40:3:`. What a model has
 * anyway is left out.
 *
 * @import { Catalog, DataChange, Point, RegressionSetup } from '../types.js'
 * @import { ChangePart, Part } from '../grammar.js'
 */
import { turnsKnob } from "../entrants.js";
import { atLeastZero, changeText, COMMON, cut, encoded, entrantText, knobChange, numeral, Reader } from "../grammar.js";
import { firstPoints, movesData } from "../points.js";
import { completed, dimOf, opening } from "./setup.js";

const HIGHEST = 12; // degree

const EXPECTED = {
  one: "one of points, preset and dataset",
  preset: "a point set of the list",
  dataset: "a data set of the list",
  points: "points x,y with semicolons between them",
  degree: `a whole number from 1 to ${HIGHEST}`,
  standardise: "yes or no",
  loss: "a loss of the list",
  whole: "a whole number from 0",
  split: "three shares of training, validation and test that make 100",
  start: "numbers with commas between them",
  data: "step:point:x,y or step:point: for a point of this regression and a step before its end",
};

/** Parts that are single numbers, and what they are where they are left out. */
const NUMBERS = /** @type {const} */ ([["delta", 1], ["l2", 0], ["l1", 0], ["jitter", 0], ["batch", 0], ["patience", 0], ["noise", 0]]);

/** @param {Point} point */
const pair = (point) => point.map(numeral).join(",");

/**
 * @param {RegressionSetup} setup
 * @returns {string} the fragment, without its #
 */
export function written(setup) {
  const { points, preset, dataset, degree, standardise, loss, split, start, steps, seed, entrants, changes } = setup;
  return [
    points ? `points=${points.map(pair).join(";")}` : preset === undefined ? `dataset=${encoded(dataset ?? "", "")}` : `preset=${encoded(preset, "")}`,
    ...(dataset === undefined ? [`degree=${degree}`] : []),
    ...(standardise === undefined ? [] : [`standardise=${standardise ? "yes" : "no"}`]),
    ...(loss === "mse" ? [] : [`loss=${loss}`]),
    ...(preset === undefined && split[0] === 100 ? [] : [`split=${split}`]),
    ...NUMBERS.flatMap(([name, plain]) => (setup[name] === plain && (preset === undefined || name !== "batch") ? [] : [`${name}=${numeral(setup[name])}`])),
    `start=${start.map(numeral)}`,
    `steps=${numeral(steps)}`,
    `seed=${numeral(seed)}`,
    ...entrants.map(entrantText),
    ...changes.flatMap((change) => (turnsKnob(change) ? [changeText(change)] : movesData(change) ? [dataText(change)] : [])),
  ].join("&");
}

/** @param {DataChange} change */
const dataText = ({ at, point, to }) => `data=${at}:${point}:${to ? pair(to) : ""}`;

/**
 * The setup that a fragment describes. With any fault in it: the opening setup, and a sentence for every fault.
 *
 * @param {string} fragment with or without its #
 * @param {Catalog} catalog
 * @returns {{setup: RegressionSetup, faults: string[]}}
 */
export function read(fragment, catalog) {
  const reader = new Reader(catalog);
  /** @type {Partial<RegressionSetup>} */
  const part = reader.setup(fragment.replace(/^#/, ""), {
    parts: PARTS,
    changes: CHANGES,
    completed: (/** @type {Partial<RegressionSetup>} */ known) => completed(known, catalog),
  });
  const data = [part.points, part.preset, part.dataset].filter((each) => each !== undefined);
  if (data.length > 1) reader.fault("data", EXPECTED.one, `${data.length} of them`);
  const setup = completed(part, catalog);
  const dim = dimOf(setup, catalog);
  if (part.start && part.start.length !== dim) reader.fault("start", `${dim} numbers`, `${part.start.length} of them`);
  follow(setup, reader);
  return { setup: reader.faults.length > 0 ? opening(catalog) : setup, faults: reader.faults };
}

/** Every change of the data must be at a point that is there by then. @param {RegressionSetup} setup @param {Reader} reader */
function follow(setup, reader) {
  let count = firstPoints(setup, reader.catalog).length;
  for (const change of setup.changes.filter(movesData)) {
    if (change.point > count || (change.point === count && !change.to)) reader.fault("data", EXPECTED.data, dataText(change));
    else count += change.to ? Number(change.point === count) : -1;
  }
}

/** A point that lies elsewhere from some step on: `40:3:2.5,1.9`. @type {ChangePart} */
function dataChange(reader, text, setup) {
  const [at, rest] = cut(text, ":");
  const [point, place] = cut(rest, ":");
  const to = place === "" ? null : reader.numbers(place, 2);
  const change = { at: reader.whole(at, 0, setup.steps - 1) ?? NaN, point: reader.whole(point, 0, Infinity) ?? NaN };
  if (to === undefined || Number.isNaN(change.at + change.point)) return reader.fault("data", EXPECTED.data, text);
  return { ...change, to: /** @type {Point | null} */ (to) };
}

/** @param {string} field @param {(catalog: Catalog) => {key: string}[]} list @param {string} expected @returns {[string, Part]} */
const listed = (field, list, expected) => [
  field,
  (reader, text) => {
    const key = reader.decoded(text);
    return list(reader.catalog).some((each) => each.key === key) ? key : reader.fault(field, expected, text);
  },
];

/** @param {string} field @returns {[string, Part]} */
const count = (field) => [
  field,
  (reader, text) => reader.whole(text, 0, Number.MAX_SAFE_INTEGER) ?? reader.fault(field, EXPECTED.whole, text),
];

/** @type {Map<string, Part>} */
const PARTS = new Map([
  [
    "points",
    (reader, text) => {
      const points = text.replaceAll(/%3b/gi, ";").split(";").filter(Boolean).map((each) => reader.numbers(each, 2));
      return points.includes(undefined) ? reader.fault("points", EXPECTED.points, text) : points;
    },
  ],
  listed("preset", ({ pointSets }) => pointSets, EXPECTED.preset),
  listed("dataset", ({ tables }) => tables, EXPECTED.dataset),
  ["degree", (reader, text) => reader.whole(text, 1, HIGHEST) ?? reader.fault("degree", EXPECTED.degree, text)],
  [
    "standardise",
    (reader, text) => ({ yes: true, no: false })[text] ?? reader.fault("standardise", EXPECTED.standardise, text),
  ],
  listed("loss", ({ losses }) => losses, EXPECTED.loss),
  [
    "split",
    (reader, text) => {
      const shares = reader.numbers(text, 3);
      const sound = shares?.every((share) => share >= 0) && Math.abs(shares[0] + shares[1] + shares[2] - 100) < 1e-9;
      return sound ? shares : reader.fault("split", EXPECTED.split, text);
    },
  ],
  ...["delta", "l2", "l1", "jitter"].map((name) => /** @type {[string, Part]} */ ([name, atLeastZero(name)])),
  count("batch"),
  count("patience"),
  ["start", (reader, text) => reader.numbers(text) ?? reader.fault("start", EXPECTED.start, text)],
  ...COMMON,
]);

/** @type {Map<string, ChangePart>} */
const CHANGES = new Map([
  ["change", knobChange],
  ["data", dataChange],
]);
