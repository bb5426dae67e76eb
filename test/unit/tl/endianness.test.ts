import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { isLittleEndian as asBrowsersSay } from '../../../src/platform/endianness.browser.js'
import { isLittleEndian } from '../../../src/platform/endianness.node.js'
import type * as WriterModule from '../../../src/tl/writer.js'

/** The writer, as it is on another machine. */
async function writerWhere(littleEndian: boolean): Promise<typeof WriterModule> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../../../src/tl/writer.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    plugins: [
      {
        name: 'another machine',
        setup({ onLoad }) {
          onLoad({ filter: /endianness/ }, () => ({ contents: `export const isLittleEndian = ${littleEndian}` }))
        },
      },
    ],
  })
  return (await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]!.text)}`)) as typeof WriterModule
}

it('a machine that stores the highest byte first writes nothing, rather than words the wrong way round', async () => {
  const object = { write: (w: WriterModule.Writer) => w.int(1) }
  const here = await writerWhere(true)
  expect([...here.Writer.encode(object)]).toEqual([1, 0, 0, 0])
  const { Writer } = await writerWhere(false)
  expect(() => Writer.encode(object)).toThrow(
    expect.objectContaining({ failure: 'state', message: 'TL is written on little-endian machines alone' }),
  )
})

it('this machine is none of these', () => {
  expect(isLittleEndian).toBe(new Uint8Array(Uint16Array.of(1).buffer)[0] === 1)
  expect(asBrowsersSay).toBe(isLittleEndian)
})
