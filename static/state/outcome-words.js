// @ts-check
/**
 * What has become of an entrant.
 *
 * @import { Run } from './types.js'
 */

/** The step at which it diverged, if it has by this step; else null. @param {Pick<Run, "outcomes">} run @param {number} entrant @param {number} step */
export function deathOf({ outcomes }, entrant, step) {
  const { kind, step: died } = outcomes[entrant] ?? { kind: "running", step: null };
  return kind === "diverged" && (died ?? 0) <= step ? (died ?? 0) : null;
}
