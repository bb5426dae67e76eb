import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { importErrors, printErrors } from '../../../codegen/schema-import/import-errors.js'
import { importApi, importService } from '../../../codegen/schema-import/import-schema.js'
import type { PackageEntry } from '../../../codegen/schema-import/package-schema.js'
import { verifyServerKeys } from '../../../codegen/schema-import/server-keys.js'
import type { ServerKeys } from '../../../codegen/schema-import/server-keys.js'

const self: PackageEntry = { kind: 'class', name: 'inputPeerSelf', id: 0x7da07ec9, type: 'InputPeer', arguments: [] }
const invites: PackageEntry = {
  kind: 'method',
  name: 'messages.getExportedChatInvites',
  id: 0xa2b5a3f6,
  type: 'messages.ExportedChatInvites',
  available: 'user',
  throws: [{ name: 'CHAT_WRITE_FORBIDDEN', code: 403 }],
  arguments: [
    { name: 'flags', type: '#' },
    { name: 'revoked', type: 'true', typeModifiers: { predicate: 'flags.3' } },
    { name: 'peer', type: 'InputPeer' },
    { name: 'admin_id', type: 'InputUser' },
    { name: 'offset_date', type: 'int', typeModifiers: { predicate: 'flags.2' } },
    { name: 'offset_link', type: 'string', typeModifiers: { predicate: 'flags.2' } },
    { name: 'limit', type: 'int' },
  ],
}

it('entries become the lines that their numbers were made from, types before functions', () => {
  const own: PackageEntry = { ...self, name: 'mtcute.dummyUpdate', id: 1 }
  const { text, foreign, definitions } = importApi({ l: 228, e: [invites, own, self] })
  expect({ foreign, definitions }).toEqual({ foreign: ['mtcute.dummyUpdate'], definitions: 2 })
  expect(text).toBe(`// Telegram's API: methods, and the objects that they take and return.
// LAYER 228

boolFalse#bc799737 = Bool;
boolTrue#997275b5 = Bool;
true#3fedd339 = True;
vector#1cb5c415 {t:Type} # [ t ] = Vector t;
inputPeerSelf#7da07ec9 = InputPeer;

---functions---

// messages

messages.getExportedChatInvites#a2b5a3f6 flags:# revoked:flags.3?true peer:InputPeer admin_id:InputUser offset_date:flags.2?int offset_link:flags.2?string limit:int = messages.ExportedChatInvites;
`)
})

it('a line whose number is not its CRC-32 stops the import', () => {
  expect(() => importApi({ l: 228, e: [{ ...self, id: 0x7da07ec8 }] })).toThrow(
    `1 numbers do not belong to their lines:\n#7da07ec8 is not #7da07ec9, the CRC-32 of 'inputPeerSelf = InputPeer'`,
  )
})

it('int53 is a long, service names lose their prefix, and calls are told from objects', () => {
  const ping: PackageEntry = {
    kind: 'class',
    name: 'mt_ping',
    id: 0x7abe77ec,
    type: 'Pong',
    arguments: [{ name: 'ping_id', type: 'int53' }],
  }
  const { text } = importService([ping], 'pong#347773c5 msg_id:long ping_id:long = Pong;')
  expect(text).toContain('\npong#347773c5 msg_id:long ping_id:long = Pong;\n\n---functions---\n\nping#7abe77ec ping_id:long = Pong;\n')
  expect(() => importService([ping], '---functions---\nping#7abe77ec ping_id:long = Pong;')).toThrow(`'ping' is in the package already`)
})

it('errors are the union of both tables, with the code beside the method where they differ', () => {
  const table = {
    errors: {
      CHAT_WRITE_FORBIDDEN: { code: 400 },
      CHAT_ID_INVALID: { code: 400 },
      SESSION_REVOKED: { code: 401 },
      'FLOOD_WAIT_%d': { code: 420, _paramNames: ['seconds'] },
    },
    throws: { 'messages.getExportedChatInvites': ['CHAT_ID_INVALID', 'CHAT_WRITE_FORBIDDEN', 'SESSION_REVOKED'] },
    userOnly: {},
    botOnly: {},
  }
  const errors = importErrors({ l: 228, e: [invites, self] }, table)
  expect(errors).toEqual({
    errors: {
      CHAT_ID_INVALID: { code: 400 },
      CHAT_WRITE_FORBIDDEN: { code: 400 },
      'FLOOD_WAIT_%d': { code: 420, argument: 'seconds', general: true },
      SESSION_REVOKED: { code: 401, general: true },
    },
    methods: {
      'messages.getExportedChatInvites': {
        callableBy: 'user',
        errors: { CHAT_ID_INVALID: 400, CHAT_WRITE_FORBIDDEN: 403, SESSION_REVOKED: 401 },
      },
    },
  })
  expect(JSON.parse(printErrors(228, errors))).toEqual({ layer: 228, ...errors })
})

it('a server key under a wrong fingerprint, or that nobody else knows, is refused', () => {
  const { keys } = JSON.parse(readFileSync('tl/server-keys.json', 'utf8')) as ServerKeys
  const [first] = keys
  expect(() => verifyServerKeys({ keys: [{ ...first!, fingerprint: '0000000000000001' }] }, {})).toThrow('0000000000000001 is the key d09d1d85de64fd85')
  expect(() => verifyServerKeys({ keys: [first!] }, { d09d1d85de64fd85: { modulus: '00' } })).toThrow('is not a key that the package knows')
})
