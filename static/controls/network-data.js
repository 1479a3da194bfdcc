// @ts-check
/**
 * The data that a network learns from: which, how many, how noisy, and how they are split.
 *
 * @import { NetworkActions, NetworkSetup, NetworkState } from '../state/network-types.js'
 */
import { fill, tick } from "../format.js";
import { sceneSetup, setOf } from "../state/network-setup.js";
import { withShare } from "../state/split.js";
import { complaints } from "./number-field.js";
import { evenly, notches } from "./notches.js";
import { on, part, say, together } from "./parts.js";

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
    set: (value) => actions.setNetwork({ spread: value }),
  });
  const samples = notches(part(element, "samples"), {
    values: () => counts(setOf(setup.get(), catalog)?.sizes ?? [1, 1]),
    fits: (value) => Number.isInteger(value) && value > 0,
    set: (value) => actions.setNetwork({ samples: value }),
  });
  const shares = /** @type {const} */ (["training", "validation", "test"]).map((name, which) =>
    notches(part(element, name), {
      values: () => SHARES,
      set: (share) => actions.setNetwork({ split: withShare(setup.get().split, /** @type {0 | 1 | 2} */ (which), share) }),
      words: (share) => fill(words.share, { share: tick(share, 3) }),
    }),
  );

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
    shares.forEach((each, which) => each.show(now.split[which]));
    part(element, "test").hidden = set?.test != null; // these data come with a test set
    const key = shown();
    own.hidden = key !== "";
    if (scene.value !== key) scene.value = key;
    showWatch();
  }

  /** What to watch, or what the samples are that were brought. */
  function showWatch() {
    const { drawn, csv } = setup.get();
    const known = state.samples.get();
    const { count = 0, dims = [0], classes = [] } = known ?? {};
    const scene = catalog.networkScenes.find(({ key }) => key === shown());
    const own = fill(csv === undefined ? words.drawn : words.pasted, { count, inputs: dims[0], classes: classes.length });
    say(part(element, "watch"), drawn || csv !== undefined ? own : (scene?.watch ?? ""));
  }

  return together([
    setup.subscribe(show),
    state.samples.subscribe(showWatch),
    complaints(element, /** @type {any} */ (state)),
    on(scene, "change", () => scene.value && actions.loadScene(scene.value)),
    ...[spread, samples, ...shares].map(({ undo }) => undo),
  ]);
}
