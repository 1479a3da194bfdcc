// @ts-check
/**
 * The setup of a training as the readable fragment of an address, and back (the grammar: grammar.js):
 *
 *   #data=moons&samples=200&spread=0.2&hidden=8,8&activation=tanh,relu&batch=32&dropout=0.1,0&steps=2000&seed=0&entrant=adam:lr=0.01&setting=40:batch=64
 *
 * Drawn samples are `drawn=x,y,class;...`, pasted ones `csv=` with the encoded text; `hidden=` with nothing is a network
 * without hidden layers. What a network has anyway is left out. The mirror of app/engine/permalink.py.
 *
 * @import { Drawn, NetworkCatalog, NetworkSetup, SettingChange } from './types.js'
 * @import { ChangePart, Part } from '../grammar.js'
 */
import { fill } from "../../format.js";
import { turnsKnob, turnsSetting } from "../entrants.js";
import { atLeastZero, changeText, COMMON, cut, encoded, entrantText, knobChange, numeral, Reader } from "../grammar.js";
import { completed, lossOf, opening, PLAIN, SETTINGS } from "./setup.js";

const MOST_DROPPED = 0.95;

const EXPECTED = {
  one: "one of data, drawn and csv",
  data: "a data set of the list",
  drawn: "samples x,y,class with semicolons between them, the class 0, 1 or 2",
  csv: "a text",
  hidden: "up to {layers} whole numbers from 1 to {neurons} with commas between them",
  activation: "activations of the list with commas between them",
  layers: "one for all hidden layers, or one for each",
  listed: "one of the list",
  whole: "a whole number from 0",
  split: "three shares of training, validation and test that make 100",
  dropout: `shares from 0 to ${MOST_DROPPED} with commas between them`,
  setting: `step:setting=value, with a setting of ${SETTINGS.join(", ")} and a step before the end`,
};

/** Parts that are single numbers, 0 where they are left out. */
const NUMBERS = /** @type {const} */ (["l2", "l1", "jitter", "patience", "noise"]);

/** @template T @param {T[]} values @returns {T[]} one where all are the same */
const once = (values) => (values.every((value) => value === values[0]) ? values.slice(0, 1) : values);

/** @param {number | number[]} value */
const shares = (value) => [value].flat().map(numeral).join(",");

/**
 * @param {NetworkSetup} setup
 * @param {NetworkCatalog} [catalog] says which loss is left out; every one is written where it is absent
 * @returns {string} the fragment, without its #
 */
export function written(setup, catalog) {
  const { data, drawn, csv, samples, spread, split, hidden, activation, output, loss, initial, batch, dropout } = setup;
  const { steps, seed, entrants, changes } = setup;
  return [
    drawn ? `drawn=${drawn.map((point) => point.map(numeral).join(",")).join(";")}` : data === undefined ? `csv=${encoded(csv ?? "", ",:=()/*;")}` : `data=${encoded(data, "")}`,
    ...(samples === undefined ? [] : [`samples=${numeral(samples)}`]),
    ...(spread === undefined ? [] : [`spread=${numeral(spread)}`]),
    ...(String(split) === String(PLAIN.split) ? [] : [`split=${split.map(numeral)}`]),
    `hidden=${hidden.map(numeral)}`,
    ...(activation.length > 0 ? [`activation=${once(activation).map((key) => encoded(key, ""))}`] : []),
    ...(output === PLAIN.output ? [] : [`output=${output}`]),
    ...(catalog && loss === lossOf(setup, catalog) ? [] : [`loss=${loss}`]),
    ...(initial === PLAIN.initial ? [] : [`initial=${initial}`]),
    `batch=${numeral(batch)}`,
    ...NUMBERS.flatMap((name) => (setup[name] === 0 ? [] : [`${name}=${numeral(setup[name])}`])),
    ...(dropout === 0 ? [] : [`dropout=${shares(dropout)}`]),
    `steps=${numeral(steps)}`,
    `seed=${numeral(seed)}`,
    ...entrants.map(entrantText),
    ...changes.flatMap((change) => (turnsKnob(change) ? [changeText(change)] : turnsSetting(change) ? [settingText(change)] : [])),
  ].join("&");
}

/** @param {SettingChange} change */
const settingText = ({ at, setting, value }) => `setting=${at}:${setting}=${shares(value)}`;

/**
 * The setup that a fragment describes. With any fault in it: the opening setup, and a sentence for every fault.
 *
 * @param {string} fragment with or without its #
 * @param {NetworkCatalog} catalog
 * @returns {{setup: NetworkSetup, faults: string[]}}
 */
