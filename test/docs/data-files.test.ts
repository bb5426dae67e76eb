import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { loadCatalog } from '../../codegen/docs/input.js'
import type { AdviceFile } from '../../codegen/docs/source/advice.js'
import type { PagesFile } from '../../codegen/docs/source/guides.js'
import { historySentence, layerHistory, type LayersFile } from '../../codegen/docs/source/layers.js'

const read = <Value>(name: string): Value =>
  JSON.parse(readFileSync(new URL(`../../tl/${name}`, import.meta.url), 'utf8')) as Value

describe('tl/pages.json', () => {
  const { pages } = read<PagesFile>('pages.json')

  it('names every guide page of core.telegram.org that a description links to', () => {
    const texts = readFileSync(createRequire(import.meta.url).resolve('mtcute-schema/tl/api-schema.json'), 'utf8')
    const linked = new Set<string>()
    for (const [, url = ''] of texts.matchAll(/href=\\"(https:\/\/core\.telegram\.org\/[^"#\\]*)/g))
      linked.add(url.replace(/\/$/, ''))
    const known = new Set(pages.map(({ url }) => url))
    const about = /\/(?:type|constructor|method)\/|\/mtproto\/TL-combinators$/
    expect([...linked].filter((url) => !about.test(url) && !known.has(url))).toEqual([])
    expect(known.size).toBeGreaterThanOrEqual(102)
  })

  it('says about each page what it is called and what it is about, once, in a sentence', () => {
    expect(new Set(pages.map(({ url }) => url)).size).toBe(pages.length)
    for (const { url, title, summary } of pages) {
      expect(url).toMatch(/^https:\/\/core\.telegram\.org\/\S+[^/]$/)
      expect(title.trim(), url).toBe(title)
      expect(title.length, url).toBeGreaterThan(2)
      expect(summary, url).toMatch(/^[A-Z].+\.$/)
    }
  })
})

describe('tl/advice.json', () => {
  const { codes, rules } = read<AdviceFile>('advice.json')

  it('has something to say about every error, and about most of them more than their code says', () => {
    const { advice, index } = loadCatalog()
    const byName = rules.filter(({ pattern }) => pattern !== '.')
    let specific = 0
    for (const { name, code } of index.errors.values()) {
      expect(advice.about(name, code).advice.length, name).toBeGreaterThan(10)
      expect(codes[String(code)], `${name}: code ${code}`).toBeDefined()
      if (byName.some(({ pattern, code: only }) => new RegExp(pattern).test(name) && (only ?? code) === code))
        specific += 1
    }
    expect(specific / index.errors.size).toBeGreaterThan(0.75)
  })

  it('tells waits, other data centers and lost sessions apart', () => {
    const { advice } = loadCatalog()
    expect(advice.about('FLOOD_WAIT_%d', 420).retry).toBe('after the wait')
    expect(advice.about('SLOWMODE_WAIT_%d', 420).retry).toBe('after the wait')
    expect(advice.about('PHONE_MIGRATE_%d', 303).retry).toBe('elsewhere')
    expect(advice.about('AUTH_KEY_UNREGISTERED', 401).advice).toContain('log in again')
    expect(advice.about('MESSAGE_NOT_MODIFIED', 400).retry).toBe('no need')
  })

  it('has a last rule that fits everything', () => {
    expect(rules.at(-1)).toMatchObject({ pattern: '.' })
    expect(rules.at(-1)?.code).toBeUndefined()
  })
})

describe('tl/layers.json', () => {
  const file = read<LayersFile>('layers.json')
  const history = layerHistory(file)

  it('ends with the ids of the schema that is compiled', () => {
    const { index, layer } = loadCatalog()
    expect(file.layers.at(-1)).toBe(layer)
    for (const { tlName, id } of index.schema.combinators) {
      const known = history.of(tlName)
      // Bool is built in, and the package that the table was made from leaves it out.
      if (known === undefined) expect(['boolTrue', 'boolFalse', 'true', 'vector'], tlName).toContain(tlName)
      else expect(known.ids.at(-1)?.id, tlName).toBe(id)
    }
  })

  it('says since when a definition exists, and admits what it cannot know', () => {
    const sentence = (name: string): string => {
      const found = history.of(name)
      return found === undefined ? 'unknown' : historySentence(found, history.layers)
    }
    expect(sentence('messages.getExportedChatInvites')).toBe(
      'In the schema since layer 167 or earlier; unchanged since then.',
    )
    expect(sentence('channels.inviteToChannel')).toBe(
      'In the schema since layer 167 or earlier; last changed in a layer from 168 to 179.',
    )
    expect(sentence('accountThatNeverWas')).toBe('unknown')
  })

  it('knows what was removed', () => {
    expect(history.of('accessPointRule')?.removed).toBe(218)
    expect(history.of('messages.getExportedChatInvites')?.removed).toBeUndefined()
  })
})
