// @ts-check
/**
 * The network that learns: its layers, and how it is trained. Layers begin anew; settings hold from the playhead on.
 *
 * @import { NetworkActions, NetworkState, Setting, SettingValue } from '../../state/network/types.js'
 */
import { fill, tick } from "../../format.js";
import { turnsSetting } from "../../state/entrants.js";
import { hasTable, kindOf, SETTINGS, settingAt } from "../../state/network/setup.js";
import { complaints, wrongNumbers } from "../widgets/number-field.js";
import { decades, evenly, notches } from "../widgets/notches.js";
import { on, part, putNumber, say, stamp, together } from "../widgets/dom.js";

const PENALTIES = [0, ...decades(-5, 0)];
const NOISES = [0, ...decades(-2, 0)];
const MOST_DROPPED = 0.95;
const DROPPED = evenly(0, 100 * MOST_DROPPED, 5).map((percent) => percent / 100);
const PATIENCES = [0, 20, 50, 100, 200, 500, 1000, 2000];

/** One number where all layers have the same. @param {number[]} shares */
const oneOrList = (shares) => (shares.every((share) => share === shares[0]) ? shares[0] : shares);

/** Sizes of a mini-batch: doubling, and all of them. @param {number} count of training samples */
const sizes = (count) => [...Array.from({ length: Math.ceil(Math.log2(Math.max(2, Math.min(count, 4096)))) }, (_, i) => 2 ** i), count];

/**
 * @param {HTMLElement} element
 * @param {NetworkState} state
 * @param {NetworkActions} actions
 * @returns {() => void} undo
 */
