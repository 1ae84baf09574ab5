import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import type { CollectionSlug } from 'payload'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { saveVehicle } from '../support/builders.ts'
import type { Owner } from '../support/owners.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { fillIn, openTab, save, signedIn } from './screens.ts'

const chromium = findChromium()
const MARCH = '2026-03-01T10:00:00.000Z'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('a form of the garage', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let owner: Owner
  let vehicle: string

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    owner = await forecourt.asOwner()
  })
  beforeEach(async () => {
    vehicle = (await saveVehicle(forecourt.payload, owner.subject, { nickname: 'Blue' })).id
  })
  afterAll(async () => {
    expect(browser.complaints.filter((complaint) => !complaint.includes('400'))).toEqual([])
    await browser.close()
    await forecourt.close()
  })

  const saveRow = (collection: CollectionSlug, about: object) =>
    forecourt.payload.create({
      collection,
      data: { userId: owner.subject, vehicle, ...about } as never,
      depth: 0,
      overrideAccess: true,
    })
  const saveFill = (about: object = {}) =>
    saveRow('fuel-logs', {
      dateTime: MARCH,
      odometer: 31_000,
      fuelUnits: 10,
      costPerUnit: 3.5,
      ...about,
    })
  const read = (collection: CollectionSlug, id: string | number) =>
    forecourt.payload.findByID({ collection, id, depth: 0, overrideAccess: true })
  const openRow = async (collection: string, id: string | number) => {
    const page = await signedIn(forecourt, browser, 'admin', `/collections/${collection}/${id}`)
    await page.locator('#action-save').waitFor()
    return page
  }
  const openChoices = async (page: Page, field: string) => {
    await page.click(`#field-${field} .rs__control`)
    return page.locator(`#field-${field} .rs__option`)
  }
  const choose = async (page: Page, field: string, label: string) => {
    const choices = await openChoices(page, field)
    await choices.getByText(label, { exact: true }).click()
    await browser.untilIdle(page)
  }
  const readChosen = (page: Page, field: string) =>
    page.locator(`#field-${field} .rs__value-container`).innerText()

  it('offers the types of fuel, and the grades of the chosen one', async () => {
    const { id } = await saveFill({ fuelType: 'gasoline', fuelGrade: '87' })
    const page = await openRow('fuel-logs', id)
    await page.locator('h1', { hasText: /^Fill-up, Mar 1(, 2026)?, Blue$/ }).waitFor()
    expect(await readChosen(page, 'fuelType')).toBe('Gasoline')
    await choose(page, 'fuelType', 'Diesel')
    expect(await readChosen(page, 'fuelGrade')).toBe('Not known')
    await choose(page, 'fuelGrade', 'ULSD')
    expect(await save(page)).toBe(200)
    expect(await read('fuel-logs', id)).toMatchObject({ fuelType: 'diesel', fuelGrade: 'ULSD' })
    await page.close()
  })

  it('shows and keeps a type of fuel from before there was a list', async () => {
    const { id } = await saveFill()
    await forecourt.sql(
      `update fuel_logs set fuel_type = 'Race fuel', fuel_grade = '110' where id = $1`,
      [id],
    )
    const page = await openRow('fuel-logs', id)
    expect(await readChosen(page, 'fuelType')).toBe('Race fuel (not in the list)')
    expect(await readChosen(page, 'fuelGrade')).toBe('110 (not in the list)')
    await fillIn(page, '#field-notes', 'At the track')
    expect(await save(page)).toBe(200)
    expect(await read('fuel-logs', id)).toMatchObject({
      fuelType: 'Race fuel',
      fuelGrade: '110',
      notes: 'At the track',
    })
    await page.close()
  })

  it('explains an odometer that does not fit, and keeps it once it is confirmed', async () => {
    await saveFill()
    const { id } = await saveFill({ dateTime: '2026-03-10T10:00:00.000Z', odometer: 31_300 })
    const page = await openRow('fuel-logs', id)
    expect(await page.locator('#field-confirmOdometer').count()).toBe(0)
    await fillIn(page, '#field-odometer', '301464')
    expect(await save(page)).toBe(400)
    await page
      .locator('.field-error', { hasText: 'does not fit after 31000 miles in the fuel log from' })
      .waitFor()
    await page.click('#field-confirmOdometer')
    expect(await save(page)).toBe(200)
    expect(await read('fuel-logs', id)).toMatchObject({ odometer: 301_464 })
    expect(await read('vehicles', vehicle)).toMatchObject({ odometerReading: 301_464 })
    await page.close()
  })

  it('confirms the odometer of a vehicle as well', async () => {
    await saveFill()
    const page = await openRow('vehicles', vehicle)
    await fillIn(page, '#field-odometerReading', '12')
    expect(await save(page)).toBe(400)
    await page.locator('.field-error', { hasText: 'does not fit after 31000 miles' }).waitFor()
    await page.click('#field-confirmOdometer')
    expect(await save(page)).toBe(200)
    expect(await read('vehicles', vehicle)).toMatchObject({ odometerReading: 12 })
    await page.close()
  })

  it('offers the subtypes of the chosen category', async () => {
    const { id } = await saveRow('maintenance-logs', {
      category: 'Routine maintenance',
      subtypes: ['Oil change'],
      serviceDate: '2026-03-02',
    })
    const page = await openRow('maintenance-logs', id)
    await choose(page, 'subtypes', 'Oil filter')
    expect(await save(page)).toBe(200)
    expect(await read('maintenance-logs', id)).toMatchObject({
      subtypes: ['Oil change', 'Oil filter'],
    })
    await choose(page, 'category', 'Repair')
    expect(await readChosen(page, 'subtypes')).toBe('Any of this category')
    await choose(page, 'subtypes', 'Brakes')
    expect(await save(page)).toBe(200)
    expect(await read('maintenance-logs', id)).toMatchObject({
      category: 'Repair',
      subtypes: ['Brakes'],
    })
    await page.close()
  })

  it('shows and keeps maintenance words that are not in use', async () => {
    const { id } = await saveRow('maintenance-schedules', { category: 'Repair' })
    await forecourt.sql(
      `update maintenance_schedules set category = 'Detailing', subtypes = '{Wax}' where id = $1`,
      [id],
    )
    const page = await openRow('maintenance-schedules', id)
    await page.getByText('Detailing (not in use)').waitFor()
    await page.getByText('Wax (not in use)').waitFor()
    await fillIn(page, '#field-intervalMonths', '6')
    expect(await save(page)).toBe(200)
    expect(await read('maintenance-schedules', id)).toMatchObject({
      category: 'Detailing',
      subtypes: ['Wax'],
      intervalMonths: 6,
    })
    await page.close()
  })

  it('shows what a vehicle costs and what is due for it', async () => {
    await saveFill()
    await saveFill({ dateTime: '2026-03-10T10:00:00.000Z', odometer: 31_300 })
    await saveRow('maintenance-schedules', { category: 'Repair', nextDueDate: '2026-03-20' })
    const page = await openRow('vehicles', vehicle)
    await openTab(page, 'Fuel')
    const figures = page.getByRole('region', { name: 'Figures' })
    await figures.getByText('30 mpg').waitFor()
    await figures.getByText(/^\$0\.\d{2,4} per mi$/).waitFor()
    await openTab(page, 'Maintenance')
    const due = page.getByRole('region', { name: 'What is due' })
    await due.locator('.due-pill--overdue', { hasText: 'Overdue' }).waitFor()
    await due.getByText('Mar 20, 2026').first().waitFor()
    await due.getByText(/^\d+ days over$/).waitFor()
    await page.close()
  })
})
