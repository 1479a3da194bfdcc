// @ts-check
/**
 * The shapes that only the page of searches speaks of (those of every page: types.js). Only types live here.
 *
 * @import * as Models from '../../net/messages.js'
 * @import { Connection, State } from '../types.js'
 * @import { Readable, Writable } from '../store.js'
 *
 * @typedef {Models.RegressionSetup | Models.NetworkSetup} LearningSetup  around which is searched
 * @typedef {Required<Models.Asked>} Asked  what is varied, and how the tries are judged
 * @typedef {{setup: any, search: Asked}} Wanted  a search
 * @typedef {Models.Try} Try
 * @typedef {"training" | "validation"} Judge  the set whose loss compares the tries
 * @typedef {{names: {[source: string]: {[key: string]: string}}, optimizers: {[key: string]: {name: string, knobs: {[name: string]: string}}},
 *   fields: {network: {[name: string]: string}, regression: {[name: string]: string}}, opening: Wanted, usual: {tries: number},
 *   limits: {[name: string]: number}}} SearchCatalog  what can be varied, with what people would try of it
 * @typedef {{of: Wanted, varied: string[], judge: Judge, tries: Try[], told: string, best: number | null}} Results  of one search, as
 *   far as they are known. `of`: what was searched; `tries`: the best first; `told`: what was found, once that is known
 * @typedef {{[axis: number]: [number, number]}} Kept  of axes, the part that a try must pass through to be shown
 * @typedef {{catalog: SearchCatalog, wanted: Writable<Wanted>, results: Writable<Results | null>, chosen: Writable<number | null>,
 *   pointed: Writable<number | null>, kept: Writable<Kept>, going: Writable<boolean>} & Pick<State, "theme" | "connection" | "queue" | "patient" | "notice" | "faults" | "busy">} SearchState
 *   `chosen`, `pointed`: numbers of tries
 */
export {};
