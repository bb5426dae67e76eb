import { LocalError } from '../errors/errors.js'
import { describe } from '../errors/evidence.js'
import type { DataCentreOptions, ProxyOptions } from './options.js'

const MAX_DC = 999
const MAX_PORT = 65_535

/** @throws {LocalError} `argument`, naming the option that has the wrong form. */
export function checkDataCentres(dataCentres: readonly DataCentreOptions[]): void {
  for (const [index, { id, port }] of dataCentres.entries()) {
    if (!isWhole(id, 1, MAX_DC)) throw wrong(`dataCentres[${index}].id`, `a number from 1 to ${MAX_DC}`, id)
    if (dataCentres.findIndex((other) => other.id === id) !== index)
      throw wrong(`dataCentres[${index}].id`, 'a number that no other data centre has', id)
    checkPort(index === 0 ? 'port' : `dataCentres[${index}].port`, port)
  }
}

/** @throws {LocalError} `argument`, naming the port that is none. */
export function checkProxies(proxies: readonly ProxyOptions[]): void {
  for (const [index, { port }] of proxies.entries()) checkPort(`proxies[${index}].port`, port)
}

function checkPort(path: string, port: number | undefined): void {
  if (port !== undefined && !isWhole(port, 0, MAX_PORT)) throw wrong(path, `a number from 0 to ${MAX_PORT}`, port)
}

const isWhole = (value: unknown, least: number, most: number): boolean =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most

function wrong(path: string, expected: string, value: unknown): LocalError {
  const got = describe(value)
  return new LocalError('argument', `${path}: expected ${expected}, got ${got}`, { path, expected, got })
}
