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

const AWAY = "away"; // no server has answered, but perhaps a proxy that has found none
const WAITS = [300, 1000, 2500]; // ms before a file is sent once more, to whichever server answers then

/** @param {number} time ms */
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

/**
 * Sends a file; sends it again, to whichever server answers then, when it was lost on the way: it is named by its content, so
 * that twice is once.
 *
 * @param {Blob} body
 * @param {{learner: string, encoding: string}} how who is to learn from it, and what it is written in, "" for as it looks
 * @param {(share: number) => void} progress how much of it has been sent, 0 to 1
 * @param {AbortSignal} [signal]
 * @returns {Promise<Kept>}
 */
export async function bring(body, how, progress, signal) {
  for (const wait of WAITS) {
    try {
      return await sent(body, how, progress, signal);
    } catch (error) {
      if (/** @type {Refusal} */ (error).code !== AWAY) throw error;
      await pause(wait);
    }
  }
  return sent(body, how, progress, signal);
}

/**
 * @param {Blob} body
 * @param {{learner: string, encoding: string}} how who is to learn from it, and what it is written in, "" for as it looks
 * @param {(share: number) => void} progress how much of it has been sent, 0 to 1
 * @param {AbortSignal} [signal]
 * @returns {Promise<Kept>}
 */
function sent(body, { learner, encoding }, progress, signal) {
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
      const { code = request.status >= 502 ? AWAY : "", detail = "", field = null } = request.response ?? {};
      reject(new Refusal({ id: null, code, message: detail, field }));
    };
    request.onerror = () => reject(new Refusal({ id: null, code: AWAY, message: "" }));
    signal?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
