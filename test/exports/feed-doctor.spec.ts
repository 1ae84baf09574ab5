import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { enterDealership, photo, readFeed, saveListedCar } from '../support/feeds.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let manager: Api
let viewer: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  viewer = await forecourt.as('viewer')
})
afterAll(() => forecourt.close())
beforeEach(async () => {
  await forecourt.sql('delete from inventory')
  await forecourt.sql('update export_feeds set mapping = null, use_highlight = false')
  await enterDealership(forecourt)
})

const check = async (feed: string, query = '') =>
  (await viewer.get(`/api/exports/${feed}/check${query}`).expect(200)).body
const getFeeds = async (id: string) =>
  (await viewer.get(`/api/inventory/${id}/feeds`).expect(200)).body.docs
const findFeed = async (id: string, feed: string) =>
  (await getFeeds(id)).find((doc: { feed: string }) => doc.feed === feed)

describe('GET /api/exports/:feed/check', () => {
  it.each(['google', 'facebook'])(
    'names every salvage and price-less car for %s, with the reason and the fix',
    async (feed) => {
      const salvage = await saveListedCar(forecourt, { titleStatus: 'Salvage' })
      const rebuilt = await saveListedCar(forecourt, { titleStatus: 'Rebuilt' })
      const free = await saveListedCar(forecourt)
      await forecourt.ownerSql('alter table inventory drop constraint inventory_price_check')
      await forecourt.sql('update inventory set price = 0 where id = $1', [free.id])
      await saveListedCar(forecourt)
      const { docs, ...summary } = await check(feed)
      expect(summary).toMatchObject({ light: 'red', listed: 1, leftOut: 3, problems: [] })
      expect(summary.byCode).toEqual([
        { code: 'branded_title', cars: 2 },
        { code: 'no_price', cars: 1 },
      ])
      const found = new Map(
        docs.map(({ id, problems }: { id: string; problems: unknown[] }) => [id, problems]),
      )
      const title = { code: 'branded_title', severity: 'refused' }
      expect(found.get(salvage.id)).toEqual([
        expect.objectContaining({ ...title, reason: expect.stringContaining('Salvage') }),
      ])
      expect(found.get(rebuilt.id)).toEqual([
        expect.objectContaining({ ...title, reason: expect.stringContaining('Rebuilt') }),
      ])
      expect(found.get(free.id)).toEqual([
        {
          code: 'no_price',
          severity: 'refused',
          reason: 'It has no price.',
          fix: 'Enter the price.',
        },
      ])
      await forecourt.sql('delete from inventory')
      await forecourt.ownerSql(
        'alter table inventory add constraint inventory_price_check check (price > 0)',
      )
    },
  )

  it('states what the receiver misses in the whole file', async () => {
    await forecourt.sql('update dealership set street = null')
    await forecourt.sql(`update export_feeds set dealer_id = null where feed = 'google'`)
    const { light, problems } = await check('google')
    expect(light).toBe('red')
    expect(problems.map(({ code, fix }: Record<string, string>) => [code, fix])).toEqual([
      ['no_dealer_id', 'Enter Dealer ID in the settings of the feed.'],
      ['dealership', 'Enter Street on the screen Dealership.'],
    ])
  })

  it('lists the cars with problems page by page, and of one kind alone', async () => {
    await saveListedCar(forecourt, { images: [] })
    await saveListedCar(forecourt, { images: ['https://x.example/placeholder.png'] })
    const salvage = await saveListedCar(forecourt, { titleStatus: 'Salvage' })
    const pages = await Promise.all([1, 2].map((page) => check('google', `?limit=2&page=${page}`)))
    const ids = pages.flatMap(({ docs }) => docs.map(({ id }: { id: string }) => id))
    expect(new Set(ids).size).toBe(3)
    expect(pages[0]).toMatchObject({ totalDocs: 3, totalPages: 2 })
    const { docs } = await check('google', '?code=branded_title')
    expect(docs.map(({ id }: { id: string }) => id)).toEqual([salvage.id])
  })

  it('explains which feeds there are to whoever asks for another one', async () => {
    const { body } = await viewer.get('/api/exports/craigslist/check').expect(404)
    expect(body.errors[0].message).toContain('carsforsale')
    await forecourt.anonymous.get('/api/exports/google/check').expect(401)
  })
})

