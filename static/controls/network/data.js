// @ts-check
/**
 * The data that a network learns from: which, how many, how noisy, and how they are split.
 *
 * @import { NetworkActions, NetworkSetup, NetworkState } from '../../state/network/types.js'
 */
import { fill, tick } from "../../format.js";
import { hasTable, sceneSetup, setOf } from "../../state/network/setup.js";
import { withShare } from "../../state/shares.js";
import { complaints, wrongNumbers } from "../widgets/number-field.js";
import { evenly, notches } from "../widgets/notches.js";
import { on, part, say, together } from "../widgets/dom.js";

const EMPTY = "empty"; // of the choices: a plane to draw on
const LEAST = 5; // per cent for training
const SHARES = evenly(0, 100, 5);
const NOISES = 20; // stops of the noise
const FREE = ["entrants", "steps", "seed"]; // what may be another, and the scene is the same

/** Whole numbers of two digits, evenly apart by ratio. @param {[number, number]} range */
function counts([least, most]) {
  const stops = [];
  for (let exponent = 0; exponent < 6; exponent++)
    for (const digit of [1, 1.5, 2, 3, 5, 7]) stops.push(Math.round(digit * 10 ** exponent));
  return [...new Set([least, ...stops.filter((stop) => stop > least && stop < most), most])];
}

/**
 * The split where the test set is fixed: training and validation share what its slot leaves.
 *
 * @param {[number, number, number]} split
 * @param {number} which 0 training, 1 validation
 * @param {number} share per cent of the two
 * @returns {[number, number, number]}
 */
function withoutTest([, , test], which, share) {
  const training = Math.max(LEAST, which === 0 ? share : 100 - share);
  const part = Number((((100 - test) * training) / 100).toFixed(6));
  return [part, Number((100 - test - part).toFixed(6)), test];
}

/**
 * @param {HTMLElement} element
 * @param {NetworkState} state
 * @param {NetworkActions} actions
 * @returns {() => void} undo
 */
export function networkData(element, state, actions) {
  const { catalog, setup } = state;
  const words = element.dataset;
  const scene = /** @type {HTMLSelectElement} */ (part(element, "scene"));
  const own = /** @type {HTMLOptionElement} */ (part(element, "own"));
  const wrong = wrongNumbers(element);
  const isSet = (/** @type {string} */ key) => catalog.sampleSets.some((each) => each.key === key);
  const scenes = catalog.networkScenes.map(({ key, setup: part }) => ({
    key,
    whole: sceneSetup(key, catalog),
    says: /** @type {(keyof NetworkSetup)[]} */ (Object.keys(part)).filter((name) => !FREE.includes(name)),
  }));

  for (const { key, name, watch } of catalog.networkScenes) {
    const option = new Option(name, key);
    option.title = watch;
    part(element, isSet(key) ? "sets" : "lessons").append(option);
  }

  const spread = notches(part(element, "spread"), {
    values: () => {
      const [low, high] = setOf(setup.get(), catalog)?.noises ?? [0, 0];
      return evenly(0, NOISES).map((i) => Number((low + ((high - low) * i) / NOISES).toPrecision(4)));
    },
    fits: (value) => value >= 0,
    expected: words.least,
    wrong,
    set: (value) => actions.setNetwork({ spread: value }),
  });
  const samples = notches(part(element, "samples"), {
    values: () => counts(setOf(setup.get(), catalog)?.sizes ?? [1, 1]),
    fits: (value) => Number.isInteger(value) && value > 0,
    expected: words.whole,
    wrong,
    set: (value) => actions.setNetwork({ samples: value }),
  });
  const shares = /** @type {const} */ (["training", "validation", "test"]).map((name, which) =>
    notches(part(element, name), {
      values: () => SHARES,
      set: (share) => actions.setNetwork({ split: fixed() ? withoutTest(setup.get().split, which, share) : withShare(setup.get().split, /** @type {0 | 1 | 2} */ (which), share) }),
      words(share) {
        const count = state.facts.get()?.sets[which];
        return fixed() && count !== undefined ? count.toLocaleString("en") : fill(words.share, { share: tick(share, 3) });
      },
    }),
  );

  /** Whether the data bring their own test set: the others share what is left. */
  const fixed = () => setOf(setup.get(), catalog)?.test != null;

  /** The key of the scene that is shown: the one that says most of what is there. */
  function shown() {
    const now = setup.get();
    const fits = scenes.filter(({ says, whole }) => says.every((name) => JSON.stringify(whole[name]) === JSON.stringify(now[name])));
    return fits.reduce((best, each) => (each.says.length > best.says.length ? each : best), { key: now.data ?? "", says: [""] }).key;
  }

  function show() {
    const now = setup.get();
    const set = setOf(now, catalog);
    part(element, "spread").hidden = !set || set.noises[1] === 0;
    part(element, "samples").hidden = !set;
    if (set) {
      spread.show(now.spread ?? set.noise);
      samples.show(now.samples ?? set.size);
    }
    part(element, "test").hidden = fixed();
    part(element, "fixed").hidden = !fixed();
    showShares();
    const key = shown();
    own.hidden = key !== "";
    if (scene.value !== key) scene.value = key;
    showWatch();
  }

  function showShares() {
    const { split } = setup.get();
    const [training, validation] = split;
    const whole = fixed() ? training + validation : 100;
    shares.forEach((each, which) => each.show((100 * split[which]) / whole));
    say(part(element, "fixed-count"), (state.facts.get()?.sets[2] ?? 0).toLocaleString("en"));
  }

  /** What to watch, or what the samples are that were brought. */
  function showWatch() {
    const { drawn } = setup.get();
    const table = hasTable(setup.get());
    const known = state.samples.get();
    const { count = 0, dims = [0], classes = [] } = known ?? {};
    const scene = catalog.networkScenes.find(({ key }) => key === shown());
    const pasted = known?.kind !== "curve" ? words.pasted : `${dims[0] === 1 ? words.pastedOne : words.pastedCurve}${known.value_scales ? words.scaled : ""}`;
    const points = drawn?.length === 0 ? words.empty : words.drawn;
    const own = fill(table ? pasted : points, { count, inputs: dims[0], classes: classes.length });
    const note = table && known?.note ? ` ${known.note}` : "";
    say(part(element, "watch"), drawn || table ? own + note : (scene?.watch ?? ""));
  }

  return together([
    setup.subscribe(show),
    state.samples.subscribe(showWatch),
    state.facts.subscribe(showShares),
    complaints(element, /** @type {any} */ (state)),
    on(scene, "change", () => (scene.value === EMPTY ? actions.startEmpty() : scene.value && actions.loadScene(scene.value))),
    ...[spread, samples, ...shares].map(({ undo }) => undo),
  ]);
}
