import { importTdlib } from '../../../codegen/schema-import/import-tdlib.js'
import { layerOf } from '../../../codegen/text/ast.js'
import { DiagnosticList } from '../../../codegen/text/diagnostic.js'
import { parseSchema } from '../../../codegen/text/parser.js'
import { CliFailure, EXIT, usage } from '../exit-code.js'
import { downloadSchema } from './download-schema.js'
import { download } from './download.js'

/** A schema as an official client publishes it. */
export interface UpstreamSchema {
  /** `tdesktop@dev` */
  readonly source: string
  readonly api: string
  /** Texts by the address that each came from, as they were. */
  readonly fetched: ReadonlyMap<string, string>
  /** Names of definitions that the client has for itself alone, and that were left out. */
  readonly foreign: readonly string[]
}

interface Upstream {
  readonly repository: string
  readonly branch: string
  readonly api: string
  /** The file that states the layer where the TL text does not. */
  readonly layerFile: string
  readonly layer: RegExp
}

const UPSTREAMS: Readonly<Record<string, Upstream>> = {
  tdesktop: {
    repository: 'telegramdesktop/tdesktop',
    branch: 'dev',
    api: 'Telegram/SourceFiles/mtproto/scheme/api.tl',
    layerFile: 'Telegram/SourceFiles/mtproto/scheme/layer.tl',
    layer: /^\/\/ LAYER (\d+)\s*$/m,
  },
  tdlib: {
    repository: 'tdlib/td',
    branch: 'master',
    api: 'td/generate/scheme/telegram_api.tl',
    layerFile: 'td/telegram/Version.h',
    layer: /^\s*constexpr int32 MTPROTO_LAYER = (\d+);/m,
  },
}
/** Where the files of public repositories lie; a mirror has the same paths behind an address of its own. */
const ORIGIN = 'https://raw.githubusercontent.com'

/** `tdesktop`, or `tdlib@1a2b3c4` with a branch, tag or commit. */
export const isUpstream = (from: string): boolean => Object.hasOwn(UPSTREAMS, from.split('@')[0]!)

export async function upstreamSchema(from: string, mirror: string | undefined): Promise<UpstreamSchema> {
  const [, name = '', revision] = /^(\w+)(?:@(.*))?$/.exec(from) ?? []
  const upstream = UPSTREAMS[name]
  if (upstream === undefined) throw usage(`'${from}' is no upstream: ${Object.keys(UPSTREAMS).join(' or ')}`)
  const ref = revision ?? upstream.branch
  if (!/^[\w.-]+(?:\/[\w.-]+)*$/.test(ref) || ref.includes('..')) throw usage(`'${ref}' is no branch, tag or commit`)
  const fetched = new Map<string, string>()
  const folder = `${originOf(mirror)}/${upstream.repository}/${ref}`
  const fetchFile = async (path: string, load: (address: string) => Promise<string>): Promise<string> => {
    const address = `${folder}/${path}`
    const text = await load(address)
    fetched.set(address, text)
    return text
  }
  const text = await fetchFile(upstream.api, downloadSchema)
  const ast = parseSchema({ name: from, text }, new DiagnosticList())
  const layer = layerOf(ast) ?? statedLayer(upstream, await fetchFile(upstream.layerFile, download))
  const source = `${name}@${ref}`
  if (name === 'tdlib') {
    const { text: api, foreign } = importTdlib(ast, layer)
    return { source, api, fetched, foreign }
  }
  const api = layerOf(ast) === undefined ? `${text.trimEnd()}\n\n// LAYER ${layer}\n` : text
  return { source, api, fetched, foreign: [] }
}

/** Without its layer a schema is of little use: a client has to state it in its first request. */
function statedLayer({ layerFile, layer }: Upstream, text: string): number {
  const stated = layer.exec(text)?.[1]
  if (stated === undefined) throw new CliFailure(EXIT.io, `neither the schema nor ${layerFile} states a layer`)
  return Number(stated)
}

function originOf(mirror: string | undefined): string {
  if (mirror === undefined) return ORIGIN
  const isAddress = /^https?:\/\//.test(mirror) && URL.canParse(mirror)
  if (!isAddress) throw usage(`--mirror is an address such as ${ORIGIN}, not '${mirror}'`)
  return mirror.replace(/\/+$/, '')
}