export function read(fragment, catalog) {
  const reader = new Reader(catalog);
  const text = fragment.replace(/^#/, "");
  if (text === "") return { setup: opening(catalog), faults: [] };
  /** @type {Partial<NetworkSetup>} */
  const part = reader.setup(text, {
    parts: partsOf(catalog),
    changes: CHANGES,
    completed: (/** @type {Partial<NetworkSetup>} */ known) => completed(known, catalog),
  });
  const sources = [part.data, part.drawn, part.csv].filter((each) => each !== undefined);
  if (sources.length > 1) reader.fault("data", EXPECTED.one, `${sources.length} of them`);
  if (reader.faults.length > 0) return { setup: opening(catalog), faults: reader.faults };
  const setup = completed(part, catalog);
  for (const [name, values] of /** @type {const} */ ([["activation", setup.activation], ["dropout", setup.dropout]]))
    if (Array.isArray(values) && values.length !== setup.hidden.length) reader.fault(name, EXPECTED.layers, `${values.length} of them`);
  return { setup: reader.faults.length > 0 ? opening(catalog) : setup, faults: reader.faults };
}

/** A setting turned on the way: `40:batch=64`. @type {ChangePart} */
function settingChange(reader, text, setup) {
  const [at, rest] = cut(text, ":");
  const [name, value] = cut(rest, "=");
  const setting = SETTINGS.find((each) => each === name);
  const step = reader.whole(at, 0, setup.steps - 1);
  const turned = setting && settingValue(reader, setting, value);
  if (setting === undefined || step === undefined || turned === undefined) return reader.fault("setting", EXPECTED.setting, text);
  return { at: step, setting, value: turned };
}

/** @param {Reader} reader @param {SettingChange["setting"]} setting @param {string} text @returns {number | number[] | undefined} */
function settingValue(reader, setting, text) {
  if (setting === "batch") return reader.whole(text, 0, Number.MAX_SAFE_INTEGER);
  if (setting === "dropout") return droppedOf(reader, text);
  const value = reader.number(text);
  return value >= 0 ? value : undefined;
}

/** @param {Reader} reader @param {string} text @returns {number | number[] | undefined} */
function droppedOf(reader, text) {
  const values = reader.numbers(text);
  if (!values?.every((share) => share >= 0 && share <= MOST_DROPPED)) return undefined;
  return values.length === 1 ? values[0] : values;
}

/** @param {string} field @param {readonly string[]} keys @param {string} [expected] @returns {[string, Part]} */
const listed = (field, keys, expected = EXPECTED.listed) => [
  field,
  (reader, text) => (keys.includes(reader.decoded(text)) ? reader.decoded(text) : reader.fault(field, expected, text)),
];

/** @param {string} field @returns {[string, Part]} */
const count = (field) => [
  field,
  (reader, text) => reader.whole(text, 0, Number.MAX_SAFE_INTEGER) ?? reader.fault(field, EXPECTED.whole, text),
];

/** @param {string} text */
const commas = (text) => text.replaceAll(/%2c/gi, ",").split(",");

/** @param {NetworkCatalog} catalog @returns {Map<string, Part>} */
const partsOf = (catalog) => new Map([
  listed("data", catalog.sampleSets.map(({ key }) => key), EXPECTED.data),
  [
    "drawn",
    (reader, text) => {
      const points = text.replaceAll(/%3b/gi, ";").split(";").filter(Boolean).map((each) => reader.numbers(each, 3));
      const sound = points.every((point) => point && [0, 1, 2].includes(point[2]));
      return sound ? /** @type {Drawn[]} */ (points) : reader.fault("drawn", EXPECTED.drawn, text);
    },
  ],
  ["csv", (reader, text) => reader.decoded(text) || reader.fault("csv", EXPECTED.csv, text)],
  count("samples"),
  ["spread", atLeastZero("spread")],
  [
    "split",
    (reader, text) => {
      const values = reader.numbers(text, 3);
      const sound = values?.every((share) => share >= 0) && Math.abs(values[0] + values[1] + values[2] - 100) < 1e-9;
      return sound ? values : reader.fault("split", EXPECTED.split, text);
    },
  ],
  [
    "hidden",
    (reader, text) => {
      const { layers, neurons } = catalog.limits;
      const sizes = text === "" ? [] : commas(text).map((each) => reader.whole(each, 1, neurons));
      const sound = sizes.length <= layers && !sizes.includes(undefined);
      return sound ? sizes : reader.fault("hidden", fill(EXPECTED.hidden, { layers, neurons }), text);
    },
  ],
  [
    "activation",
    (reader, text) => {
      const keys = text === "" ? [] : commas(text).map((each) => reader.decoded(each).trim());
      const sound = keys.every((key) => catalog.activations.some((each) => each.key === key));
      return sound ? (keys.length === 1 ? keys[0] : keys) : reader.fault("activation", EXPECTED.activation, text);
    },
  ],
  listed("output", catalog.outputs),
  listed("loss", catalog.losses.map(({ key }) => key)),
  listed("initial", catalog.initialisations.map(({ key }) => key)),
  count("batch"),
  count("patience"),
  ...["l2", "l1", "jitter"].map((name) => /** @type {[string, Part]} */ ([name, atLeastZero(name)])),
  ["dropout", (reader, text) => droppedOf(reader, text) ?? reader.fault("dropout", EXPECTED.dropout, text)],
  ...COMMON,
]);

/** @type {Map<string, ChangePart>} */
const CHANGES = new Map([
  ["change", knobChange],
  ["setting", settingChange],
]);
