import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Page } from 'playwright-core'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { isTried } from '../support/sampling.ts'
import { signedIn } from './screens.ts'

const chromium = findChromium()

/**
 * As many cars as three pages of the list hold. One statement writes them: they are equal in every
 * column but VIN and id.
 */
const CARS = 300
const FITS = 25

jest.setTimeout(1_200_000)

;(chromium ? describe : describe.skip)('a list of the panel', () => {
  let forecourt: PanelForecourt
  let browser: Browser
  let page: Page

  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    browser = await openBrowser(String(chromium))
    await forecourt.sql(`insert into inventory (vin, title, year, make, model, mileage, price,
      status, listed_at)
      select 'CHASSIS-' || n, 'One of many', 1979, 'Honda', case when n <= ${FITS} then 'Fit'
        else 'Civic' end, 9, 24500, 'available',
        '2026-03-01T10:00Z' from generate_series(1, ${CARS}) n`)
    page = await signedIn(forecourt, browser, 'admin')
  })
  afterAll(async () => {
    await browser.close()
    await forecourt.close()
  })

  const openList = async (query: string) => {
    await page.goto(`${forecourt.origin}/admin/collections/inventory?${query}`)
    await page.locator('tbody tr').first().waitFor()
  }

  const readIds = () =>
    page
      .locator('tbody tr a[href*="/collections/inventory/"]')
      .evaluateAll((links) => [
        ...new Set(
          links.map((link) => link.getAttribute('href')?.split('/').at(-1)?.split('?')[0]),
        ),
      ])

  it('has every row once over its pages, in every order that its columns offer', async () => {
    const { flattenedFields } = forecourt.payload.collections.inventory.config
    const columns = flattenedFields.filter(
      (field) =>
        !('virtual' in field && field.virtual) &&
        !('hidden' in field && field.hidden) &&
        field.type !== 'join',
    )
    const orders = ['', ...columns.flatMap(({ name }) => [name, `-${name}`])]
    for (const sort of orders.filter((_, place) => place === 0 || isTried(place, 60))) {
      const ids = new Set<unknown>()
      for (const number of [1, 2, 3]) {
        await openList(`limit=100&page=${number}${sort && `&sort=${sort}`}`)
        for (const id of await readIds()) ids.add(id)
      }
      expect([sort, ids.size]).toEqual([sort, CARS])
    }
  })

  /** Ticks the box of the whole page, then takes all pages along. */
  const selectAll = async (count: number) => {
    await page.locator('.select-all__checkbox input').click()
    await page.locator('#select-all-across-pages').click()
    await page.getByText(`${count} selected`).waitFor()
  }

  const changeAll = async (field: string, value: string) => {
    await page.locator('.edit-many__toggle').click()
    const drawer = page.locator('.drawer--is-open')
    await drawer.locator('.field-select input').fill(field)
    await page.locator('.rs__option', { hasText: new RegExp(`^${field}$`) }).click()
    await drawer.locator(`#field-${field.toLowerCase()}`).fill(value)
    const answered = page.waitForResponse((response) => response.request().method() === 'PATCH')
    await drawer.locator('button[type=submit]').click()
    return (await answered).status()
  }

  const countBy = async (column: string) => {
    const { rows } = await forecourt.sql(
      `select ${column} as value, count(*)::int as cars from inventory group by 1
        order by 1 ` + 'nulls last',
    )
    return rows.map(({ value, cars }) => [value, cars])
  }

  it('changes the rows of its filter on all pages, and no others', async () => {
    await openList('limit=10&where[or][0][and][0][model][equals]=Fit')
    await selectAll(FITS)
    expect(await changeAll('Trim', 'Filtered')).toBe(200)
    expect(await countBy('trim')).toEqual([
      ['Filtered', FITS],
      [null, CARS - FITS],
    ])
  })

  it('changes the rows of its search on all pages, and no others', async () => {
    await openList('limit=10&search=CHASSIS-29')
    await selectAll(11)
    expect(await changeAll('Trim', 'Searched')).toBe(200)
    expect(await countBy('trim')).toEqual([
      ['Filtered', FITS],
      ['Searched', 11],
      [null, CARS - FITS - 11],
    ])
  })

  it('changes none of its rows, and shows why, where they are more than are changed at once', async () => {
    await openList('limit=10')
    await selectAll(CARS)
    expect(await changeAll('Trim', 'All')).toBe(400)
    await page
      .getByText(`${CARS} rows match, but at most 100 can be changed at once.`)
      .first()
      .waitFor()
    expect((await countBy('trim')).map(([trim]) => trim)).not.toContain('All')
  })

  it('deletes the rows of its filter on all pages, and no others', async () => {
    await openList('limit=10&where[or][0][and][0][model][equals]=Fit')
    await selectAll(FITS)
    await page.locator('.delete-documents__toggle').click()
    const answered = page.waitForResponse((response) => response.request().method() === 'DELETE')
    await page.locator('#confirm-action').click()
    expect((await answered).status()).toBe(200)
    expect(await countBy('model')).toEqual([['Civic', CARS - FITS]])
  })
})
