/** `rawgram pull --from tdesktop` and `tdlib`, against a mirror on this machine. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { isUpstream, upstreamSchema } from '../../../src/cli/schema/upstream.js'
import { WebServer, Workspace } from './helpers.js'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const api = (work: Workspace): string => readFileSync(join(work.folder, 'schema/api.tl'), 'utf8')
const lock = (work: Workspace): unknown => JSON.parse(readFileSync(join(work.folder, 'schema/rawgram.lock.json'), 'utf8'))

const TDESKTOP = 'inputPeerSelf#7da07ec9 = InputPeer;\n\n---functions---\n\nhelp.getSelf#8f925e3d = InputPeer;\n'
const TDESKTOP_PATH = '/telegramdesktop/tdesktop/dev/Telegram/SourceFiles/mtproto/scheme'

/** The form of tdlib's text: values first, then methods of its own, then the layer, which it does not name. */
const TDLIB = `int ? = Int;
string ? = String;
bytes = Bytes;
boolFalse#bc799737 = Bool;
boolTrue#997275b5 = Bool;
vector#1cb5c415 {t:Type} # [ t ] = Vector t;

error#c4b9f9bb code:int text:string = Error;

ipPort#d433ad73 ipv4:int port:int = IpPort;
ipPortSecret#37982646 ipv4:int port:int secret:bytes = IpPort;
accessPointRule#4679b65f phone_prefix_rules:string dc_id:int ips:vector<IpPort> = AccessPointRule;
help.configSimple#5a592a6c date:int expires:int rules:vector<AccessPointRule> = help.ConfigSimple;

---functions---

test.useConfigSimple = help.ConfigSimple;
invokeWithReCaptchaPrefix#adbb0f94 token:string = Error;

---types---

inputPeerSelf#7da07ec9 = InputPeer;
inputPeerEmpty#7f3b18ea = InputPeer;

---functions---

invokeWithReCaptcha#adbb0f94 {X:Type} token:string query:!X = X;
`
const VERSION = 'namespace td {\n\nconstexpr int32 MTPROTO_LAYER = 228;\n\n}\n'

it('tdesktop is taken as it is, its layer from the file beside it', async () => {
  using work = new Workspace()
  const texts = { [`${TDESKTOP_PATH}/api.tl`]: TDESKTOP, [`${TDESKTOP_PATH}/layer.tl`]: '// LAYER 229\n' }
  await using mirror = await WebServer.serving(texts)
  const { code, out, err } = await work.run(['pull', '--from', 'tdesktop', '--mirror', `${mirror.address}/`])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain('layer 229 from tdesktop@dev: 2 definitions\n')
  expect(api(work)).toBe(`${TDESKTOP}\n// LAYER 229\n`)
  expect(lock(work)).toMatchObject({
    layer: 229,
    source: 'tdesktop@dev',
    files: { 'api.tl': sha256(api(work)) },
    fetched: Object.fromEntries(Object.entries(texts).map(([path, text]) => [`${mirror.address}${path}`, sha256(text)])),
  })
})

it('a text that names its layer is not touched, and no second file is asked for', async () => {
  const text = `${TDESKTOP}\n// LAYER 190\n`
  const path = TDESKTOP_PATH.replace('/dev/', '/v5.10.0/')
  await using mirror = await WebServer.serving({ [`${path}/api.tl`]: text })
  const schema = await upstreamSchema('tdesktop@v5.10.0', mirror.address)
  expect(schema).toMatchObject({ source: 'tdesktop@v5.10.0', api: text, foreign: [] })
  expect([...schema.fetched.keys()]).toEqual([`${mirror.address}${path}/api.tl`])
})

it('of tdlib the layer alone is kept, so that it is generated as it stands', async () => {
  using work = new Workspace()
  await using mirror = await WebServer.serving({
    '/tdlib/td/master/td/generate/scheme/telegram_api.tl': TDLIB,
    '/tdlib/td/master/td/telegram/Version.h': VERSION,
  })
  const { code, out, err } = await work.run(['pull', '--from', 'tdlib', '--mirror', mirror.address])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const leftOut = 'ipPort, ipPortSecret, accessPointRule, help.configSimple, test.useConfigSimple, invokeWithReCaptchaPrefix'
  expect(out).toContain(`left out, as the client's own: ${leftOut}\n`)
  expect(api(work)).toBe(`// Telegram's API, after tdlib's text of it.
// LAYER 228

int ? = Int;
string ? = String;
bytes = Bytes;
boolFalse#bc799737 = Bool;
boolTrue#997275b5 = Bool;
vector#1cb5c415 {t:Type} # [ t ] = Vector t;
error#c4b9f9bb code:int text:string = Error;
inputPeerEmpty#7f3b18ea = InputPeer;
inputPeerSelf#7da07ec9 = InputPeer;

---functions---

invokeWithReCaptcha#adbb0f94 {X:Type} token:string query:!X = X;
`)
  expect((await work.run(['verify', 'schema/api.tl'])).code).toBe(0)
  expect((await work.run(['gen', '--schema', 'schema/api.tl'])).code).toBe(0)
})

it('a layer that is stated nowhere, or a file that is missing, ends the pull before anything is written', async () => {
  using work = new Workspace()
  const files = { '/tdlib/td/master/td/generate/scheme/telegram_api.tl': TDLIB }
  await using bare = await WebServer.serving(files)
  const missing = await work.run(['pull', '--from', 'tdlib', '--mirror', bare.address])
  const version = `${bare.address}/tdlib/td/master/td/telegram/Version.h`
  expect(missing).toMatchObject({ code: 3, err: `error: ${version} could not be fetched: status 404 Not Found\n` })
  await using silent = await WebServer.serving({ ...files, '/tdlib/td/master/td/telegram/Version.h': '#pragma once\n' })
  const unstated = await work.run(['pull', '--from', 'tdlib', '--mirror', silent.address])
  expect(unstated).toMatchObject({ code: 3, err: 'error: neither the schema nor td/telegram/Version.h states a layer\n' })
  expect(existsSync(join(work.folder, 'schema'))).toBe(false)
})

it('a mirror that answers with a page is no schema, and is not asked for a layer', async () => {
  using work = new Workspace()
  await using mirror = await WebServer.start((_, response) => {
    response.end('<html>log in</html>')
  })
  const { code, err } = await work.run(['pull', '--from', 'tdesktop', '--mirror', mirror.address])
  const address = `${mirror.address}${TDESKTOP_PATH}/api.tl`
  expect({ code, err }).toEqual({ code: 3, err: `error: ${address} is no TL: it begins with '<html>log in</html>'\n` })
})

it.each([
  [['--from', 'tdlib@../../etc'], `error: '../../etc' is no branch, tag or commit\n`],
  [['--from', 'tdlib@'], `error: '' is no branch, tag or commit\n`],
  [
    ['--from', 'tdlib', '--mirror', 'ftp://x'],
    `error: --mirror is an address such as https://raw.githubusercontent.com, not 'ftp://x'\n`,
  ],
  [['--from', 'api.tl', '--mirror', 'http://127.0.0.1:1'], 'error: --mirror belongs to --from tdesktop or tdlib\n'],
])('refuses %j', async (args, message) => {
  using work = new Workspace()
  expect(await work.run(['pull', ...args])).toEqual({ code: 2, out: '', err: message })
})

it('a file of that name is meant by its path', () => {
  expect(['tdlib', 'tdesktop@dev'].filter(isUpstream)).toHaveLength(2)
  expect(['./tdlib', 'tdlib.tl', 'constructor', 'tdlib2'].filter(isUpstream)).toEqual([])
})
