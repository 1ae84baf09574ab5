import { mkdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { loadDemo } from '../../src/demo/load.ts'
import { loadDemoMarket } from '../../src/demo/market/load.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { anyVin } from '../support/builders.ts'
import type { Role } from '../support/forecourt.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { fits, LOOKS } from './market-screens.ts'
import { eventually, signedIn, untilStill } from './screens.ts'

const chromium = findChromium()
const SCREENSHOTS = '.test/screenshots'

jest.setTimeout(600_000)

;(chromium ? describe : describe.skip)('the review of a submission, in a browser', () => {
  let forecourt: PanelForecourt
  let browser: Browser

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    await loadDemo(forecourt.payload, new Date())
    const options = {
      now: new Date(),
      print: () => undefined,
      signal: new AbortController().signal,
    }
    await loadDemoMarket(forecourt.payload, forecourt.settings, options)
    browser = await openBrowser(String(chromium))
    await mkdir(SCREENSHOTS, { recursive: true })
  })
  afterAll(async () => {
    expect(browser.complaints).toEqual([])
    await browser.close()
    await forecourt.close()
  })

  const findDemo = async (model: string): Promise<string> => {
    const { docs } = await forecourt.payload.find({
      collection: 'pending-submissions',
      where: { model: { equals: model } },
      overrideAccess: true,
    })
    return String(docs[0]?.id)
  }
  const submit = async (facts: object = {}): Promise<string> => {
    const manager = await forecourt.as('manager')
    const car = { year: 2018, make: 'Mazda', model: 'CX-5', vin: anyVin(), ...facts }
    return (await manager.post('/api/pending-submissions').send(car).expect(201)).body.doc.id
  }
  async function openSubmission(id: string, role: Role, on = browser): Promise<Page> {
    const page = await signedIn(forecourt, on, role, `/collections/pending-submissions/${id}`)
    await page.locator('.stage-track').waitFor()
    await page.locator('.appraisal h3').waitFor()
    return page
  }
  const stageOf = (page: Page) => page.locator('.review__head .stage-pill')
  const openDialog = async (page: Page, button: string) => {
    await page.getByRole('button', { name: button }).click()
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    return dialog
  }
  const picture = (page: Page, name: string) =>
    page.screenshot({ path: `${SCREENSHOTS}/${name}.png`, fullPage: true })

  it.each(LOOKS)('is drawn in %s at a width of %d', async (scheme, width) => {
    const other = await openBrowser(String(chromium), scheme)
    try {
      const page = await openSubmission(await findDemo('Accord'), 'manager', other)
      await page.locator('.submission-market .standing__figures').waitFor()
      await page.setViewportSize({ width, height: 844 })
      await eventually(() => fits(page), true)
      await picture(page, `review-${scheme}-${width}`)
      const dialog = await openDialog(page, 'Approve…')
      await untilStill(page)
      await page.screenshot({ path: `${SCREENSHOTS}/review-approve-${scheme}-${width}.png` })
      await dialog.getByRole('button', { name: 'Cancel' }).click()
      await dialog.waitFor({ state: 'detached' })
      await page.goto(`${forecourt.origin}/admin/collections/pending-submissions`)
      await page.locator('.stage-filters').waitFor()
      await eventually(() => fits(page), true)
      await picture(page, `submissions-${scheme}-${width}`)
      expect(other.complaints).toEqual([])
    } finally {
      await other.close()
    }
  })

  it('leads from a new submission over a question to a car on the lot', async () => {
    const id = await submit({ mileage: 61_200, askingPrice: 14_000 })
    const page = await openSubmission(id, 'manager')
    expect(await stageOf(page).innerText()).toBe('Received')
    await page.getByRole('button', { name: 'Start review' }).click()
    await page.getByText('The submission is in review.').waitFor()
    await eventually(() => stageOf(page).innerText(), 'In review')
    expect(await page.getByLabel('Assigned to').locator('option:checked').innerText()).toBe(
      'A manager',
    )
    const ask = await openDialog(page, 'Ask for information…')
    await ask.getByLabel('Question').fill('How many keys are there?')
    await ask.getByRole('button', { name: 'Ask the customer' }).click()
    await ask.waitFor({ state: 'detached' })
    await eventually(() => stageOf(page).innerText(), 'More information wanted')
    await page.locator('.review__note', { hasText: 'How many keys are there?' }).waitFor()
    const approve = await openDialog(page, 'Approve…')
    await approve.getByLabel('Price').fill('$16,900')
    await approve.getByRole('button', { name: 'Approve and add to the lot' }).click()
    await approve.waitFor({ state: 'detached' })
    await eventually(() => stageOf(page).innerText(), 'Approved')
    expect(await page.getByRole('button', { name: 'Approve…' }).count()).toBe(0)
    await page.locator('.review__car a').click()
    await page.waitForURL(/collections\/inventory\//)
    await page.locator('.tabs-field__tab-button', { hasText: 'System' }).click()
    await page
      .locator('#field-sourceSubmission')
      .getByText(/[A-Z0-9]{17}/)
      .waitFor()
    const { body } = await forecourt.anonymous.get('/api/inventory?where[model][equals]=CX-5')
    expect(body.docs[0]).toMatchObject({ price: 16_900, mileage: 61_200 })
    await page.close()
  })

  it('keeps the dialog open with the reason why the server refused', async () => {
    const page = await openSubmission(await submit({ mileage: 10 }), 'manager')
    const dialog = await openDialog(page, 'Approve…')
    await dialog.getByLabel('Price').fill('cheap')
    await dialog.getByRole('button', { name: 'Approve and add to the lot' }).click()
    await dialog.getByRole('alert').getByText(/price/).waitFor()
    expect(browser.complaints.splice(0)).toEqual([expect.stringContaining('status of 400')])
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    const reject = await openDialog(page, 'Reject…')
    await reject.getByLabel('Reason').fill('Too many miles for its age.')
    await reject.getByRole('button', { name: 'Reject' }).click()
    await eventually(() => stageOf(page).innerText(), 'Rejected')
    await page.locator('.review__note', { hasText: 'Too many miles for its age.' }).waitFor()
    await page.close()
  })

  it('gives staff a new link for the customer, once, and ends the earlier ones', async () => {
    const id = await submit({ customerName: 'Ann' })
    const page = await openSubmission(id, 'manager')
    const makeLink = async () => {
      const dialog = await openDialog(page, 'New link…')
      await dialog.getByRole('button', { name: 'Make a new link' }).click()
      await dialog.waitFor({ state: 'detached' })
      return page.getByLabel('Link of the customer').inputValue()
    }
    const [first, second] = [await makeLink(), await makeLink()]
    const openLink = (url: string) =>
      forecourt.anonymous.get(new URL(url).pathname + new URL(url).search)
    await openLink(second).expect(200)
    await openLink(first).expect(404)
    await picture(page, 'review-new-link')
    const viewer = await openSubmission(id, 'viewer')
    expect(await viewer.getByRole('button', { name: 'New link…' }).count()).toBe(0)
  })

  it('saves the appraisal, and computes what the customer gets', async () => {
    const id = await submit({ mileage: 20_000 })
    const page = await openSubmission(id, 'manager')
    const tires = page.getByRole('group', { name: 'Tires' })
    await tires.getByRole('button', { name: 'Poor' }).click()
    await page.getByLabel('Tires: note').fill('Bald')
    await page.getByLabel('Offer ($)').fill('12,500')
    await page.getByLabel('Payoff of the loan').fill('4000')
    await eventually(() => page.locator('.appraisal__share strong').innerText(), '$8,500')
    await page.getByRole('button', { name: 'Save appraisal' }).click()
    await page.getByText('The appraisal is saved.').waitFor()
    const dialog = await openDialog(page, 'Approve…')
    await eventually(() => dialog.getByLabel('Cost').inputValue(), '12500')
    await page.close()
    const viewer = await openSubmission(id, 'viewer')
    expect(await viewer.locator('.appraisal').innerText()).toContain('Bald')
    expect(await viewer.locator('.appraisal').innerText()).not.toContain('$')
    expect(await viewer.getByRole('button', { name: 'Approve…' }).count()).toBe(0)
    await viewer.close()
  })

  it('lists who waits for us first, and filters by stage', async () => {
    const page = await signedIn(forecourt, browser, 'viewer', '/collections/pending-submissions')
    await page.locator('.stage-filters').waitFor()
    const stages = await page.locator('.cell-submissionStatus').allInnerTexts()
    const waiting = stages.filter((stage) => ['Received', 'In review'].includes(stage.trim()))
    expect(stages.slice(0, waiting.length)).toEqual(waiting)
    expect(waiting.length).toBeGreaterThan(1)
    await page.locator('.stage-filters a', { hasText: 'More information wanted' }).click()
    await page.waitForURL(/where/)
    await eventually(
      async () => [...new Set(await page.locator('.cell-submissionStatus').allInnerTexts())],
      ['More information wanted'],
    )
    await page.close()
  })

  it('shows on the screen of a staff member what they reviewed and entered', async () => {
    const page = await openSubmission(await submit({ mileage: 30_000 }), 'manager')
    const reject = await openDialog(page, 'Reject…')
    await reject.getByLabel('Reason').fill('No.')
    await reject.getByRole('button', { name: 'Reject' }).click()
    await eventually(() => stageOf(page).innerText(), 'Rejected')
    await page.goto(`${forecourt.origin}/admin/account`)
    const work = page.locator('.staff-work')
    await work.getByText('2018 Mazda CX-5 · Rejected').waitFor()
    await picture(page, 'staff-work')
    await page.close()
  })
})