describe('a feed', () => {
  it('leaves out what its check names, and lists the rest', async () => {
    const listed = await saveListedCar(forecourt)
    await saveListedCar(forecourt, { images: [photo(1)] })
    await saveListedCar(forecourt, { mileage: 400 })
    const { contents } = await readFeed(forecourt, 'facebook')
    expect(contents.listed.map(({ carId }) => carId)).toEqual([listed.id])
    expect(contents.leftOut).toBe(2)
    const { byCode } = await check('facebook')
    expect(byCode.map(({ code }: { code: string }) => code).sort()).toEqual([
      'few_miles',
      'few_photos',
    ])
  })

  it('drops a sold car at once; Facebook keeps it as NOT_AVAILABLE for 30 days', async () => {
    const { id } = await saveListedCar(forecourt)
    await manager.post(`/api/inventory/${id}/sell`).send({ price: 20_000 }).expect(200)
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
    expect((await readFeed(forecourt, 'google')).contents.listed).toEqual([])
    const facebook = await readFeed(forecourt, 'facebook', inDays(29))
    expect(facebook.text).toContain('"NOT_AVAILABLE"')
    expect((await readFeed(forecourt, 'facebook', inDays(31))).contents.listed).toEqual([])
  })

  it('has the columns that its rules rename or fill, and the cars that they leave in', async () => {
    const kept = await saveListedCar(forecourt)
    await saveListedCar(forecourt, { make: 'Ford', model: 'Focus' })
    const { id } = await findSettings('google')
    const mapping = [
      { kind: 'rename', column: 'vin', to: 'vehicle_identification_number' },
      { kind: 'constant', column: 'place_id', value: 'place-7' },
      { kind: 'onlyIf', field: 'make', value: 'honda' },
    ]
    await manager.patch(`/api/export-feeds/${id}`).send({ mapping }).expect(200)
    const { contents, text } = await readFeed(forecourt, 'google')
    expect(contents.listed.map(({ carId }) => carId)).toEqual([kept.id])
    expect(text.split('\r\n')[0]).toMatch(/^"vehicle_identification_number","id"/)
    expect(text).toContain('"place-7"')
  })

  it('refuses a rule about a column that it does not have, and names those that it has', async () => {
    const { id } = await findSettings('google')
    const mapping = [{ kind: 'constant', column: 'paint', value: 'x' }]
    const { body } = await manager.patch(`/api/export-feeds/${id}`).send({ mapping }).expect(400)
    expect(body.errors[0].message).toContain('paint, which is not one of vin, id, store_code')
  })

  it('puts what speaks for a car above its description where that is switched on', async () => {
    await saveListedCar(forecourt, { owners: 1, description: 'Well kept.' })
    expect((await readFeed(forecourt, 'google')).text).toContain('"Well kept."')
    await forecourt.sql(`update export_feeds set use_highlight = true where feed = 'google'`)
    expect((await readFeed(forecourt, 'google')).text).toContain(
      '"One owner · Clean title Well kept."',
    )
  })
})

const findSettings = async (feed: string): Promise<{ id: string }> =>
  (await manager.get(`/api/export-feeds?where[feed][equals]=${feed}`).expect(200)).body.docs[0]

describe('a car in all feeds', () => {
  it('is switched off for one, and listed with another title and price by another', async () => {
    const { id } = await saveListedCar(forecourt)
    const put = (feed: string, body: object) =>
      manager.put(`/api/inventory/${id}/feeds/${feed}`).send(body).expect(200)
    await put('google', { excluded: true, title: null, price: null })
    await put('facebook', { excluded: false, title: 'Our best Accord', price: 23_999.5 })
    expect(await findFeed(id, 'google')).toMatchObject({
      listed: false,
      problems: [{ code: 'excluded' }],
      override: { excluded: true },
    })
    const { contents, text } = await readFeed(forecourt, 'facebook')
    expect(text).toContain('"Our best Accord"')
    expect(text).toContain('"23999.50 USD"')
    expect(contents.listed).toMatchObject([{ price: 2_399_950 }])
    await put('google', { excluded: false, title: null, price: null })
    expect(await findFeed(id, 'google')).toMatchObject({ listed: true, problems: [] })
    const { rows } = await forecourt.sql('select feed from feed_overrides')
    expect(rows).toEqual([{ feed: 'facebook' }])
  })

  it('is left out of those whose statuses do not include its own', async () => {
    const { id } = await saveListedCar(forecourt, { status: 'pending' })
    const docs = await getFeeds(id)
    const listed = docs.filter((doc: { listed: boolean }) => doc.listed)
    expect(listed.map(({ feed }: { feed: string }) => feed)).toEqual(['jekyll'])
    expect((await findFeed(id, 'google')).problems).toMatchObject([
      { code: 'status', reason: expect.stringContaining('It is pending') },
    ])
  })

  it('is changed by managers alone, and only with a price that is one', async () => {
    const { id } = await saveListedCar(forecourt)
    const path = `/api/inventory/${id}/feeds/google`
    const body = { excluded: true, title: null, price: null }
    await viewer.put(path).send(body).expect(403)
    await manager
      .put(path)
      .send({ ...body, price: 0 })
      .expect(400)
    await manager.put(`/api/inventory/${id}/feeds/craigslist`).send(body).expect(404)
    await viewer.get('/api/inventory/0192d3c4-0000-7000-8000-000000000000/feeds').expect(404)
  })
})

describe('GET /api/exports/:feed/file', () => {
  it('is the file as it would be delivered now', async () => {
    const { vin } = await saveListedCar(forecourt)
    const { headers, text } = await manager.get('/api/exports/carsforsale/file').expect(200)
    expect(headers['content-disposition']).toBe('attachment; filename="1234.txt"')
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
    expect(text).toContain(vin)
    await viewer.get('/api/exports/carsforsale/file').expect(403)
  })
})
