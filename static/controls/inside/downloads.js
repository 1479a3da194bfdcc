// @ts-check
/**
 * Files to take home: the server makes them, the browser keeps them.
 *
 * @import { ExportedEvent } from '../../net/messages.js'
 * @import { Answer } from '../../net/socket.js'
 */
import { fill } from "../../format.js";
import { on, part, say, together } from "../widgets/dom.js";

const LATER = 60_000; // ms after which a file that was given away is forgotten

/**
 * @param {HTMLElement} element with buttons that say data-export
 * @param {(kind: ExportedEvent["kind"]) => Promise<Answer<"export"> | null>} ask
 * @returns {() => void} undo
 */
export function downloads(element, ask) {
  /** @param {ExportedEvent["kind"]} kind */
  async function fetch(kind) {
    const answer = await ask(kind);
    if (!answer) return;
    const { name, media } = answer.event;
    save(new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (answer.arrays.file.data)], { type: media }), name);
    say(part(element, "said"), fill(element.dataset.done, { name }));
  }

  return together(
    [.../** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll("[data-export]"))].map((button) =>
      on(button, "click", () => void fetch(/** @type {ExportedEvent["kind"]} */ (button.dataset.export))),
    ),
  );
}

/** @param {Blob} file @param {string} name */
function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LATER);
}
