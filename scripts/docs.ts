/** `npm run docs [-- --out DIR] [--compat gramjs-docs] [--schema FILE] [--serve]`: builds the reference. */
import { parseArgs } from 'node:util'
import { buildDocs } from '../codegen/docs/command.js'

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    compat: { type: 'string' },
    schema: { type: 'string' },
    serve: { type: 'boolean' },
    port: { type: 'string' },
  },
})
if (values.compat !== undefined && values.compat !== 'gramjs-docs')
  throw new Error(`--compat knows gramjs-docs only, not ${values.compat}`)

const { out, layer, files, bytes, milliseconds, descriptions, server } = await buildDocs({
  out: values.out,
  compat: values.compat,
  schema: values.schema,
  serve: values.serve,
  port: values.port === undefined ? undefined : Number(values.port),
})
const megabytes = (bytes / 1e6).toFixed(1)
console.log(`layer ${layer}: ${files} files, ${megabytes} MB, in ${(milliseconds / 1000).toFixed(1)} s`)
console.log(`descriptions: ${descriptions ?? 'none installed'}`)
console.log(server === undefined ? `written to ${out}` : `serving ${out} at ${server.url} (Ctrl-C ends it)`)
