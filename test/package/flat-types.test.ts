/** The declarations of generated code, one file for each namespace, as the build puts them together. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { listFiles } from '../../scripts/files.js'
import { flattenTypes } from '../../scripts/flat-types.js'

const USER = `import { TlObject } from '../../../src/tl/object.js';
import type { Reader } from '../../../src/tl/reader.js';
import { type TypeChat } from '../chats/types/chat.js';
/** \`User\`: see TypeChat, 'TypeChat'. */
export type TypeUser = User;
export declare class User extends TlObject {
    static readonly className = "User";
    chat: TypeChat;
}
export declare function readTypeUser(r: Reader): TypeUser;
export declare function readUser(r: Reader): User;
`
const CHAT = `import { TlObject } from '../../../../src/tl/object.js';
import type { TypeUser as TypeRootUser } from '../../types/user.js';
export type TypeChat = Chat | User;
export declare class Chat extends TlObject {
    owner: TypeRootUser;
}
export declare class User extends TlObject {
}
`
/** Knows the user of the root by its own name, which in this namespace is another's. */
const GET_CHAT = `import { TlRequest } from '../../../../src/tl/object.js';
import type { GeneralError } from '../../errors.js';
import type { User } from '../../types/user.js';
import type { TypeChat } from '../types/chat.js';
type Errors = 'User' | GeneralError;
/** Answers with a User. */
export declare class GetChat extends TlRequest<TypeChat, Errors> {
    static readonly className = "chats.GetChat";
    by: User;
    constructor(args: {
        by: User;
    });
}
export {};
`
const FILES: Readonly<Record<string, string>> = {
  'src/tl/object.d.ts': 'export declare class TlObject {\n}\nexport declare class TlRequest<R, E> {\n    r: R;\n    e: E;\n}\n',
  'src/tl/reader.d.ts': 'export declare class Reader {\n}\n',
  'src/entry/index.d.ts': `export * as Api from '../../generated/api/index.js';
import type { TypeUser } from '../../generated/api/types/user.js';
export declare const me: TypeUser;
`,
  'generated/api/errors.d.ts': `export type GeneralError = 'TIMEOUT';\n`,
  'generated/api/types/user.d.ts': USER,
  'generated/api/index.d.ts': `export { User } from './types/user.js';
export type { TypeUser } from './types/user.js';
export type { GeneralError } from './errors.js';
export * as chats from './chats/index.js';
`,
  'generated/api/chats/types/chat.d.ts': CHAT,
  'generated/api/chats/methods/get-chat.d.ts': GET_CHAT,
  'generated/api/chats/index.d.ts': `export { Chat, User } from './types/chat.js';
export type { TypeChat } from './types/chat.js';
export { GetChat } from './methods/get-chat.js';
`,
  'codegen/unused.d.ts': 'export declare const unused: number;\n',
}

function flat(changes: Readonly<Record<string, string>> = {}): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'rawgram-types-'))
  try {
    for (const [path, text] of Object.entries({ ...FILES, ...changes })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    flattenTypes(folder, ['src/entry/index.d.ts'])
    const paths = listFiles(folder, '.', '.d.ts')
    return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

it('has one file for a namespace, and none that no entry reaches', () => {
  const files = flat()
  expect(Object.keys(files)).toEqual([
    'generated/api/chats/index.d.ts',
    'generated/api/index.d.ts',
    'src/entry/index.d.ts',
    'src/tl/object.d.ts',
  ])
  expect(files['src/entry/index.d.ts']).toContain(`import type { TypeUser } from '../../generated/api/index.js';`)
})

it('keeps each declaration and its comment as they were, without the readers', () => {
  expect(flat()['generated/api/index.d.ts']).toBe(`import type { TypeChat } from './chats/index.js';
import type { TlObject } from '../../src/tl/object.js';
export type GeneralError = 'TIMEOUT';
/** \`User\`: see TypeChat, 'TypeChat'. */
export type TypeUser = User;
export declare class User extends TlObject {
    static readonly className = "User";
    chat: TypeChat;
}
export * as chats from './chats/index.js';
export {};
`)
})

it('tells namesakes of two namespaces apart, in types alone: not in comments, texts and members', () => {
  expect(flat()['generated/api/chats/index.d.ts']).toBe(`import type { GeneralError, TypeUser, User as RootUser } from '../index.js';
import type { TlObject, TlRequest } from '../../../src/tl/object.js';
type ErrorsOfGetChat = 'User' | GeneralError;
/** Answers with a User. */
export declare class GetChat extends TlRequest<TypeChat, ErrorsOfGetChat> {
    static readonly className = "chats.GetChat";
    by: RootUser;
    constructor(args: {
        by: RootUser;
    });
}
export type TypeChat = Chat | User;
export declare class Chat extends TlObject {
    owner: TypeUser;
}
export declare class User extends TlObject {
}
export {};
`)
})

it('refuses what it does not know', () => {
  const index = FILES['generated/api/index.d.ts']!.replace('type { TypeUser }', 'type { TypeOther }')
  expect(() => flat({ 'generated/api/index.d.ts': index })).toThrow(
    'generated/api/index.d.ts: declared and exported names differ: TypeUser, TypeOther',
  )
  expect(() => flat({ 'generated/api/types/user.d.ts': `import * as all from '../index.js';\n${USER}` })).toThrow(
    'generated/api/types/user.d.ts: not expected in generated declarations: import * as all',
  )
  expect(() => flat({ 'src/entry/index.d.ts': `export * from './gone.js';\n` })).toThrow(
    'src/entry/index.d.ts imports ./gone.js, which is not there',
  )
})
