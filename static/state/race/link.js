// @ts-check
/**
 * The setup of a race on a surface as the readable fragment of an address, and back (the grammar: grammar.js):
 *
 *   #surface=beale&start=1,1.6&steps=240&seed=0&noise=0&entrant=adam:lr=0.12&entrant=gd:lr=0.004;hidden&change=40:0:lr=0.01
 *
 * @import { Catalog, SurfaceSetup, Window } from '../types.js'
 * @import { ChangePart, Part } from '../grammar.js'
 */
import { turnsKnob } from "../entrants.js";
import { changeText, COMMON, encoded, entrantText, knobChange, numeral, Reader } from "../grammar.js";
import { completed, opening, surfaceOf } from "./setup.js";

const EXPECTED = {
  surface: "a surface of the list",
  expression: "a formula in x and y, and no surface beside it",
  window: "four numbers x0,x1,y0,y1, each range from low to high",
  start: "two finite numbers x,y",
};

/**
 * @param {SurfaceSetup} setup
 * @returns {string} the fragment, without its #
 */
export function written({ surface, expression, window, start, steps, seed, noise, entrants, changes }) {
  return [
    expression === undefined ? `surface=${surface}` : `expression=${encoded(expression, ",:=()/*^|;")}`,
    ...(window ? [`window=${window.flat().map(numeral)}`] : []),
    `start=${start.map(numeral)}`,
    `steps=${numeral(steps)}`,
    `seed=${numeral(seed)}`,
    `noise=${numeral(noise)}`,
    ...entrants.map(entrantText),
    ...changes.filter(turnsKnob).map(changeText),
  ].join("&");
}

/**
 * The setup that a fragment describes. With any fault in it: the opening setup, and a sentence for every fault.
 *
 * @param {string} fragment with or without its #
 * @param {Catalog} catalog
 * @returns {{setup: SurfaceSetup, faults: string[]}}
 */
export function read(fragment, catalog) {
  const reader = new Reader(catalog);
  /** @type {Partial<SurfaceSetup>} */
  const part = reader.setup(fragment.replace(/^#/, ""), {
    parts: PARTS,
    changes: CHANGES,
    completed: (/** @type {Partial<SurfaceSetup>} */ known) => completed(known, catalog),
  });
  if (part.surface !== undefined && part.expression !== undefined)
    reader.fault("expression", EXPECTED.expression, part.expression);
  if (reader.faults.length > 0) return { setup: opening(catalog), faults: reader.faults };
  return { setup: Object.keys(part).length > 0 ? completed(part, catalog) : opening(catalog), faults: [] };
}

/** @type {Map<string, Part>} */
const PARTS = new Map([
  [
    "surface",
    (reader, text) =>
      surfaceOf(reader.catalog, reader.decoded(text))?.key ?? reader.fault("surface", EXPECTED.surface, text),
  ],
  ["expression", (reader, text) => reader.decoded(text).trim() || reader.fault("expression", EXPECTED.expression, text)],
  [
    "window",
    (reader, text) => {
      const values = reader.numbers(text, 4);
      if (!values || values[0] >= values[1] || values[2] >= values[3])
        return reader.fault("window", EXPECTED.window, text);
      return /** @type {Window} */ ([values.slice(0, 2), values.slice(2)]);
    },
  ],
  ["start", (reader, text) => reader.numbers(text, 2) ?? reader.fault("start", EXPECTED.start, text)],
  ...COMMON,
]);

/** @type {Map<string, ChangePart>} */
const CHANGES = new Map([["change", knobChange]]);
