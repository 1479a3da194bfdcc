// @ts-check
/**
 * Files of columns are brought over HTTP, not through the socket: they may be large, and how far they are can be told.
 *
 * @typedef {{file: string, text: string | null}} Kept  its name on the server; the text, where it is small
 */
import { Refusal } from "./socket.js";

/**
 * @param {Blob} body
 * @param {(share: number) => void} progress how much of it has been sent, 0 to 1
 * @param {AbortSignal} [signal]
 * @returns {Promise<Kept>}
 */
export function bring(body, progress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // fetch does not tell how much has been sent
    request.open("POST", new URL("api/files", document.baseURI));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 200) return resolve(request.response);
      reject(new Refusal({ id: null, code: "", message: request.statusText, ...request.response?.error }));
    };
    request.onerror = () => reject(new Refusal({ id: null, code: "away", message: "" }));
    signal?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
