// @ts-check
/**
 * The setup of a training, and the edits that only it has (those of every setup: entrants.js). What a setup has where
 * nothing is said, the server knows: whole setups come with links and the catalogue.
 *
 * @import { Entrant, KnobChange } from '../types.js'
 * @import { Architecture, NetworkCatalog, NetworkSetup, SampleSet, Setting, SettingChange, SettingValue } from './types.js'
 */
import { turnsSetting, withChange, withKnob, withoutAppearance } from "../entrants.js";
import { withStopping } from "../shares.js";

const NEURONS = 8; // of a layer that is added to none

/** What may be turned while a network learns. @type {Setting[]} */
export const SETTINGS = ["batch", "l2", "l1", "dropout", "jitter"];

/** @param {Partial<NetworkSetup>} setup @param {NetworkCatalog} catalog @returns {SampleSet | undefined} */
export const setOf = ({ data }, catalog) => catalog.sampleSets.find(({ key }) => key === data);

/** Classes to tell apart, or a curve; of a pasted text it is not known here. @param {Partial<NetworkSetup>} setup @param {NetworkCatalog} catalog */
export const kindOf = (setup, catalog) => setOf(setup, catalog)?.kind ?? "classes";

/** Whether a person has brought a table, as text or as a file. @param {Partial<NetworkSetup>} setup */
export const hasTable = ({ csv, file }) => csv !== undefined || file !== undefined;

/** Entrants with rates that suit the data. @param {Partial<NetworkSetup>} setup @param {NetworkCatalog} catalog @returns {Entrant[]} */
export function suggested({ data }, catalog) {
  return (catalog.networkScenes.find(({ key }) => key === data)?.whole ?? catalog.opening).entrants;
}

/** The setup of a scene. @param {string | undefined} key @param {NetworkCatalog} catalog @returns {NetworkSetup} */
export const sceneSetup = (key, catalog) => catalog.networkScenes.find((scene) => scene.key === key)?.whole ?? catalog.opening;

/**
 * What the training depends on, as text: two setups with the same text are the same training, bit for bit.
 *
 * @param {NetworkSetup} setup
 */
export const pathKey = ({ entrants, ...rest }) => JSON.stringify({ ...rest, entrants: entrants.map(withoutAppearance) });

/** What the samples and their sets depend on, as a setup without more. @param {NetworkSetup} setup */
export const samplesOf = ({ data, drawn, csv, file, reading, samples, spread, split, seed, hidden, activation, loss, output, entrants }) => ({
  ...(data === undefined ? {} : { data }),
  ...(drawn === undefined ? {} : { drawn }),
  ...(csv === undefined ? {} : { csv }),
  ...(file === undefined ? {} : { file }),
  ...(reading ? { reading } : {}),
  ...(samples === undefined ? {} : { samples }),
  ...(spread === undefined ? {} : { spread }),
  split, seed, hidden, activation, loss, output,
  entrants: [{ optimizer: entrants[0].optimizer }],
});

// ---------------------------------------------------------------- edits

/**
 * Another network, or other data for it: the training begins anew, and changes on the way stay where they fit.
 *
 * @param {NetworkSetup} setup
 * @param {Partial<Architecture>} part
 * @returns {NetworkSetup}
 */
export function withNetwork(setup, part) {
  const next = withStopping({ ...setup, ...part });
  if (next.hidden.length === setup.hidden.length) return next;
  const activation = next.hidden.map((_, i) => next.activation[i] ?? next.activation.at(-1) ?? "tanh");
  const shares = (/** @type {SettingValue} */ value) => (Array.isArray(value) ? sharesOf(value, next.hidden.length) : value);
  const changes = setup.changes.map((change) =>
    turnsSetting(change) ? settingChange(change.at, change.setting, shares(change.value)) : change,
  );
  return { ...next, activation, dropout: shares(next.dropout), changes };
}

/** The dropouts of so many layers: each keeps its own, and more take that of the last. @param {number[]} shares @param {number} layers */
function sharesOf(shares, layers) {
  const fitted = Array.from({ length: layers }, (_, i) => shares[i] ?? shares.at(-1) ?? 0);
  return fitted.every((share) => share === fitted[0]) ? (fitted[0] ?? 0) : fitted;
}

/** @param {NetworkSetup} setup @param {number} count of hidden layers */
export const withLayers = (setup, count) =>
  withNetwork(setup, { hidden: Array.from({ length: count }, (_, i) => setup.hidden[i] ?? setup.hidden.at(-1) ?? NEURONS) });

/** @param {NetworkSetup} setup @param {number} layer @param {number} neurons */
export const withLayer = (setup, layer, neurons) => withNetwork(setup, { hidden: setup.hidden.with(layer, neurons) });

/** @param {NetworkSetup} setup @param {number} layer @param {string} key */
export const withActivation = (setup, layer, key) => withNetwork(setup, { activation: setup.activation.with(layer, key) });

/** @param {NetworkSetup} setup @param {KnobChange} change @returns {NetworkSetup} */
export const withTurned = (setup, { at, entrant, knob, value }) =>
  at > 0 ? withChange(setup, { at, entrant, knob, value }) : withKnob(setup, entrant, knob, value);

/** @param {NetworkSetup} setup @param {SettingChange} change @returns {NetworkSetup} */
export const withSetting = (setup, { at, setting, value }) =>
  at > 0 ? withChange(setup, settingChange(at, setting, value)) : { ...setup, [setting]: value };

/** @param {number} at @param {Setting} setting @param {SettingValue} value a list of dropout alone @returns {SettingChange} */
export const settingChange = (at, setting, value) => /** @type {SettingChange} */ ({ at, setting, value });

/**
 * The value that a setting has at a step: the last change up to there, else the setup's own.
 *
 * @param {NetworkSetup} setup
 * @param {Setting} setting
 * @param {number} step
 * @returns {SettingValue}
 */
export function settingAt(setup, setting, step) {
  const change = setup.changes.filter(turnsSetting).findLast((each) => each.setting === setting && each.at <= step);
  return change ? change.value : setup[setting];
}
