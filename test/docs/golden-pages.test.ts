import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../codegen/docs/input.js'
import { archivedFiles, siteFiles } from '../../codegen/docs/site.js'

const golden = (name: string): string => readFileSync(new URL(`../golden/pages/${name}`, import.meta.url), 'utf8')

/** Rows that the archived page did not have yet: errors that were learned after layer 174. Nothing else may differ. */
const NEWER_ERRORS = [
  'AUTH\\_KEY\\_UNREGISTERED',
  'BUSINESS\\_CONNECTION\\_NOT\\_ALLOWED',
  'CHANNEL\\_INVALID',
  'CHANNEL\\_PRIVATE',
  'CHAT\\_ID\\_INVALID',
  'CHAT\\_WRITE\\_FORBIDDEN',
]

const isNewer = (line: string): boolean => NEWER_ERRORS.some((name) => line.includes(`| ${name} |`))

describe('the form of the archived reference', () => {
  const files = new Map(
    [...archivedFiles(loadCatalog(), { packageName: 'telegram' })].map(({ path, content }) => [path, content]),
  )

  it('reproduces its page of messages.GetExportedChatInvites byte for byte, but for rows of newer errors', () => {
    const page = files.get('messages/GetExportedChatInvites.md') ?? ''
    const lines = page.split('\n')
    expect(lines.filter((line) => !isNewer(line)).join('\n')).toBe(
      golden('archived-messages.GetExportedChatInvites.md'),
    )
  })

  it('adds no newer error twice and none that the list does not name', () => {
    const lines = (files.get('messages/GetExportedChatInvites.md') ?? '').split('\n')
    expect(lines.filter(isNewer)).toHaveLength(NEWER_ERRORS.length)
  })

  it('has a page for every method, in a folder of its namespace', () => {
    expect(files.size).toBe(loadCatalog().index.methods.size)
    expect(files.has('messages/SendMessage.md')).toBe(true)
    expect(files.has('InvokeWithLayer.md')).toBe(true)
  })

  it('names no value that is missing', () => {
    const broken = [...files].filter(([, content]) => /\bundefined\b|\[object |NaN/.test(content)).map(([path]) => path)
    expect(broken).toEqual([])
  })
})

describe('pages in the form of this reference', () => {
  const wanted = ['method/messages.sendVote.md', 'method/channels.inviteToChannel.md', 'constructor/community.md']
  const catalog = loadCatalog({ withoutDescriptions: true })
  const files = new Map(
    [...siteFiles(catalog, { packageName: 'rawgram' })]
      .filter(({ path }) => wanted.includes(path))
      .map(({ path, content }) => [path, content]),
  )

  it('a method with a peer and a vector of bytes', () => {
    expect(files.get('method/messages.sendVote.md')).toBe(golden('messages.sendVote.md'))
  })

  it('a method with a channel and a vector of users', () => {
    expect(files.get('method/channels.inviteToChannel.md')).toBe(golden('channels.inviteToChannel.md'))
  })

  it('a constructor with two flag words', () => {
    expect(files.get('constructor/community.md')).toBe(golden('community.md'))
  })
})
