import { printValue } from './print.js'
import type { ExampleObject } from './value.js'

function importLine(names: string, specifier: string): string {
  return `import {${names}} from '${specifier}';`
}

export interface ProgramOptions {
  readonly packageName: string
  /** TypeScript type of the result; undefined leaves the inference to the compiler. */
  readonly resultType: string | undefined
  /** Spaces before the closing brace of the call's argument. */
  readonly indent: number
  readonly emptyBraces: boolean
}

/** The whole program around one call, as a CommonJS script. */
export function javascriptProgram(request: ExampleObject, options: ProgramOptions): string {
  const { packageName } = options
  const head = [
    `const {Api, TelegramClient} = require('${packageName}');`,
    `const {StringSession} = require('${packageName}/sessions');`,
  ]
  return program(head, 'result', request, options)
}

/** The same as a typed module. */
export function typescriptProgram(request: ExampleObject, options: ProgramOptions): string {
  const { packageName, resultType } = options
  const head = [importLine('Api, TelegramClient', packageName), importLine('StringSession', `${packageName}/sessions`)]
  return program(head, resultType === undefined ? 'result' : `result: ${resultType}`, request, options)
}

function program(head: readonly string[], result: string, request: ExampleObject, options: ProgramOptions): string {
  return [
    ...head,
    '',
    "const session = new StringSession(''); // You should put your string session here",
    'const client = new TelegramClient(session, apiId, apiHash, {});',
    '',
    '(async function run() {',
    '    await client.connect() // This assumes you have already authenticated with .start()',
    '',
    `    const ${result} = await client.invoke(${printValue(request, options)});`,
    '    console.log(result); // prints the result',
    '})();',
  ].join('\n')
}
