// @ts-check
/**
 * The link of the setup on show. The server writes it; the page keeps the last one, with the setup that it is of.
 *
 * @import { Readable, Setup } from './types.js'
 *
 * @typedef {{known: () => string | null, now: () => Promise<string>}} Link  without its #. `known`: at once, if it is known
 *   already; `now`: asked for where it is not
 */

/** Characters that mail, chats and servers on the way still carry. */
export const LONGEST = 16_000;

/**
 * @param {Readable<Setup>} setup
 * @param {(message: {type: "link", setup: Setup}) => Promise<{event: {link: string}}>} ask
 * @returns {Link}
 */
export function linked(setup, ask) {
  let of = /** @type {Setup | null} */ (null);
  let link = "";

  return {
    known: () => (of === setup.get() ? link : null),
    async now() {
      const asked = setup.get();
      if (of === asked) return link;
      const { event } = await ask({ type: "link", setup: asked });
      [of, link] = [asked, event.link];
      return event.link;
    },
  };
}
