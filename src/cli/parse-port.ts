import { InvalidArgumentError } from 'commander'

const HIGHEST_PORT = 65_535

export function parsePort(value: string): number {
  const port = Number(value)
  if (!/^\d+$/.test(value) || port > HIGHEST_PORT) {
    throw new InvalidArgumentError(`A port is a number up to ${HIGHEST_PORT}.`)
  }
  return port
}