export function networkModel(element, state, actions) {
  const { catalog, setup, facts, playhead } = state;
  const words = element.dataset;
  const list = part(element, "list");
  /** @type {ReturnType<typeof layerLine>[]} */
  const rows = [];
  const select = (/** @type {string} */ name) => /** @type {HTMLSelectElement} */ (part(element, name));
  const [loss, output, initial] = ["loss", "output", "initial"].map(select);
  const wrong = wrongNumbers(element);
  const trained = () => facts.get()?.sets[0] ?? setup.get().batch;
  /** All samples, and how many where there is room for the number. */
  const all = () => fill(trained() < 10_000 ? words.all : words.everyone, { count: trained().toLocaleString("en") });
  /** What a setting has become, in words. @param {Setting} name @param {SettingValue} value */
  const told = (name, value) => (name === "batch" && value === 0 ? (words.everyone ?? "") : [value].flat().map((each) => tick(each, 4)).join(", "));

  loss.append(...catalog.losses.map(({ key, name }) => new Option(name, key)));
  output.append(...catalog.outputs.map((key) => new Option(key, key)));
  initial.append(...catalog.initialisations.map(({ key, name, sentence }) => Object.assign(new Option(name, key), { title: sentence })));

  /** @param {number} index */
  function layerLine(index) {
    const line = stamp(element, "layer-template");
    const activation = /** @type {HTMLSelectElement} */ (part(line, "activation"));
    const [slider, field, left] = ["slider", "number", "left-out"].map((name) => /** @type {HTMLInputElement} */ (part(line, name)));
    const layer = index + 1;
    slider.max = field.max = String(catalog.limits.neurons);
    activation.append(...catalog.activations.map(({ key, name, sentence }) => Object.assign(new Option(name, key), { title: sentence })));
    activation.setAttribute("aria-label", fill(words.activation, { layer }));
    for (const input of [slider, field]) input.setAttribute("aria-label", fill(words.neurons, { layer }));
    const dropped = fill(words.dropped, { layer });
    left.setAttribute("aria-label", dropped);
    list.append(line);
    let shown = { neurons: 0, share: 0 };
    const undo = together([
      on(activation, "change", () => actions.setActivation(index, activation.value)),
      on(slider, "input", () => actions.setLayer(index, slider.valueAsNumber)),
      on(field, "input", () => {
        const good = Number.isInteger(field.valueAsNumber) && field.valueAsNumber >= 1 && field.valueAsNumber <= catalog.limits.neurons;
        if (!good) return wrong.refuse(field, fill(words.neurons, { layer }), fill(words.whole, { high: catalog.limits.neurons }));
        wrong.accept(field);
        actions.setLayer(index, field.valueAsNumber);
      }),
      on(left, "input", () => {
        if (!(left.valueAsNumber >= 0 && left.valueAsNumber <= 100 * MOST_DROPPED)) return wrong.refuse(left, dropped, fill(words.shares, { high: 100 * MOST_DROPPED }));
        wrong.accept(left);
        actions.setSetting("dropout", oneOrList(droppedNow().with(index, Number((left.valueAsNumber / 100).toPrecision(6)))));
      }),
      ...[field, left].map((input) =>
        on(input, "blur", () => {
          input.setAttribute("aria-invalid", "false");
          showNumbers();
        }),
      ),
    ]);
    function showNumbers() {
      // What is wrong stays in the field for as long as the hand does.
      if (field.getAttribute("aria-invalid") !== "true") putNumber(field, shown.neurons);
      if (left.getAttribute("aria-invalid") !== "true") putNumber(left, 100 * shown.share);
    }
    return {
      /** @param {number} neurons @param {string} key */
      show(neurons, key) {
        shown.neurons = neurons;
        if (slider.valueAsNumber !== neurons) slider.value = String(neurons);
        showNumbers();
        if (activation.value !== key) activation.value = key;
      },
      /** @param {number} share that is left out */
      showDropped(share) {
        shown.share = share;
        showNumbers();
      },
      undo() {
        undo();
        line.remove();
      },
    };
  }

  /** @param {Setting} name @param {number[]} values */
  const setting = (name, values) =>
    notches(part(element, name), { values: () => values, fits: (value) => value >= 0, expected: words.least, wrong, set: (value) => actions.setSetting(name, value) });
  const lines = { l2: setting("l2", PENALTIES), l1: setting("l1", PENALTIES), jitter: setting("jitter", NOISES) };
  const layers = notches(part(element, "layers"), { values: () => evenly(0, catalog.limits.layers), set: actions.setLayers });
  const batch = notches(part(element, "batch"), {
    values: () => sizes(trained()),
    set: (value) => actions.setSetting("batch", value >= trained() ? 0 : value),
    words: (value) => (value >= trained() ? all() : tick(value, 6)),
  });
  let various = ""; // least and most, where not all layers have the same
  const dropout = notches(part(element, "dropout"), {
    values: () => DROPPED,
    set: (value) => actions.setSetting("dropout", value),
    words: (value) => fill(words.share, { share: various || tick(100 * value, 3) }),
  });
  const patience = notches(part(element, "patience"), {
    values: () => PATIENCES,
    fits: (value) => Number.isInteger(value) && value >= 0,
    expected: words.counted,
    wrong,
    set: (value) => actions.setNetwork({ patience: value }),
  });

  function showSettings() {
    const now = setup.get();
    const step = state.view.get().fromHere ? playhead.get().step : 0;
    for (const [name, each] of Object.entries(lines)) each.show(/** @type {number} */ (settingAt(now, /** @type {Setting} */ (name), step)));
    batch.show(Number(settingAt(now, "batch", step)) || trained());
    const dropped = droppedNow();
    const [least, most] = [Math.min(...dropped), Math.max(0, ...dropped)];
    various = least < most ? [least, most].map((share) => tick(100 * share, 3)).join("–") : "";
    dropout.show(most);
    rows.forEach((row, i) => row.showDropped(dropped[i]));
  }

  /** The share that each hidden layer leaves out. */
  function droppedNow() {
    const now = setup.get();
    const value = settingAt(now, "dropout", state.view.get().fromHere ? playhead.get().step : 0);
    return now.hidden.map((_, i) => (Array.isArray(value) ? (value[i] ?? 0) : value));
  }

  function show() {
    const now = setup.get();
    while (rows.length > now.hidden.length) rows.pop()?.undo();
    while (rows.length < now.hidden.length) rows.push(layerLine(rows.length));
    rows.forEach((row, i) => row.show(now.hidden[i], now.activation[i]));
    layers.show(now.hidden.length);
    patience.show(now.patience, now.split[1] === 0);
    part(element, "dropout").hidden = part(element, "layer-head").hidden = now.hidden.length === 0;
    part(element, "output-line").hidden = now.loss !== "mse";
    showLosses();
    for (const [field, value] of /** @type {const} */ ([[loss, now.loss], [output, now.output], [initial, now.initial]]))
      if (field.value !== value) field.value = value;
    showSettings();
    showChanges();
  }

  /** Which losses suit the samples; of a table only the server knows what it is. */
  function showLosses() {
    const now = setup.get();
    const follows = facts.get()?.classes.length === 0;
    const kind = !hasTable(now) ? kindOf(now, catalog) : follows ? "curve" : "classes";
    for (const [i, { kinds }] of catalog.losses.entries()) loss.options[i].disabled = !kinds.includes(kind);
  }

  let shownChanges = "";
  function showChanges() {
    const made = setup.get().changes.flatMap((change, place) => (turnsSetting(change) ? [{ ...change, place }] : []));
    const key = JSON.stringify(made);
    if (key === shownChanges) return;
    shownChanges = key;
    part(element, "changes").replaceChildren(
      ...made.map(({ at, setting: name, value, place }) => {
        const item = stamp(element, "change-template");
        const called = part(element, name).getAttribute("aria-label") ?? name;
        const text = fill(words.turned, { step: at, setting: called, value: told(name, value) });
        say(part(item, "text"), text);
        const button = /** @type {HTMLElement} */ (item.firstElementChild);
        button.setAttribute("aria-label", fill(words.remove, { change: text }));
        button.addEventListener("click", () => actions.removeChange(place));
        return item;
      }),
    );
  }

  return together([
    setup.subscribe(show),
    state.view.subscribe(showSettings),
    playhead.subscribe(() => setup.get().changes.some(turnsSetting) && showSettings()),
    facts.subscribe((known) => {
      say(part(element, "weights"), known ? fill(words.weights, { count: known.weights.toLocaleString("en") }) : "");
      showSettings();
      showLosses();
    }),
    complaints(element, /** @type {any} */ (state)),
    on(loss, "change", () => actions.setNetwork({ loss: loss.value })),
    on(output, "change", () => actions.setNetwork({ output: output.value })),
    on(initial, "change", () => actions.setNetwork({ initial: initial.value })),
    ...[layers, batch, dropout, patience, ...Object.values(lines)].map(({ undo }) => undo),
    () => rows.splice(0).forEach((row) => row.undo()),
  ]);
}
