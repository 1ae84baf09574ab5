import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { anyVin, saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'

let forecourt: TestForecourt
let staff: Record<'admin' | 'manager' | 'viewer', Api>
beforeAll(async () => {
  forecourt = await openForecourt()
  staff = {
    admin: await forecourt.as('admin'),
    manager: await forecourt.as('manager'),
    viewer: await forecourt.as('viewer'),
  }
})
afterAll(() => forecourt.close())

const RIVERSIDE = { name: 'Riverside Motors', inventoryUrl: 'https://riverside.example/used' }

const save = (collection: string, data: object) =>
  forecourt.payload.create({
    collection: collection as 'competitors',
    data: data as never,
    depth: 0,
    overrideAccess: true,
  })

/** A competitor with one car, one price of it and one row of figures. */
async function watched() {
  const competitor = await save('competitors', RIVERSIDE)
  const listing = {
    competitor: competitor.id,
    year: 2021,
    make: 'Honda',
    model: 'Accord',
    vin: anyVin(),
    price: 24_900,
  }
  const car = await save('competitor-inventory', listing)
  const price = await save('competitor-price-history', {
    competitorInventory: car.id,
    price: 25_400,
  })
  const metrics = await save('competitor-metrics', {
    competitor: competitor.id,
    totalInventory: 1,
    vehiclesSold30d: 3,
  })
  return { competitor, car, price, metrics }
}

const count = async (table: string, condition: string, id: string) =>
  Number(
    (await forecourt.sql(`select count(*) from ${table} where ${condition} = $1`, [id])).rows[0]
      .count,
  )

const LABELS: Readonly<Record<string, string>> = {
  name: 'Name',
  inventoryUrl: 'Inventory page',
  websiteUrl: 'Website',
  scraperConfig: 'Platform settings',
}

describe('a competitor', () => {
  it('is made and changed by a manager, and deleted by an admin alone', async () => {
    const { body } = await staff.manager.post('/api/competitors').send(RIVERSIDE).expect(201)
    expect(body.doc).toMatchObject({ ...RIVERSIDE, active: true, usePlaywright: false })
    const path = `/api/competitors/${body.doc.id}`
    const changed = await staff.manager
      .patch(path)
      .send({ scraperConfig: { pages: 2 } })
      .expect(200)
    expect(changed.body.doc.scraperConfig).toEqual({ pages: 2 })
    await staff.manager.delete(path).expect(403)
    await staff.admin.delete(path).expect(200)
    await staff.admin.get(path).expect(404)
  })

  it('is read by a viewer, who makes, changes and deletes none, and by nobody from outside', async () => {
    const { competitor } = await watched()
    const path = `/api/competitors/${competitor.id}`
    await staff.viewer.get(path).expect(200)
    await staff.viewer.post('/api/competitors').send(RIVERSIDE).expect(403)
    await staff.viewer.patch(path).send({ name: 'X' }).expect(403)
    await staff.viewer.delete(path).expect(403)
    for (const outsider of [
      forecourt.anonymous,
      (await forecourt.asOwner()).api,
      (await forecourt.asOwner('garage admin')).api,
    ]) {
      await outsider.get(path).expect(403)
      await outsider.get('/api/competitor-inventory').expect(403)
      await outsider.post('/api/competitors').send(RIVERSIDE).expect(403)
      await outsider.delete(path).expect(403)
    }
  })

  it('is told by the scraper alone when it was looked at, and what went wrong', async () => {
    const result = {
      ...RIVERSIDE,
      lastScrapedAt: '2026-01-01T00:00:00.000Z',
      scrapeError: 'none',
      scrapeErrorType: 'none',
    }
    const { body } = await staff.admin.post('/api/competitors').send(result).expect(201)
    expect(
      body.doc.lastScrapedAt ?? body.doc.scrapeError ?? body.doc.scrapeErrorType ?? null,
    ).toBeNull()
  })

  it.each([
    ['inventoryUrl', 'javascript:alert(1)', 'must be a URL that starts with https:// or http://'],
    ['inventoryUrl', null, 'is required'],
    ['websiteUrl', 'riverside.example', 'must be a URL that starts with https:// or http://'],
    ['scraperConfig', [1], 'must be a JSON object'],
    ['name', ' ', 'is required'],
  ])('cannot have the %s %j', async (field, value, message) => {
    const { body } = await staff.manager
      .post('/api/competitors')
      .send({ ...RIVERSIDE, [field]: value })
      .expect(400)
    expect(body.errors[0]).toMatchObject({ path: field, message: `${LABELS[field]} ${message}` })
  })

  it('brings along its cars and figures, and a car its prices', async () => {
    const { competitor, car, price, metrics } = await watched()
    const { body } = await staff.viewer.get(`/api/competitors/${competitor.id}`).expect(200)
    expect([body.stock.docs, body.metrics.docs]).toEqual([[car.id], [metrics.id]])
    const ofCar = await staff.viewer.get(`/api/competitor-inventory/${car.id}`).expect(200)
    expect(ofCar.body.priceHistory.docs).toEqual([price.id])
  })

  it('takes its cars, their prices and its figures along when it is deleted, and nobody else’s', async () => {
    const [gone, kept] = [await watched(), await watched()]
    await staff.admin.delete(`/api/competitors/${gone.competitor.id}`).expect(200)
    const left = async ({ competitor, car }: typeof gone) => [
      await count('competitor_inventory', 'competitor_id', String(competitor.id)),
      await count('competitor_price_history', 'competitor_inventory_id', String(car.id)),
      await count('competitor_metrics', 'competitor_id', String(competitor.id)),
    ]
    expect([await left(gone), await left(kept)]).toEqual([
      [0, 0, 0],
      [1, 1, 1],
    ])
  })
})

describe('what jobs write', () => {
  const TABLES: [slug: string, name: string, deletedBy: 'admin' | 'nobody'][] = [
    ['competitor-inventory', 'CompetitorInventory', 'admin'],
    ['competitor-price-history', 'CompetitorPriceHistory', 'admin'],
    ['competitor-metrics', 'CompetitorMetric', 'admin'],
    ['market-research-results', 'MarketResearchResult', 'admin'],
    ['market-price-history', 'MarketPriceHistory', 'admin'],
    ['vin-evaluation-cache', 'VinEvaluationCache', 'admin'],
    ['notification-logs', 'NotificationLog', 'nobody'],
    ['backup-history', 'BackupHistory', 'nobody'],
    ['export-logs', 'ExportLog', 'nobody'],
  ]

  /** One row of each of these tables, by slug. */
  async function rows(): Promise<Record<string, string>> {
    const { car, price, metrics } = await watched()
    const inventory = (await saveCar(forecourt.payload)).id
    const file = {
      filename: 'a.tar',
      filePath: 'backups/a.tar',
      fileSizeBytes: 5e9,
      status: 'completed',
      backupType: 'manual',
    }
    const notice = { userId: 'auth0|x', notificationType: 'email', templateKey: 'document_expired' }
    const saved = {
      'market-research-results': await save('market-research-results', {
        inventory,
        medianPrice: 24_000,
        comparableVehicles: [],
      }),
      'market-price-history': await save('market-price-history', { inventory, ourPrice: 24_500 }),
      'vin-evaluation-cache': await save('vin-evaluation-cache', {
        vin: anyVin(),
        evaluationData: { value: 1 },
      }),
      'notification-logs': await save('notification-logs', notice),
      'backup-history': await save('backup-history', file),
      'export-logs': await save('export-logs', {
        platform: 'jekyll',
        status: 'success',
        vehicleCount: 3,
      }),
      'competitor-inventory': car,
      'competitor-price-history': price,
      'competitor-metrics': metrics,
    }
    return Object.fromEntries(Object.entries(saved).map(([slug, { id }]) => [slug, String(id)]))
  }

  it.each(TABLES)('%s: nobody makes or changes a row over the API', async (slug, name) => {
    const id = (await rows())[slug] ?? ''
    for (const api of Object.values(staff)) {
      await api.post(`/api/${slug}`).send({}).expect(403)
      await api.patch(`/api/${slug}/${id}`).send({ price: 1 }).expect(403)
      const { errors } = await queryGraphql(
        api,
        `mutation { update${name}(id: "${id}", data: {}) { id } }`,
      )
      expect(errors).toMatchObject([{ extensions: { statusCode: 403 } }])
    }
  })

  it.each(TABLES)('%s: who may delete a row', async (slug, _, who) => {
    const path = `/api/${slug}/${(await rows())[slug]}`
    await staff.viewer.delete(path).expect(403)
    await staff.manager.delete(path).expect(403)
    await staff.admin.delete(path).expect(who === 'admin' ? 200 : 403)
  })

  it('names the car, and goes with it', async () => {
    const car = await saveCar(forecourt.payload)
    const analysis = await save('market-research-results', {
      inventory: car.id,
      medianPrice: 24_000,
    })
    await save('market-price-history', { inventory: car.id, ourPrice: 24_500 })
    const { body } = await staff.viewer
      .get(`/api/market-research-results/${analysis.id}`)
      .expect(200)
    expect(body).toMatchObject({ car: car.title, medianPrice: 24_000 })
    await staff.admin.delete(`/api/inventory/${car.id}`).expect(200)
    expect(await count('market_research_results', 'inventory_id', car.id)).toBe(0)
    expect(await count('market_price_history', 'inventory_id', car.id)).toBe(0)
  })
})
