import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { ioFailure, usage } from './exit-code.js'
import type { CliIo } from './io.js'

const HEX = /^(?:0x)?((?:[0-9a-f]{2})+)$/i
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/

/**
 * Bytes as they are handed to a command: hexadecimal or base64 text, the name of a file, or `-` for standard input. A
 * file and standard input may hold the bytes themselves or their text.
 */
export async function inputBytes(input: string, io: CliIo): Promise<Uint8Array> {
  if (input === '-') return rawOrText(await io.stdin())
  const fromText = textBytes(input)
  const path = resolve(io.cwd, input)
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) {
    try {
      return rawOrText(readFileSync(path))
    } catch (error) {
      throw ioFailure(`${input} could not be read`, error)
    }
  }
  if (fromText !== undefined) return fromText
  throw usage('the input is neither hexadecimal, nor base64, nor the name of a file, nor - for standard input')
}

function rawOrText(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1')
  const printable = /^[\t\n\r\x20-\x7e]+$/.test(text)
  return (printable ? textBytes(text) : undefined) ?? bytes
}

/** Hexadecimal wins where both fit: eight digits are four bytes, not six. Spaces are allowed, as in a printed dump. */
function textBytes(text: string): Uint8Array | undefined {
  const compact = text.replace(/\s+/g, '')
  const hex = HEX.exec(compact)?.[1]
  if (hex !== undefined) return Buffer.from(hex, 'hex')
  return BASE64.test(compact) && compact.length % 4 !== 1 ? Buffer.from(compact, 'base64') : undefined
}
