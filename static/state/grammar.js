// @ts-check
/**
 * The grammar that all links share, which is that of the command line: parts `name=value` with & between them, any
 * number of `entrant=` and of changes among them.
 *
 *   #...&steps=240&seed=0&entrant=adam:lr=0.12&entrant=gd:lr=0.004;hidden&change=40:0:lr=0.01
 *
 * Splitting comes first and percent-decoding last, leaf by leaf, so that a label may hold any character. What else a
 * link may hold is said by the table of parts of its page: permalink.js, regression-link.js.
 *
 * @import { Catalog, Change, Entrant, Knob, KnobChange, Point, Schedule, Setup } from './types.js'
 *
 * @typedef {(reader: Reader, text: string) => unknown} Part  reads one part; undefined after a fault
 * @typedef {(reader: Reader, text: string, setup: Setup) => Change | undefined} ChangePart
 */
import { optimizerOf, tidyEntrant } from "./entrants.js";

/** What a part of a link should have been; said when it is not. */
const EXPECTED = {
  once: "each part once",
  pair: "two finite numbers x,y",
  seed: "a whole number from 0",
  noise: "a finite number from 0",
  optimizer: "an optimizer of the list",
  knob: "a knob of this optimizer and a finite number, as in lr=0.01",
  schedule: "a schedule of the list with knobs of its own, as in cosine:floor=0.01",
  option: "schedule=, offset=x,y, color=rrggbb, label= or hidden",
  color: "a colour of six hexadecimal digits",
  change: "step:entrant:knob=value, for an entrant of this race and a step before its end",
  encoding: "percent signs followed by two hexadecimal digits",
};

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

// ---------------------------------------------------------------- writing

/** The shortest decimal that reads back as the very same double. @param {number} value */
export const numeral = (value) => (Object.is(value, -0) ? "-0" : String(value).replace("e+", "e"));

/** Percent-encoding that leaves readable what the grammar does not need. @param {string} text @param {string} plain */
export const encoded = (text, plain) =>
  text.replace(/[^\w.~-]/gu, (sign) => (plain.includes(sign) ? sign : encodeURIComponent(sign)));

/** @param {Record<string, number | string>} knobs */
const knobText = (knobs) =>
  Object.entries(knobs)
    .map(([name, value]) => `${name}=${typeof value === "number" ? numeral(value) : encoded(value, "")}`)
    .join(",");

/** @param {string} name @param {Record<string, number | string>} knobs */
const named = (name, knobs) => (Object.keys(knobs).length ? `${name}:${knobText(knobs)}` : name);

/** @param {Entrant} each */
export function entrantText(each) {
  const entrant = tidyEntrant(each);
  const parts = [named(entrant.optimizer, entrant.knobs ?? {})];
  if (entrant.schedule) {
    const { kind, ...knobs } = entrant.schedule;
    parts.push(`schedule=${named(kind, knobs)}`);
  }
  if (entrant.offset) parts.push(`offset=${entrant.offset.map(numeral)}`);
  if (entrant.color) parts.push(`color=${entrant.color.replace("#", "")}`);
  if (entrant.label) parts.push(`label=${encoded(entrant.label, ",:=()/*")}`);
  if (entrant.hidden) parts.push("hidden");
  return `entrant=${parts.join(";")}`;
}

/** @param {KnobChange} change */
export const changeText = ({ at, entrant, knob, value }) => `change=${at}:${entrant}:${knob}=${numeral(value)}`;

// ---------------------------------------------------------------- reading

/** @param {string} text @param {string} at @returns {[string, string]} before and after the first `at` */
export function cut(text, at) {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + at.length)];
}

/** Reads the parts of a link and keeps a list of what was wrong with them. */
export class Reader {
  /** @param {Catalog} catalog */
  constructor(catalog) {
    this.catalog = catalog;
    /** @type {string[]} */
    this.faults = [];
  }

  /** @param {string} field @param {string} expected @param {string} came @returns {undefined} */
  fault(field, expected, came) {
    const shown = came.length > 60 ? `${came.slice(0, 57)}...` : came;
    this.faults.push(`${field}: expected ${expected}; the link has "${shown}".`);
  }

