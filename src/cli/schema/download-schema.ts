import { definitionsOf } from '../../../codegen/text/ast.js'
import { DiagnosticList } from '../../../codegen/text/diagnostic.js'
import { parseSchema } from '../../../codegen/text/parser.js'
import { ioFailure } from '../exit-code.js'
import { download } from './download.js'

/**
 * The TL text at an address. A page that explains or asks to log in comes with status 200 too: that is one failure, not
 * a thousand mistakes in TL. Whether the schema is sound is not asked here.
 */
export async function downloadSchema(address: string): Promise<string> {
  const text = await download(address)
  const isMarkup = text.trimStart().startsWith('<')
  if (!isMarkup && definitionsOf(parseSchema({ name: address, text }, new DiagnosticList())).length > 0) return text
  const begin = text.trimStart().split('\n')[0]!.slice(0, 60)
  throw ioFailure(`${address} is no TL: it ${begin === '' ? 'is empty' : `begins with '${begin}'`}`)
}
