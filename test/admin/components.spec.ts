import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { CollectionSlug } from 'payload'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveVehicle } from '../support/builders.ts'
import { saveUser } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { saveEverywhere } from './rows.ts'
import { eventually, fillIn, signedIn } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)(
  'the parts of the screens of other tables than the lot, in a browser',
  () => {
    let forecourt: PanelForecourt
    let browser: Browser
    let owner: Owner
    let rows: Awaited<ReturnType<typeof saveEverywhere>>
    let page: Page

    const open = (screen: string, on = page) =>
      on.goto(`${forecourt.origin}/admin/collections/${screen}`)
    const picture = (name: string) =>
      page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true })
    const firstOf = async (collection: CollectionSlug) => {
      const { docs } = await forecourt.payload.find({ collection, limit: 1, overrideAccess: true })
      return String(docs[0]?.id)
    }

    beforeAll(async () => {
      forecourt = await openPanelForecourt()
      owner = await forecourt.asOwner()
      rows = await saveEverywhere(forecourt, owner, await saveUser(forecourt.payload, 'admin'))
      browser = await openBrowser(String(chromium))
      await mkdir(SCREENSHOTS, { recursive: true })
      page = await signedIn(forecourt, browser, 'admin')
    })
    afterAll(async () => {
      await browser.close()
      await forecourt.close()
    })

    it(
      'finds the owner of a new vehicle by e-mail, keeps the subject, and never lets go of it ' +
        'again',
      async () => {
        await open('vehicles/create')
        await page.getByRole('combobox', { name: 'Owner' }).fill(owner.email.slice(0, 20))
        await page.getByRole('option', { name: owner.email }).waitFor()
        await picture('owner-search')
        await page.keyboard.press('Enter')
        await page.locator('.owner-picker__picked').getByText(owner.email).waitFor()
        await page.fill('#field-licensePlate', 'XYZ 789')
        await page.click('#action-save')
        await page.waitForURL(/\/vehicles\/[\da-f-]{36}/)
        const id = page.url().split('/').at(-1)?.split('?')[0] ?? ''
        const vehicle = await forecourt.payload.findByID({
          collection: 'vehicles',
          id,
          overrideAccess: true,
        })
        expect(vehicle).toMatchObject({ userId: owner.subject, licensePlate: 'XYZ 789' })
        await page.locator('.owner-picker__picked').getByText(owner.email).waitFor()
        expect(await page.getByRole('button', { name: 'Change' }).count()).toBe(0)
      },
    )

    it('says when nobody has such an e-mail', async () => {
      await open('vehicles/create')
      await page.getByRole('combobox', { name: 'Owner' }).fill('nobody@nowhere')
      await page.getByText('No active owner’s e-mail contains “nobody@nowhere”.').waitFor()
    })

    it('names owners by e-mail in a list, each leading to their profile', async () => {
      await open('vehicles')
      const cell = page.locator('td.cell-userId a').first()
      expect(await cell.innerText()).toBe(owner.email)
      expect(await cell.getAttribute('href')).toBe(
        `/admin/collections/user-profiles/${owner.profile}`,
      )
    })

    it('looks up the owners of all the rows of a list in one go', async () => {
      for (const other of [await forecourt.asOwner(), await forecourt.asOwner()])
        await saveVehicle(forecourt.payload, other.subject)
      const fresh = await openBrowser(String(chromium))
      const start = await signedIn(forecourt, fresh, 'admin')
      const { rows: clock } = await forecourt.sql('select now() as began')
      await open('vehicles', start)
      await start.locator('td.cell-userId a').nth(2).waitFor()
      const looks = await forecourt.sql(
        `select jsonb_array_length(context->'looks'->0->'ids') as owners from admin_audit_logs
       where created_at > $1 and context->'looks'->0->>'collection' = 'user-profiles'`,
        [(clock[0] as { began: Date }).began],
      )
      expect(looks.rows).toEqual([{ owners: 3 }])
      await fresh.close()
    })

    it('keeps a day as the day that was picked, and nothing when it is emptied', async () => {
      const id = await firstOf('documents')
      const expires = async () =>
        (await forecourt.payload.findByID({ collection: 'documents', id, overrideAccess: true }))
          .expirationDate ?? null
      for (const day of ['2027-03-31', '']) {
        await open(`documents/${id}`)
        await page.fill('#field-expirationDate', day)
        await page.click('#action-save')
        await eventually(expires, day || null)
      }
    })

    it('shows comparable cars as a table, and leads to web addresses alone', async () => {
      await open(`market-research-results/${await firstOf('market-research-results')}`)
      const table = page.locator('#field-comparableVehicles table')
      await table.getByText('2020 Honda Accord').waitFor()
      expect(await table.locator('thead th').allInnerTexts()).toEqual(['Car', 'Price', 'Mileage'])
      expect(await table.locator('tbody tr').first().locator('td').allInnerTexts()).toEqual([
        '2021 Honda Accord EX',
        '$23,900',
        '29,800 mi',
      ])
      const links = await table
        .locator('a')
        .evaluateAll((all) => all.map((a) => [a.getAttribute('href'), a.getAttribute('rel')]))
      expect(links).toEqual([['https://dealer.example/1', 'noopener noreferrer']])
    })

    it('shows a change field by field, before and after', async () => {
      await open(`activity-logs/${rows.log.id}`)
      const lines = page.locator('.changes-diff tbody tr')
      await lines.first().waitFor()
      expect(await lines.nth(0).innerText()).toMatch(/Price\s+24900\s+24500/)
      expect(await lines.nth(1).innerText()).toMatch(/Featured\s+nothing\s+true/)
      await page.locator('#field-changes').getByText('A test').waitFor()
    })

    it(
      'says what goes along before something is deleted, in the dialog too, and to nobody who ' +
        'may not delete it',
      async () => {
        const words =
          'Deleting this competitor also deletes 1 competitor’s car, 2 competitors’ prices, ' +
          'and 1 competitor metric.'
        await open(`competitors/${rows.competitor.id}`)
        await page.getByText(words).waitFor()
        await page.click('.doc-controls__popup button')
        await page.click('#action-delete')
        await page.locator('.delete-document').getByText(words).waitFor()
        await picture('delete-competitor')
        await open(`inventory/${rows.car.id}`)
        await page
          .getByText(
            'Deleting this car also deletes 1 price change, 1 feed exception, 1 market analysis, ' +
              'and 2 market prices.',
          )
          .waitFor()
        const other = await openBrowser(String(chromium))
        const manager = await signedIn(forecourt, other, 'manager')
        await open(`inventory/${rows.car.id}`, manager)
        await manager.locator('#field-vin').waitFor()
        expect(await manager.locator('.takes-with-it').count()).toBe(0)
        await other.close()
      },
    )

    it('offers to delete for good in the trash alone', async () => {
      await open(`vehicles/${rows.vehicle.id}`)
      await page.click('.doc-controls__popup button')
      await page.click('#action-delete')
      await page.locator('.delete-document .confirmation-modal__content').waitFor()
      expect(await page.getByLabel('Delete permanently').isVisible()).toBe(false)
      await picture('trash-vehicle')
      await page.getByRole('button', { name: 'Confirm' }).click()
      await page.waitForURL(/\/vehicles(\?|$)/)
      await open(`vehicles/trash/${rows.vehicle.id}`)
      await page.locator('#action-permanently-delete').waitFor()
      await picture('vehicle-in-trash')
      await page.click('#action-restore')
      await page.getByRole('button', { name: 'Confirm' }).click()
      const where = { id: { equals: rows.vehicle.id } }
      const there = async () =>
        (await forecourt.payload.count({ collection: 'vehicles', where, overrideAccess: true }))
          .totalDocs
      await eventually(there, 1)
    })

    it('keeps JSON that is typed, and says where a text is none', async () => {
      const id = await firstOf('engines')
      await open(`engines/${id}`)
      const box = page.locator('#field-specsJson')
      expect(JSON.parse(await box.inputValue())).toEqual({ valves: 16 })
      await fillIn(page, '#field-specsJson', '{ "valves": ')
      await page
        .getByText(/^This is not valid JSON: /)
        .first()
        .waitFor()
      await page.click('#action-save')
      await page.locator('.json-editor.error').waitFor()
      await box.fill('{ "valves": 20 }')
      await page.click('#action-save')
      const specs = async () =>
        (await forecourt.payload.findByID({ collection: 'engines', id, overrideAccess: true }))
          .specsJson
      await eventually(specs, { valves: 20 })
    })
  },
)
