import { readFileSync } from 'node:fs'
import type { ErrorTable } from '../../../codegen/ir/error-table.js'
import { ioFailure } from '../exit-code.js'

/** An error table on disk, in the form in which `pull` writes it. @throws {CliFailure} for a file of any other form */
export function errorTableFile(path: string, shown: string): ErrorTable {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw ioFailure(`the error table ${shown} could not be read`, error)
  }
  if (isErrorTable(value)) return value
  throw ioFailure(`${shown} is no error table as pull writes it; rename it, or name another in schema.errors of the config`)
}

function isErrorTable(value: unknown): value is ErrorTable {
  if (!isRecord(value) || !isRecord(value['errors']) || !isRecord(value['methods'])) return false
  const areErrors = Object.values(value['errors']).every((error) => isRecord(error) && typeof error['code'] === 'number')
  const areMethods = Object.values(value['methods']).every(
    (facts) => isRecord(facts) && typeof facts['callableBy'] === 'string' && isRecord(facts['errors']),
  )
  return areErrors && areMethods
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
