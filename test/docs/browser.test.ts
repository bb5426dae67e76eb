import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDocs, type DocsReport } from '../../codegen/docs/command.js'
import { findChromium, launchChromium } from '../browser/chromium.js'

const found = findChromium()
if ('reason' in found) console.log(`the reference is not opened in a browser: ${found.reason}`)

const DESKTOP = { width: 1280, height: 900 }
const PHONE = { width: 390, height: 844 }
const SEED_PAGE = 'method/messages.getExportedChatInvites.html'
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResults {
  readonly violations: readonly {
    readonly id: string
    readonly impact: string
    readonly nodes: readonly { readonly html: string }[]
  }[]
}

describe.skipIf('reason' in found)('the reference in Chromium', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rawgram-reference-'))
  let report: DocsReport
  let browser: Browser
  let url: string

  beforeAll(async () => {
    report = await buildDocs({ out: folder, serve: true })
    url = report.server?.url ?? ''
    browser = await launchChromium()
  })

  afterAll(async () => {
    await browser?.close()
    await report?.server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A page in a context of its own; whatever it asks of another server, or throws, ends up in `faults`. */
  async function open<Result>(
    path: string,
    use: (page: Page, faults: string[], context: BrowserContext) => Promise<Result>,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<Result> {
    const context = await browser.newContext({ viewport: DESKTOP, ...options })
    context.setDefaultTimeout(120_000)
    const faults: string[] = []
    context.on('request', (request) => {
      if (!request.url().startsWith(url)) faults.push(`asked for ${request.url()}`)
    })
    try {
      const page = await context.newPage()
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text())
      })
      await page.goto(url + path)
      return await use(page, faults, context)
    } finally {
      await context.close()
    }
  }

  async function seriousFaults(page: Page): Promise<string[]> {
    // Evaluated rather than added as a script: the policy of the pages forbids scripts that are not theirs.
    await page.evaluate(axeSource)
    const { violations } = (await page.evaluate('axe.run()')) as AxeResults
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)} (${nodes.length})`)
  }

  it('finds the page of a method by its id, and opens it with Enter', async () => {
    await open('index.html', async (page, faults) => {
      await page.keyboard.press('/')
      await page.keyboard.type('0xa2b5a3f6')
      const hit = page.locator('#hits [role=option]').first()
      await hit.waitFor()
      expect(await hit.innerText()).toContain('messages.getExportedChatInvites')
      await page.keyboard.press('Enter')
      await page.waitForURL(`**/${SEED_PAGE}`)
      expect(await page.locator('h1').innerText()).toBe('messages.GetExportedChatInvites')
      expect(faults).toEqual([])
    })
  })

  it.each([
    ['a name', 'getExportedChatInvites', 'messages.getExportedChatInvites', 'method'],
    ['a part of a name in any case', 'exported chat inv', 'messages.exportedChatInvites', 'constructor'],
    ['a field', 'offsetLink', 'messages.getExportedChatInvites', 'by a field'],
    ['an error', 'FLOOD_WAIT', 'FLOOD_WAIT_{seconds}', 'error'],
    ['an error as it arrives', 'FLOOD_WAIT_42', 'FLOOD_WAIT_{seconds}', 'error'],
    ['an error as others write it', 'flood_wait_x', 'FLOOD_WAIT_{seconds}', 'error'],
    ['a class as a program has it', 'new Api.messages.GetExportedChatInvites', 'messages.getExportedChatInvites', 'method'],
    ['a name with its number', 'messages.getExportedChatInvites#a2b5a3f6', 'messages.getExportedChatInvites', 'method'],
    ['a type', 'InputPeer', 'InputPeer', 'type'],
    ['a type as a program has it', 'Api.TypeInputPeer', 'InputPeer', 'type'],
    ['a type of a namespace', 'messages.TypeExportedChatInvites', 'messages.ExportedChatInvites', 'type'],
    ['the message of an error', 'RPCError: 400: CHAT_ADMIN_REQUIRED (caused by messages.GetHistory)', 'CHAT_ADMIN_REQUIRED', 'error'],
    ['a signed id', '-1565154314', 'messages.getExportedChatInvites', 'method'],
    ['an id without its prefix', 'bdc62dcc', 'messages.exportedChatInvites', 'constructor'],
    ['an id of an earlier layer', '0x199f3a6c', 'channels.inviteToChannel', 'in layer 167'],
    ['a slip of the finger', 'getExportdChatInvites', 'messages.getExportedChatInvites', 'method'],
  ])('finds %s', async (_, query, name, note) => {
    await open('index.html', async (page) => {
      await page.fill('#q', query)
      const hits = page.locator('#hits [role=option]')
      await hits.first().waitFor()
      const texts = (await hits.allInnerTexts()).map((text) => text.replace(/\s+/g, ' '))
      expect(
        texts.some((text) => text.startsWith(name) && text.includes(note)),
        texts.join('; '),
      ).toBe(true)
    })
  })

  it('follows no hit that is not shown, and shows them again with the arrow', async () => {
    await open('index.html', async (page) => {
      const first = page.locator('#hits [role=option]').first()
      await page.fill('#q', 'InputPeer')
      await first.waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Enter')
      await page.keyboard.press('ArrowDown')
      await first.waitFor()
      await first.click({ button: 'right' })
      await page.fill('#q', '')
      await page.keyboard.press('Enter')
      await page.waitForTimeout(200)
      expect(page.url()).toBe(`${url}index.html`)
    })
  })

  it('answers a keystroke within a frame or two', async () => {
    await open('index.html', async (page) => {
      await page.fill('#q', 'mess')
      await page.locator('#hits [role=option]').first().waitFor()
      const ms = (await page.evaluate(`(async () => {
        const input = document.querySelector('#q')
        const times = []
        for (const query of ['messa', 'messag', 'message', 'messages', 'messages.s', 'messages.se']) {
          const start = performance.now()
          input.value = query
          input.dispatchEvent(new Event('input'))
          await new Promise((resolve) => setTimeout(resolve))
          times.push(performance.now() - start)
        }
        return times.sort((a, b) => a - b)[3]
      })()`)) as number
      console.log(`search: ${ms.toFixed(1)} ms for a keystroke (median)`)
      expect(await page.locator('#hits [role=option]').count()).toBeGreaterThan(0)
    })
  })

  it('switches tabs, and remembers the choice on the next page', async () => {
    await open(SEED_PAGE, async (page) => {
      expect(await page.locator('pre.js').isVisible()).toBe(true)
      await page.getByText('TypeScript', { exact: true }).click()
      expect(await page.locator('pre.ts').isVisible()).toBe(true)
      expect(await page.locator('pre.js').isVisible()).toBe(false)
      await page.goto(`${url}method/messages.sendMessage.html`)
      expect(await page.locator('pre.ts').isVisible()).toBe(true)
    })
  })

  it('follows a type to its constructor and back', async () => {
    await open(SEED_PAGE, async (page) => {
      await page.locator('#result ~ p a').click()
      await page.waitForURL('**/type/messages.ExportedChatInvites.html')
      await page.locator('.t-constructors a').first().click()
      await page.waitForURL('**/constructor/messages.exportedChatInvites.html')
      await page.goBack()
      await page.waitForURL('**/type/messages.ExportedChatInvites.html')
      await page.locator('.columns a', { hasText: 'messages.getExportedChatInvites' }).click()
      await page.waitForURL(`**/${SEED_PAGE}`)
    })
  })

  it('switches between light and dark, and stays so', async () => {
    await open(SEED_PAGE, async (page) => {
      const ground = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor')
      const light = await ground()
      await page.click('#theme')
      const dark = await ground()
      expect(dark).not.toBe(light)
      await page.reload()
      expect(await ground()).toBe(dark)
    })
  })

  it('copies the page as Markdown', async () => {
    await open(
      SEED_PAGE,
      async (page) => {
        await page.click('[data-copy]')
        await page.getByText('Copied', { exact: true }).waitFor()
        const copied = (await page.evaluate('navigator.clipboard.readText()')) as string
        expect(copied).toBe(readFileSync(join(folder, SEED_PAGE.replace('.html', '.md')), 'utf8'))
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    )
  })

  it('works without JavaScript: both tabs, all sections, links instead of search', async () => {
    await open(
      SEED_PAGE,
      async (page) => {
        await page.getByText('TypeScript', { exact: true }).click()
        expect(await page.locator('pre.ts').isVisible()).toBe(true)
        expect(await page.locator('section').count()).toBeGreaterThan(10)
        expect(await page.locator('#q').isVisible()).toBe(false)
        await page.locator('.trail a', { hasText: 'messages' }).click()
        await page.waitForURL('**/namespace/messages.html')
      },
      { javaScriptEnabled: false },
    )
  })

  it.each([
    ['desktop', DESKTOP, 'light'],
    ['phone', PHONE, 'dark'],
  ] as const)(
    'fits a %s, and axe finds nothing serious',
    async (_, viewport, colorScheme) => {
      const paths = [
        'index.html',
        SEED_PAGE,
        'method/messages.sendMedia.html',
        'constructor/channelFull.html',
        'type/Update.html',
        'type/Vector.html',
        'error/FLOOD_WAIT_X.html',
        'errors.html',
        'namespace/messages.html',
        'removed.html',
      ]
      for (const path of paths) {
        await open(
          path,
          async (page, faults) => {
            const width = await page.evaluate('document.documentElement.scrollWidth')
            expect(width, `${path} is wider than the screen`).toBeLessThanOrEqual(viewport.width)
            expect(await seriousFaults(page), path).toEqual([])
            expect(faults, path).toEqual([])
          },
          { viewport, colorScheme },
        )
      }
    },
    120_000,
  )

  it('is as accessible with the results of a search open', async () => {
    await open('index.html', async (page) => {
      await page.fill('#q', 'chat')
      await page.locator('#hits [role=option]').first().waitFor()
      expect(await seriousFaults(page)).toEqual([])
      await page.keyboard.press('ArrowDown')
      expect(await page.locator('#q').getAttribute('aria-activedescendant')).toBe('hit-1')
      await page.keyboard.press('Escape')
      expect(await page.locator('#hits').isVisible()).toBe(false)
    })
  })
})
