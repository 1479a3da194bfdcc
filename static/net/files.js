// @ts-check
/**
 * Files of columns are brought over HTTP, not through the socket: they may be large, and how far they are can be told.
 *
 * @import { TableEvent } from './messages.js'
 *
 * @typedef {Omit<TableEvent, "id" | "type">} Look  what a text of columns is understood as
 * @typedef {{file: string | null, text: string | null, encoding: string, encoding_guessed: boolean, look: Look}} Kept  its name on the
 *   server; the text, where it is small
 */
import { Refusal } from "./socket.js";

/** Asks the server what is understood of a text. @param {import('./socket.js').Ask} ask */
export const looking = (ask) => async (/** @type {Omit<import('./socket.js').Asked<"table">, "type">} */ question) =>
  /** @type {Look} */ ((await ask({ type: "table", ...question })).event);

/**
 * @param {Blob} body
 * @param {{learner: string, encoding: string}} how who is to learn from it, and what it is written in, "" for as it looks
 * @param {(share: number) => void} progress how much of it has been sent, 0 to 1
 * @param {AbortSignal} [signal]
 * @returns {Promise<Kept>}
 */
export function bring(body, { learner, encoding }, progress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch does not tell how much has been sent
    const address = new URL("api/files", document.baseURI);
    address.searchParams.set("learner", learner);
    if (encoding) address.searchParams.set("encoding", encoding);
    request.open("POST", address);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 200) return resolve(request.response);
      const { code = "", detail = request.statusText, field = null } = request.response ?? {};
      reject(new Refusal({ id: null, code, message: detail, field }));
    };
    request.onerror = () => reject(new Refusal({ id: null, code: "away", message: "" }));
    signal?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
