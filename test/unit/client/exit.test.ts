import { spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { startServer } from '../../../src/server/start-server.js'
import { bundled } from '../../support/bundled.js'

async function run(...args: string[]): Promise<{ code: number | null; output: string }> {
  using program = await bundled(`import './test/unit/client/exit-program.ts'`)
  const child = spawn(process.execPath, [program.path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return await new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}

describe('a process', () => {
  it.each(['after an answer', 'in the middle of calls'])(
    'ends by itself when its client has disconnected %s',
    async (how) => {
      const server = await startServer({ port: 0 })
      try {
        const { code, output } = await run(server.login({ username: 'username' }), how)
        expect([code, output]).toEqual([0, how === 'after an answer' ? '4\n' : expect.stringMatching(/^[12]\n$/)])
      } finally {
        await server.close()
      }
    },
  )
})