  /** @param {string} text */
  decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      this.fault("encoding", EXPECTED.encoding, text);
      return "";
    }
  }

  /** @param {string} text @returns {number} NaN where it is not a finite number */
  number(text) {
    const plain = this.decoded(text).trim();
    const value = NUMBER.test(plain) ? Number(plain) : NaN;
    return Number.isFinite(value) ? value : NaN;
  }

  /** @param {string} text @param {number} [count] any number of them where it is absent @returns {number[] | undefined} */
  numbers(text, count) {
    const values = text.replaceAll(/%2c/gi, ",").split(",").map((each) => this.number(each));
    return (count === undefined || values.length === count) && !values.some(Number.isNaN) ? values : undefined;
  }

  /** @param {string} text @param {number} low @param {number} high @returns {number | undefined} */
  whole(text, low, high) {
    const value = this.number(text);
    return Number.isInteger(value) && value >= low && value <= high ? value : undefined;
  }

  /**
   * The setup's parts that are in a fragment, as far as they can be read.
   *
   * @template {Setup} S
   * @param {string} fragment without its #
   * @param {{parts: Map<string, Part>, changes: Map<string, ChangePart>, completed: (part: Partial<S>) => S}} page
   *   `completed` gives the whole setup, which says what a change may touch
   * @returns {Partial<S>}
   */
  setup(fragment, { parts, changes, completed }) {
    /** @type {Record<string, unknown>} */
    const part = {};
    /** @type {Entrant[]} */
    const entrants = [];
    /** @type {[ChangePart, string][]} */
    const later = [];
    for (const piece of fragment.split("&").filter(Boolean)) {
      const [key, text] = cut(piece, "=");
      const read = parts.get(key);
      const change = changes.get(key);
      if (key === "entrant") this.entrant(text, entrants);
      else if (change) later.push([change, text]);
      else if (!read) this.fault(key || "link", `one of ${[...parts.keys(), "entrant", ...changes.keys()].join(", ")}`, piece);
      else if (key in part) this.fault(key, EXPECTED.once, piece);
      else part[key] = read(this, text);
    }
    const most = this.catalog.limits.entrants;
    if (entrants.length > most) this.fault("entrant", `at most ${most} entrants`, String(entrants.length));
    if (entrants.length > 0) part.entrants = entrants;
    if (later.length > 0 && this.faults.length === 0) {
      const whole = completed(/** @type {Partial<S>} */ (part));
      part.changes = later.flatMap(([change, text]) => change(this, text, whole) ?? []);
    }
    return /** @type {Partial<S>} */ (part);
  }

  /** @param {string} text @param {Entrant[]} entrants takes what was read */
  entrant(text, entrants) {
    const [head, ...options] = text.split(";");
    const [key, knobs] = cut(head, ":");
    const item = optimizerOf(this.catalog, this.decoded(key));
    if (!item) return this.fault("entrant", EXPECTED.optimizer, key);
    /** @type {Entrant} */
    const entrant = { optimizer: item.key, knobs: this.knobs(`entrant ${item.key}`, knobs, item.knobs) };
    for (const option of options) {
      const [name, value] = cut(option, "=");
      if (name === "hidden" && !value) entrant.hidden = true;
      else if (name === "label") entrant.label = this.decoded(value);
      else if (name === "schedule") entrant.schedule = this.schedule(value);
      else if (name === "offset")
        entrant.offset = /** @type {Point} */ (this.numbers(value, 2) ?? this.fault("offset", EXPECTED.pair, value));
      else if (name === "color" && /^(%23|#)?[0-9a-f]{6}$/i.test(value)) entrant.color = `#${value.slice(-6)}`;
      else this.fault(`entrant ${item.key}`, name === "color" ? EXPECTED.color : EXPECTED.option, option);
    }
    entrants.push(entrant);
  }

  /** @param {string} field @param {string} text @param {Knob[]} known @returns {Record<string, number>} */
  knobs(field, text, known) {
    /** @type {Record<string, number>} */
    const knobs = {};
    for (const piece of text.split(",").filter(Boolean)) {
      const [name, value] = cut(piece, "=");
      knobs[name] = this.number(value);
      if (Number.isNaN(knobs[name]) || !known.some((knob) => knob.name === name))
        this.fault(field, EXPECTED.knob, piece);
    }
    return knobs;
  }

  /** @param {string} text @returns {Schedule | null} */
  schedule(text) {
    const [kind, knobs] = cut(text, ":");
    const item = this.catalog.schedules.find((each) => each.key === kind);
    if (!item) this.fault("schedule", EXPECTED.schedule, text);
    return item ? { kind, ...this.knobs(`schedule ${kind}`, knobs, item.knobs) } : null;
  }
}

/** A knob turned on the way: `40:0:lr=0.01`. @type {ChangePart} */
export function knobChange(reader, text, setup) {
  const [at, rest] = cut(text, ":");
  const [entrant, knob] = cut(rest, ":");
  const [name, value] = cut(knob, "=");
  const change = {
    at: reader.whole(at, 0, setup.steps - 1) ?? NaN,
    entrant: reader.whole(entrant, 0, setup.entrants.length - 1) ?? NaN,
    knob: name,
    value: reader.number(value),
  };
  const item = optimizerOf(reader.catalog, setup.entrants[change.entrant]?.optimizer);
  const sound = item?.knobs.some((each) => each.name === name) && !Number.isNaN(change.at + change.value);
  return sound ? change : reader.fault("change", EXPECTED.change, text);
}

/** How the parts of every setup are read. @type {[string, Part][]} */
export const COMMON = [
  [
    "steps",
    (reader, text) => {
      const most = reader.catalog.limits.steps;
      return reader.whole(text, 1, most) ?? reader.fault("steps", `a whole number from 1 to ${most}`, text);
    },
  ],
  ["seed", (reader, text) => reader.whole(text, 0, Number.MAX_SAFE_INTEGER) ?? reader.fault("seed", EXPECTED.seed, text)],
  ["noise", atLeastZero("noise")],
];

/** @param {string} field @returns {Part} */
export function atLeastZero(field) {
  return (reader, text) => {
    const value = reader.number(text);
    return value >= 0 ? value : reader.fault(field, EXPECTED.noise, text);
  };
}
