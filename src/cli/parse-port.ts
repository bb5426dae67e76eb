import { InvalidArgumentError } from 'commander'

const HIGHEST_PORT = 65_535

export function parsePort(value: string): number {
  const port = Number(value)
  if (value.trim() === '' || !Number.isInteger(port) || port < 0 || port > HIGHEST_PORT) {
    throw new InvalidArgumentError(`A port is a number up to ${HIGHEST_PORT}.`)
  }
  return port
}
