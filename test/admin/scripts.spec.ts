import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { SanitizedCollectionConfig } from 'payload'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveUser } from '../support/forecourt.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { isExhaustive, isTried } from '../support/sampling.ts'
import { waitUntil } from '../support/work.ts'
import { saveEverywhere } from './rows.ts'
import { signedIn } from './screens.ts'
import { countScripts, saveScripts } from './script-rows.ts'
import { SCRIPTS } from './script-strings.ts'

const chromium = findChromium()

jest.setTimeout(1_500_000)

;(chromium ? describe : describe.skip)(
  'scripts in what people and programs wrote, in a browser',
  () => {
    let forecourt: PanelForecourt
    let browser: Browser
    let page: Page
    let shown: SanitizedCollectionConfig[]
    const ran: string[] = []
    const texts = new Map<string, number>()

    beforeAll(async () => {
      forecourt = await openPanelForecourt()
      await saveEverywhere(
        forecourt,
        await forecourt.asOwner(),
        await saveUser(forecourt.payload, 'admin'),
      )
      shown = forecourt.payload.config.collections.filter(({ admin }) => !admin.hidden)
      for (const collection of shown)
        texts.set(collection.slug, await saveScripts(forecourt, collection))
      browser = await openBrowser(String(chromium))
      await browser.context.exposeBinding(
        'tellThatItRan',
        ({ page: where }) => void ran.push(where.url()),
      )
      await browser.context.addInitScript(() =>
        Object.defineProperty(window, '__ran', {
          set: () => (window as unknown as { tellThatItRan(): void }).tellThatItRan(),
        }),
      )
      page = await signedIn(forecourt, browser, 'admin')
      page.on('dialog', (dialog) => void (ran.push(`a dialog at ${page.url()}`), dialog.dismiss()))
    })
    afterAll(async () => {
      await browser.close()
      await forecourt.close()
    })

    /** What a page would do to whoever looks at it, or to whoever follows one of its links. */
    const dangers = async (screen: string): Promise<string[]> => {
      await page.goto(`${forecourt.origin}/admin${screen}`)
      await browser.untilIdle(page)
      const links = await page
        .locator('a, form, iframe, object, embed, button[formaction]')
        .evaluateAll((all) =>
          all.flatMap((one) =>
            ['href', 'action', 'src', 'data', 'formaction'].map(
              (name) => one.getAttribute(name) ?? '',
            ),
          ),
        )
      return links
        .filter((link) => /^\s*(java\s*script|data|vbscript):/i.test(link))
        .map((link) => `${screen} leads to ${link}`)
    }

    const violations = () =>
      browser.complaints.filter((complaint) =>
        /content security policy|refused to/i.test(complaint),
      )

    it('are sixty', () => expect(new Set(SCRIPTS).size).toBe(60))

    it('would be noticed if one ran', async () => {
      await page.goto(`${forecourt.origin}/admin`)
      await page.evaluate('window.__ran = 1')
      expect(ran.splice(0)).toEqual([`${forecourt.origin}/admin`])
      await page.evaluate(() =>
        document.body.insertAdjacentHTML('beforeend', '<img src=x onerror="window.__ran=1">'),
      )
      await waitUntil(() => violations().length > 0, 'the browser refuses the script')
      browser.complaints.splice(0)
    })

    it('stand in every table that takes text', async () => {
      for (const collection of shown) {
        const rows = await countScripts(forecourt, collection)
        expect([collection.slug, rows > 0]).toEqual([
          collection.slug,
          texts.get(collection.slug) !== 0,
        ])
      }
      expect([...texts].filter(([, columns]) => columns === 0).map(([slug]) => slug)).toEqual([
        'competitor-price-history',
        'competitor-metrics',
      ])
    })

    /** The screens of a table: its list, its trash, and rows of it. */
    const listScreens = async ({ slug, trash }: SanitizedCollectionConfig): Promise<string[]> => {
      const newest = await forecourt.payload.find({
        collection: slug,
        limit: isExhaustive() ? 2 : 1,
        sort: '-id',
        depth: 0,
        overrideAccess: true,
      })
      return [
        `/collections/${slug}?limit=50`,
        ...newest.docs.map(({ id }) => `/collections/${slug}/${encodeURIComponent(String(id))}`),
        ...(trash ? [`/collections/${slug}/trash`] : []),
      ]
    }

    it('run on no screen: not in a list, not in a row, not on the dashboard', async () => {
      const found = await dangers('')
      for (const [at, collection] of shown.entries())
        for (const [kind, screen] of (await listScreens(collection)).entries())
          if (isTried(at + kind, 2)) found.push(...(await dangers(screen)))
      expect(found).toEqual([])
      expect(ran).toEqual([])
      expect(violations()).toEqual([])
    })
  },
)
