import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { CollectionSlug } from 'payload'
import type { Page } from 'playwright-core'
import { addDays, getDayInZone } from '../../src/garage/domain/days.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveVehicle } from '../support/builders.ts'
import type { Owner } from '../support/owners.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { fillIn, openTab, save, signedIn, untilStill } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'
/** A zone in which it is another day than in UTC for most of the day. */
const ZONE = 'Pacific/Auckland'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the screen of a vehicle', () => {
  const today = getDayInZone(new Date(), ZONE)
  const year = today.slice(0, 4)
  let forecourt: PanelForecourt
  let browser: Browser
  let owner: Owner
  let vehicle: string
  let page: Page

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    owner = await forecourt.asOwner()
    await forecourt.sql(
      `insert into user_preferences (user_id, unit_system, currency_code, time_zone)
        values ($1, 'metric', 'EUR', $2)
      on conflict (user_id) do update set unit_system = excluded.unit_system,
        currency_code = excluded.currency_code, time_zone = excluded.time_zone`,
      [owner.subject, ZONE],
    )
    await mkdir(SCREENSHOTS, { recursive: true })
    page = await signedIn(forecourt, browser, 'admin')
  })
  beforeEach(async () => {
    const about = { model: 'Camry', licensePlate: 'ABC 123' }
    vehicle = (await saveVehicle(forecourt.payload, owner.subject, about)).id
  })
  afterAll(async () => {
    expect(browser.complaints).toEqual([])
    await browser.close()
    await forecourt.close()
  })

  const open = async (screen: string) => {
    await page.goto(`${forecourt.origin}/admin/collections/${screen}`)
    await browser.untilIdle(page)
  }
  const saveRow = async (collection: CollectionSlug, about: object) => {
    const data = { userId: owner.subject, vehicle, ...about } as never
    const row = await forecourt.payload.create({
      collection,
      data,
      depth: 0,
      overrideAccess: true,
    })
    return String(row.id)
  }
  const saveFill = (day: string, odometer: number) =>
    saveRow('fuel-logs', {
      dateTime: `${day}T10:00:00.000Z`,
      odometer,
      fuelUnits: 10,
      costPerUnit: 4,
    })
  /** Two months of last year, so that nothing depends on the month that it is. */
  const saveHistory = async () => {
    const last = Number(year) - 1
    await saveFill(`${last}-03-01`, 10_000)
    await saveFill(`${last}-03-20`, 10_300)
    await saveFill(`${last}-05-20`, 10_600)
    await saveRow('maintenance-logs', {
      category: 'Routine maintenance',
      subtypes: ['Oil change'],
      serviceDate: `${last}-04-02`,
      cost: 80,
    })
  }
  const overview = () => page.locator('.vehicle-overview')
  const drawer = () => page.locator('.doc-drawer')
  const openNew = async (tab: string, button: string) => {
    await open(`vehicles/${vehicle}`)
    await openTab(page, tab)
    await page.getByRole('button', { name: button, exact: true }).click()
    await drawer().locator('.owner-picker__picked').getByText(owner.email).waitFor()
    await drawer().locator('#field-vehicle').getByText('2021 Honda Camry').waitFor()
    await untilStill(page)
  }
  /** Chooses in a list, and waits for the server's word on the form, as fillIn does. */
  const choose = async (field: string, label: string) => {
    await drawer().locator(`#field-${field} .rs__control`).click()
    const answered = page.waitForResponse((response) => response.request().method() === 'POST')
    await drawer().locator('.rs__option').getByText(label, { exact: true }).click()
    await answered
  }
  const saveNew = async (collection: string) => {
    const answered = page.waitForResponse(
      (response) =>
        response.request().method() === 'POST' && response.url().includes(`/api/${collection}`),
    )
    await drawer().locator('#action-save').click()
    expect((await answered).status()).toBe(201)
  }
  const readTitle = () => page.locator('.doc-header__title').innerText()

  it('leads with what it is, its odometer, economy and cost, in the owner’s units', async () => {
    await saveHistory()
    await saveRow('fuel-logs', {
      dateTime: `${today}T00:00:00.000Z`,
      odometer: 10_900,
      fuelUnits: 10,
      costPerUnit: 5,
    })
    await open(`vehicles/${vehicle}`)
    const texts = await overview().innerText()
    expect(texts).toContain('2021 Honda Camry')
    expect(texts).toContain('ABC 123')
    expect(texts).toContain('17,542 km')
    expect(texts).toMatch(/Economy\s+7\.8 L\/100 km/)
    expect(texts).toMatch(/Cost this year\s+€50\s+Fuel €50/)
  })

  it('says what is due and which documents expire, the most urgent first', async () => {
    await saveRow('maintenance-schedules', {
      category: 'Repair',
      subtypes: ['Brakes'],
      nextDueDate: addDays(today, -3),
    })
    await saveRow('documents', {
      title: 'Insurance',
      documentType: 'insurance',
      expirationDate: addDays(today, 5),
    })
    await open(`vehicles/${vehicle}`)
    const lines = await overview().locator('.vehicle-overview__due li').allInnerTexts()
    expect(lines.map((line) => line.split(/\s*\n\s*/))).toEqual([
      ['Overdue', 'Brakes: 3 days over'],
      ['Expires soon', 'Insurance expires in 5 days'],
    ])
  })

  it('is only a form before the vehicle is saved', async () => {
    await open('vehicles/create')
    await page.locator('#field-vin').waitFor()
    expect(await overview().count()).toBe(0)
    await openTab(page, 'Costs')
    await page.getByText('Add cost: save the vehicle first.').waitFor()
  })

  it('draws economy, costs and the odometer, and has their numbers in tables', async () => {
    await saveHistory()
    await open(`vehicles/${vehicle}`)
    await page.locator('.history-chart canvas').nth(2).waitFor()
    for (const summary of await page.getByText('Show the numbers').all()) await summary.click()
    const read = (name: string) => page.getByRole('table', { name }).innerText()
    expect(await read('Economy by month, L/100 km')).toContain('7.8 L/100 km')
    const costs = await read('Cost by month, EUR')
    expect(costs).toMatch(/Apr \d{4}\s+€0\s+€80\s+€0/)
    expect(costs).toMatch(/Mar \d{4}\s+€80\s+€0\s+€0/)
    expect(await read('Odometer, km')).toContain('17,059 km')
    await page.screenshot({ path: `${SCREENSHOTS}/vehicle-screen.png`, fullPage: true })
  })

  it('says what is missing for a chart', async () => {
    await open(`vehicles/${vehicle}`)
    const empty = await page.locator('.history-chart__empty').allInnerTexts()
    expect(empty).toHaveLength(3)
    expect(empty[1]).toContain('No costs yet. Add a fill-up')
  })

  it('adds a fill-up with its owner, vehicle and time, and shows it', async () => {
    await saveHistory()
    await openNew('Fuel', 'Add fill-up')
    const shown = await drawer().locator('#field-dateTime input').inputValue()
    expect(shown).toContain(String(new Date().getUTCFullYear()))
    await fillIn(page, '.doc-drawer #field-odometer', '10900')
    await fillIn(page, '.doc-drawer #field-fuelUnits', '10')
    await fillIn(page, '.doc-drawer #field-costPerUnit', '5')
    await saveNew('fuel-logs')
    await drawer().waitFor({ state: 'detached' })
    await overview().getByText('17,542 km', { exact: true }).first().waitFor()
    await overview().getByText('€50', { exact: true }).first().waitFor()
    const fills = page.locator('#field-fuelLogs tbody tr')
    await fills.nth(3).waitFor()
    expect(await fills.count()).toBe(4)
    await openTab(page, 'Vehicle')
    await fillIn(page, '#field-nickname', 'Blue')
    expect(await save(page)).toBe(200)
  })

  it('adds a service on the owner’s day, which moves what is due', async () => {
    await saveRow('maintenance-schedules', {
      category: 'Routine maintenance',
      subtypes: ['Oil change'],
      intervalMonths: 6,
      lastServiceDate: addDays(today, -400),
    })
    await openNew('Maintenance', 'Add service')
    expect(await drawer().locator('#field-serviceDate').inputValue()).toBe(today)
    await choose('category', 'Routine maintenance')
    await choose('subtypes', 'Oil change')
    await saveNew('maintenance-logs')
    await drawer().waitFor({ state: 'detached' })
    await overview().getByText('Nothing now. Next: Oil change').waitFor()
  })

  it('adds a document, which stays open for its files, and a cost', async () => {
    await openNew('Documents', 'Add document')
    expect(await drawer().locator('#field-issuedDate').inputValue()).toBe(today)
    await fillIn(page, '.doc-drawer #field-title', 'Policy')
    await choose('documentType', 'Insurance')
    await saveNew('documents')
    await drawer().getByRole('button', { name: 'Add files' }).waitFor()
    await drawer().locator('.doc-drawer__header-close').click()
    await page.locator('#field-documents').getByText('Policy').waitFor()

    await openNew('Costs', 'Add cost')
    expect(await drawer().locator('#field-startDate').inputValue()).toBe(today)
    await choose('kind', 'Insurance')
    await fillIn(page, '.doc-drawer #field-amount', '365')
    await fillIn(page, '.doc-drawer #field-intervalMonths', '12')
    await saveNew('ownership-costs')
    await drawer().waitFor({ state: 'detached' })
    await page.locator('#field-ownershipCosts tbody tr').waitFor()
    await overview().getByText('ownership €1').waitFor()
  })

  it('offers each row once: Payload’s own button is not shown', async () => {
    await open(`vehicles/${vehicle}`)
    await openTab(page, 'Documents')
    await page.getByRole('button', { name: 'Add document', exact: true }).waitFor()
    expect(await page.locator('.relationship-table__add-new').count()).toBe(0)
  })

  it('gives rows the titles that a person would say, in headers, breadcrumbs and lists', async () => {
    const last = Number(year) - 1
    const rows = [
      ['fuel-logs', await saveFill(`${last}-11-11`, 100), `Fill-up, Nov 11, ${last}, Camry`],
      [
        'maintenance-logs',
        await saveRow('maintenance-logs', {
          category: 'Routine maintenance',
          subtypes: ['Oil change'],
          serviceDate: `${year}-01-01`,
        }),
        'Oil change, Jan 1, Camry',
      ],
      [
        'maintenance-schedules',
        await saveRow('maintenance-schedules', { category: 'Inspection' }),
        'Inspection schedule, Camry',
      ],
      [
        'ownership-costs',
        await saveRow('ownership-costs', {
          kind: 'insurance',
          amount: 12,
          intervalMonths: 12,
          startDate: `${year}-01-01`,
        }),
        'Insurance, Camry',
      ],
    ] as const
    for (const [collection, id, title] of rows) {
      await open(collection)
      const link = page.locator(`td a[href$="/${collection}/${id}"]`)
      expect([collection, await link.first().innerText()]).toEqual([collection, title])
      await open(`${collection}/${id}`)
      await page.locator('.doc-header__title', { hasText: title }).waitFor()
      await page.locator('.step-nav', { hasText: title }).waitFor()
    }
    await fillIn(page, '#field-notes', 'Paid')
    expect(await save(page)).toBe(200)
    await page.locator('.doc-header__title', { hasText: 'Insurance, Camry' }).waitFor()
    expect(await readTitle()).toBe('Insurance, Camry')
  })

  it('fits a phone and the dark theme', async () => {
    await saveHistory()
    await page.setViewportSize({ width: 390, height: 844 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await open(`vehicles/${vehicle}`)
    await page.locator('.history-chart canvas').nth(2).waitFor()
    await untilStill(page)
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
    await page.screenshot({ path: `${SCREENSHOTS}/vehicle-screen-phone.png`, fullPage: true })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 1280, height: 800 })
  })
})
