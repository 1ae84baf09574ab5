import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { FEED_NAMES } from '../../plugins/exports/domain/feed-names.ts'
import { loadDemo, unloadDemo } from '../../src/demo/load.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

const readFacts = async () =>
  (await forecourt.sql('select name, car_url_template, sales_tax_percent from dealership')).rows[0]

it('the demo has a dealership, so that pages and payments of its cars can be tried at once', async () => {
  await loadDemo(forecourt.payload, new Date())
  const { text } = await forecourt.anonymous.get('/api/sitemap.xml').expect(200)
  expect(text).toContain('https://cars.forecourt.example/vehicles/')
  const { body } = await forecourt.anonymous.get('/api/inventory/search?limit=1').expect(200)
  const { id } = body.docs[0] as { id: string }
  await forecourt.anonymous.get(`/api/inventory/${id}/payment`).expect(200)
})

const listFeeds = async () => {
  const { rows } = await forecourt.sql(
    'select distinct enabled, delivery, dealer_id from export_feeds',
  )
  return rows
}

it('its feeds are on, to be fetched, and miss no fact of the dealership', async () => {
  expect(await listFeeds()).toEqual([{ enabled: true, delivery: 'pull', dealer_id: 'DEMO-1000' }])
  const manager = await forecourt.as('manager')
  for (const feed of FEED_NAMES) {
    const { body } = await manager.get(`/api/exports/${feed}/check`).expect(200)
    expect([feed, body.enabled, body.problems]).toEqual([feed, true, []])
  }
})

it('its removal clears the facts, unless the dealership was renamed', async () => {
  await forecourt.sql(`update dealership set name = 'Ours'`)
  await unloadDemo(forecourt.payload)
  expect(await readFacts()).toMatchObject({ name: 'Ours', sales_tax_percent: '9.750' })
  await forecourt.sql(`update dealership set name = 'Forecourt Motors'`)
  await unloadDemo(forecourt.payload)
  const empty = { name: null, car_url_template: null, sales_tax_percent: null }
  expect(await readFacts()).toEqual(empty)
  expect(await listFeeds()).toEqual([{ enabled: false, delivery: 'none', dealer_id: null }])
})
