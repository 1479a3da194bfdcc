// @ts-check
/**
 * A setup as the readable fragment of an address, in the grammar of the command line, and back:
 *
 *   #surface=beale&start=1,1.6&steps=240&seed=0&noise=0&entrant=adam:lr=0.12&entrant=gd:lr=0.004;hidden&change=40:0:lr=0.01
 *
 * Splitting comes first and percent-decoding last, leaf by leaf, so that a label may hold any character.
 *
 * @import { Catalog, Change, Entrant, Knob, Point, Schedule, Setup, Window } from './types.js'
 */
import { completed, opening, optimizerOf, surfaceOf, tidy } from "./setup.js";

/** What a part of a link should have been; said when it is not. */
const EXPECTED = {
  part: "one of surface, expression, window, start, steps, seed, noise, entrant, change",
  once: "each part once",
  surface: "a surface of the list",
  expression: "a formula in x and y, and no surface beside it",
  window: "four numbers x0,x1,y0,y1, each range from low to high",
  start: "two finite numbers x,y",
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

/** The shortest decimal that reads back as the very same double. @param {number} value */
export const numeral = (value) => (Object.is(value, -0) ? "-0" : String(value).replace("e+", "e"));

/** Percent-encoding that leaves readable what the grammar does not need. @param {string} text @param {string} plain */
const encoded = (text, plain) =>
  text.replace(/[^\w.~-]/gu, (sign) => (plain.includes(sign) ? sign : encodeURIComponent(sign)));

/** @param {Record<string, number | string>} knobs */
const knobText = (knobs) =>
  Object.entries(knobs)
    .map(([name, value]) => `${name}=${typeof value === "number" ? numeral(value) : encoded(value, "")}`)
    .join(",");

/** @param {string} name @param {Record<string, number | string>} knobs */
const named = (name, knobs) => (Object.keys(knobs).length ? `${name}:${knobText(knobs)}` : name);

/** @param {Entrant} entrant */
function entrantText(entrant) {
  const parts = [named(entrant.optimizer, entrant.knobs ?? {})];
  if (entrant.schedule) {
    const { kind, ...knobs } = entrant.schedule;
    parts.push(`schedule=${named(kind, knobs)}`);
  }
  if (entrant.offset) parts.push(`offset=${entrant.offset.map(numeral)}`);
  if (entrant.color) parts.push(`color=${entrant.color.replace("#", "")}`);
  if (entrant.label) parts.push(`label=${encoded(entrant.label, ",:=()/*")}`);
  if (entrant.hidden) parts.push("hidden");
  return parts.join(";");
}

/**
 * @param {Setup} setup
 * @returns {string} the fragment, without its #
 */
export function written(setup) {
  const { surface, expression, window, start, steps, seed, noise, entrants, changes } = tidy(setup);
  return [
    expression === undefined ? `surface=${surface}` : `expression=${encoded(expression, ",:=()/*^|;")}`,
    ...(window ? [`window=${window.flat().map(numeral)}`] : []),
    `start=${start.map(numeral)}`,
    `steps=${numeral(steps)}`,
    `seed=${numeral(seed)}`,
    `noise=${numeral(noise)}`,
    ...entrants.map((entrant) => `entrant=${entrantText(entrant)}`),
    ...changes.map(({ at, entrant, knob, value }) => `change=${at}:${entrant}:${knob}=${numeral(value)}`),
  ].join("&");
}

/**
 * The setup that a fragment describes. With any fault in it: the opening setup, and a sentence for every fault.
 *
 * @param {string} fragment with or without its #
 * @param {Catalog} catalog
 * @returns {{setup: Setup, faults: string[]}}
 */
export function read(fragment, catalog) {
  const reader = new Reader(catalog);
  const part = reader.setup(fragment.replace(/^#/, ""));
  if (reader.faults.length > 0) return { setup: opening(catalog), faults: reader.faults };
  return { setup: Object.keys(part).length > 0 ? completed(part, catalog) : opening(catalog), faults: [] };
}

/** Reads the parts of a link and keeps a list of what was wrong with them. */
class Reader {
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

  /** @param {string} text @param {number} count @returns {number[] | undefined} */
  numbers(text, count) {
    const values = text.replaceAll(/%2c/gi, ",").split(",").map((each) => this.number(each));
    return values.length === count && !values.some(Number.isNaN) ? values : undefined;
  }

  /** @param {string} text @param {number} low @param {number} high @returns {number | undefined} */
  whole(text, low, high) {
    const value = this.number(text);
    return Number.isInteger(value) && value >= low && value <= high ? value : undefined;
  }

  /** @param {string} fragment @returns {Partial<Setup>} */
  setup(fragment) {
    /** @type {Partial<Setup>} */
    const part = {};
    /** @type {Entrant[]} */
    const entrants = [];
    /** @type {string[]} */
    const changes = [];
    for (const piece of fragment.split("&").filter(Boolean)) {
      const [key, text] = cut(piece, "=");
      if (key === "entrant") this.entrant(text, entrants);
      else if (key === "change") changes.push(text);
      else if (!READS.has(key)) this.fault(key || "link", EXPECTED.part, piece);
      else if (key in part) this.fault(key, EXPECTED.once, piece);
      else Object.assign(part, { [key]: READS.get(key)?.(this, text) });
    }
    if (part.surface !== undefined && part.expression !== undefined)
      this.fault("expression", EXPECTED.expression, part.expression);
    const most = this.catalog.limits.entrants;
    if (entrants.length > most) this.fault("entrant", `at most ${most} entrants`, String(entrants.length));
    if (entrants.length > 0) part.entrants = entrants;
    if (changes.length > 0 && this.faults.length === 0) {
      const whole = completed(part, this.catalog);
      part.changes = changes.flatMap((text) => this.change(text, whole) ?? []);
    }
    return part;
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
        entrant.offset = /** @type {Point} */ (this.numbers(value, 2) ?? this.fault("offset", EXPECTED.start, value));
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

  /** @param {string} text @param {Setup} setup @returns {Change | undefined} */
  change(text, setup) {
    const [at, rest] = cut(text, ":");
    const [entrant, knob] = cut(rest, ":");
    const [name, value] = cut(knob, "=");
    const change = {
      at: this.whole(at, 0, setup.steps - 1) ?? NaN,
      entrant: this.whole(entrant, 0, setup.entrants.length - 1) ?? NaN,
      knob: name,
      value: this.number(value),
    };
    const item = optimizerOf(this.catalog, setup.entrants[change.entrant]?.optimizer);
    const sound = item?.knobs.some((each) => each.name === name) && !Number.isNaN(change.at + change.value);
    return sound ? change : this.fault("change", EXPECTED.change, text);
  }
}

/** @param {string} text @param {string} at @returns {[string, string]} before and after the first `at` */
function cut(text, at) {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + at.length)];
}

/** How each part that stands alone is read. @type {Map<string, (reader: Reader, text: string) => unknown>} */
const READS = new Map(
  Object.entries({
    surface: (reader, text) =>
      surfaceOf(reader.catalog, reader.decoded(text))?.key ?? reader.fault("surface", EXPECTED.surface, text),
    expression: (reader, text) => reader.decoded(text).trim() || reader.fault("expression", EXPECTED.expression, text),
    window(reader, text) {
      const values = reader.numbers(text, 4);
      if (!values || values[0] >= values[1] || values[2] >= values[3])
        return reader.fault("window", EXPECTED.window, text);
      return /** @type {Window} */ ([values.slice(0, 2), values.slice(2)]);
    },
    start: (reader, text) => reader.numbers(text, 2) ?? reader.fault("start", EXPECTED.start, text),
    steps(reader, text) {
      const most = reader.catalog.limits.steps;
      return reader.whole(text, 1, most) ?? reader.fault("steps", `a whole number from 1 to ${most}`, text);
    },
    seed: (reader, text) =>
      reader.whole(text, 0, Number.MAX_SAFE_INTEGER) ?? reader.fault("seed", EXPECTED.seed, text),
    noise(reader, text) {
      const value = reader.number(text);
      return value >= 0 ? value : reader.fault("noise", EXPECTED.noise, text);
    },
  }),
);
