// @ts-check
/**
 * What a link opens, which the server knows. This module is loaded first and by itself: a page that was opened with a link
 * asks while the rest of its scripts are still on their way.
 *
 * What the page of searches opens is a setup with what is searched for around it.
 *
 * @typedef {{setup: any, faults: string[], notes: string[], away: boolean}} OpenedLink  setup: null where something is wrong
 *   with the link; notes: what the setup has in another way than the link; away: the server has not answered
 */
const TRIES = 4;
const FIRST_WAIT = 250; // ms before the second try; doubled at each further one

/** The kind of this page: race, regression or network. */
const page = /** @type {HTMLMetaElement | null} */ (document.querySelector("meta[name=kind]"))?.content ?? "race";

/** The link in the address, or what was too long for one and is kept beside it. */
export const fragment = () => /** @type {string} */ (history.state?.fragment ?? location.hash).replace(/^#/, "");

/** @param {number} time ms */
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

/**
 * @param {string} link what is behind the #
 * @returns {Promise<OpenedLink>}
 */
export async function openedLink(link) {
  for (let tried = 1; ; tried++) {
    const found = await asked(link).catch(() => null);
    if (found) return found;
    if (tried === TRIES) return { setup: null, faults: [], notes: [], away: true };
    await pause(FIRST_WAIT * 2 ** (tried - 1));
  }
}

/**
 * @param {string} link
 * @returns {Promise<OpenedLink | null>} null where the server cannot answer now
 */
async function asked(link) {
  const answer = await fetch(new URL("api/link/read", document.baseURI), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ link, page }),
  });
  if (answer.status >= 500 || answer.status === 429) return null;
  const opened = await answer.json();
  if (!answer.ok) return { setup: null, faults: [opened.detail], notes: [], away: false };
  const faults = opened.faults.map((/** @type {{detail: string}} */ { detail }) => detail);
  const { setup, search } = opened;
  return { setup: page === "search" && setup ? { setup, search } : setup, faults, notes: opened.notes, away: false };
}

/** What this page was opened with; null without a link. */
export const first = fragment() === "" ? null : openedLink(fragment());
