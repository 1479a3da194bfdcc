// @ts-check
/**
 * The page of searches for hyper-parameters. Makes the stores, joins them to the server, and gives them to views and
 * controls.
 *
 * @import { Asked, LearningSetup, Results, SearchCatalog, SearchState, Try, Wanted } from '../state/search/types.js'
 * @import { Heard } from '../controls/inside/search-run.js'
 * @import { Connection } from '../state/types.js'
 */
import { banner } from "../controls/page/banner.js";
import { copyLink } from "../controls/page/copy-link.js";
import { linkFaults } from "../controls/page/link-faults.js";
import { theme } from "../controls/page/theme.js";
import { toast } from "../controls/page/toast.js";
import { around } from "../controls/search/around.js";
import { chosenTry } from "../controls/search/chosen.js";
import { varied } from "../controls/search/varied.js";
import { searchRun } from "../controls/inside/search-run.js";
import { spinner } from "../controls/widgets/spinner.js";
import { fill, number } from "../format.js";
import { Refusal, connected, streamAddress } from "../net/socket.js";
import { address } from "../state/address.js";
import { linked } from "../state/links.js";
import { begun as noTries, lowest, withTries } from "../state/search/tries.js";
import { writable } from "../state/store.js";
import { parallelView } from "../views/search/parallel.js";
import { scatterView } from "../views/search/scatter.js";
import { triesTable } from "../views/search/table.js";
import { $, catalogue, nothing } from "./lab.js";
import { begunWith, opened } from "./opening.js";

const catalog = /** @type {SearchCatalog} */ (/** @type {unknown} */ (catalogue()));

// What a link opens is a setup with a search around it; elsewhere it is a setup alone.
const begun = await begunWith(catalog);
const dark = matchMedia("(prefers-color-scheme: dark)").matches;

/** @type {SearchState} */
const state = {
  catalog,
  wanted: writable(/** @type {Wanted} */ (begun.setup)),
  results: nothing(),
  chosen: nothing(),
  pointed: nothing(),
  kept: writable({}),
  going: writable(false),
  theme: writable(/** @type {"light" | "dark"} */ (document.documentElement.dataset.theme ?? (dark ? "dark" : "light"))),
  connection: writable(/** @type {Connection} */ ({ state: "connecting", retryIn: 0 })),
  queue: nothing(),
  patient: writable(true),
  notice: writable(begun.notes),
  faults: writable(begun.faults),
  busy: writable(false),
};
const shared = /** @type {any} */ (state); // the panels of all pages know only what every page has

// ---------------------------------------------------------------- the server

const socket = connected(streamAddress(document.baseURI), {
  connection: state.connection,
  greet: () => state.queue.set(null),
  hear: (event) => event.type === "waiting" && state.queue.set(event),
});

const link = linked(/** @type {any} */ (state.wanted), ({ setup }) =>
  socket.ask({ type: "link", setup: /** @type {any} */ (setup).setup, search: /** @type {any} */ (setup).search }),
);
const actions = {
  dismissFaults: () => state.faults.set([]),
  dismissNotice: () => state.notice.set([]),
  setTheme: (/** @type {"light" | "dark"} */ shade) => state.theme.set(shade),
  loadSetup: (/** @type {Wanted} */ wanted) => state.wanted.set(wanted),
};
address({ setup: /** @type {any} */ (state.wanted), faults: state.faults, notice: state.notice }, /** @type {any} */ (actions), {
  link,
  opened: () => opened(catalog),
});

/** @param {Results} results @param {Try} each */
async function setupOf({ of: { setup, search } }, { choices, steps }) {
  return (await socket.ask({ type: "try_setup", setup, vary: search.vary, choices, steps })).event;
}

// ---------------------------------------------------------------- the page

theme($("theme"), shared, /** @type {any} */ (actions));
banner($("banner"), shared);
spinner($("spinner"), shared);
toast($("toast"), shared, /** @type {any} */ (actions));
linkFaults($("link-faults"), shared, /** @type {any} */ (actions), "");
copyLink($("copy-link"), shared, link);
around($("around"), state, async (setup) => (await socket.ask({ type: "link", setup })).event.link);
parallelView($("parallel"), state);
scatterView($("scatter"), state);
triesTable($("tries"), state);
chosenTry($("chosen"), state, setupOf);

const card = $("varied");
const { refuse } = varied(card, state);
searchRun(card, search, { told, found });

/** @param {Heard} heard */
async function search(...[hear, signal]) {
  const wanted = state.wanted.get();
  let first = true;
  const trying = (/** @type {any} */ event) => {
    state.queue.set(null);
    if (first) clear({ ...noTries(wanted), judge: event.judge });
    first = false;
    state.results.update((results) => results && withTries(results, event.tries));
    hear?.(event);
  };
  state.going.set(true);
  try {
    return await socket.ask({ type: "search", setup: wanted.setup, ...wanted.search }, trying, signal);
  } catch (error) {
    if (error instanceof Refusal && refuse(error)) throw new Refusal({ id: null, code: "shown", message: "" });
    throw error;
  } finally {
    state.queue.set(null);
    state.going.set(false);
  }
}

/** @param {Results} results */
function clear(results) {
  for (const store of [state.chosen, state.pointed]) store.set(null);
  state.kept.set({});
  state.results.set(results);
}

/** @param {any} event */
function told(event) {
  const results = state.results.get();
  const tries = results?.tries.length ?? 0;
  if (!results || tries === 0) return fill(card.dataset.few, { share: Math.round((100 * event.done) / event.total) });
  return fill(card.dataset.progress, { tries, all: event.count, loss: number(lowest(results), 3) });
}

/** @param {{event: any}} answer */
function found({ event: { tried, judge, best, told: words } }) {
  state.results.update((results) => results && { ...results, tries: tried, judge, told: words, best: best?.number ?? null });
  if (state.chosen.get() === null && best) state.chosen.set(best.number);
}

Object.assign(window, { descentLab: Object.freeze({ state }) });
