import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sql } from '@payloadcms/db-postgres'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { demoCatalog } from '../../src/demo/catalog/demo-catalog.ts'
import { loadDemoCatalog, removeDemoCatalog } from '../../src/demo/catalog/load.ts'
import { demoCars } from '../../src/demo/demo-cars.ts'
import { loadDemo, unloadDemo } from '../../src/demo/load.ts'
import { loadDemoMarket } from '../../src/demo/market/load.ts'
import { uploadDemoPictures } from '../../src/demo/pictures.ts'
import { saveCar } from '../support/builders.ts'
import { runCommand } from '../support/command.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { saveCompetitor } from '../support/scrape-room.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const quiet = () => undefined

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

describe('the demo', () => {
  it('fills an empty lot once, with dates that are fresh', async () => {
    expect(await loadDemo(forecourt.payload, NOW)).toBe(demoCars.length)
    expect(await loadDemo(forecourt.payload, NOW)).toBe(0)
    const { docs } = await forecourt.payload.find({
      collection: 'inventory',
      sort: '-listedAt',
      limit: 1,
      overrideAccess: true,
    })
    const newest = Math.min(...demoCars.map((car) => car.listedDaysAgo))
    expect(docs[0]?.listedAt).toBe(new Date(NOW.getTime() - newest * 86_400_000).toISOString())
  })

  it(
    'goes on with its pictures where it was stopped, and leaves a car alone that somebody ' +
      'cleared of photos',
    async () => {
      const [first, second] = demoCars
      const idOf = async (vin: string) =>
        (
          await forecourt.payload.find({
            collection: 'inventory',
            where: { vin: { equals: vin } },
            overrideAccess: true,
          })
        ).docs[0]?.id ?? ''
      const cleared = await idOf(first?.vin ?? '')
      await forecourt.payload.update({
        collection: 'inventory',
        where: { vin: { not_equals: second?.vin } },
        data: { images: [] },
        overrideAccess: true,
      })
      await uploadDemoPictures(forecourt.payload, { print: quiet, signal: AbortSignal.abort() })
      await uploadDemoPictures(forecourt.payload, {
        print: quiet,
        signal: new AbortController().signal,
      })
      const shown = await forecourt.payload.findByID({
        collection: 'inventory',
        id: await idOf(second?.vin ?? ''),
        overrideAccess: true,
      })
      expect(shown.images).toHaveLength(3)
      expect(shown.thumbnail).toContain('-thumbnail.webp')
      expect(
        (
          await forecourt.payload.findByID({
            collection: 'inventory',
            id: cleared,
            overrideAccess: true,
          })
        ).images,
      ).toEqual([])
    },
  )

  it('leaves no photo behind of a car that is removed while its pictures are uploaded', async () => {
    const { docs } = await forecourt.payload.find({
      collection: 'inventory',
      where: { thumbnail: { exists: true } },
      overrideAccess: true,
    })
    const [car] = docs
    if (!car) throw new Error('The demo has no car with pictures.')
    await getPostgresAdapter(forecourt.payload).drizzle.execute(
      sql`update inventory set images = null where id = ${car.id}`,
    )
    const uploading = uploadDemoPictures(forecourt.payload, {
      print: quiet,
      signal: new AbortController().signal,
    })
    await forecourt.payload.delete({ collection: 'inventory', id: car.id, overrideAccess: true })
    await uploading
    expect(
      (await forecourt.payload.count({ collection: 'media', overrideAccess: true })).totalDocs,
    ).toBe(3)
  })

  it('gets no market where somebody entered a competitor', async () => {
    await saveCompetitor(forecourt, {})
    const options = { now: NOW, print: quiet, signal: new AbortController().signal }
    expect(await loadDemoMarket(forecourt.payload, forecourt.settings, options)).toBe(false)
  })

  it('fills an empty catalog once, and takes back only what it created', async () => {
    const { payload } = forecourt
    expect(await loadDemoCatalog(payload)).toBe(demoCatalog.length)
    expect(await loadDemoCatalog(payload)).toBe(0)
    const years = await forecourt.anonymous.get('/api/catalog/years').expect(200)
    expect(years.body).toEqual({ years: expect.arrayContaining([2006, 2026]) })
    const { docs } = await payload.find({
      collection: 'engines',
      where: { name: { equals: '3.5L Turbo V6' } },
      overrideAccess: true,
    })
    expect(docs[0]).toMatchObject({ displacement: '3.5L', configuration: 'V6' })
    const option = { year: 2021, make: 'Own', model: 'Car', trim: 'Base' }
    const own = await payload.create({
      collection: 'vehicle-options',
      data: { ...option, engine: docs[0]?.id ?? null },
      overrideAccess: true,
    })
    expect(await removeDemoCatalog(payload)).toBe(demoCatalog.length)
    const left = await forecourt.sql(`select id, engine_id from vehicle_options`)
    expect(left.rows).toEqual([{ id: own.id, engine_id: docs[0]?.id }])
    expect((await forecourt.sql('select name from engines')).rows).toEqual([
      { name: '3.5L Turbo V6' },
    ])
    expect((await forecourt.sql('select type from transmissions')).rows).toEqual([])
    expect(await loadDemoCatalog(payload)).toBe(0)
  })

  it('is removed without a row that somebody else made, and does not come back', async () => {
    const own = await saveCar(forecourt.payload)
    expect(await unloadDemo(forecourt.payload)).toEqual({
      cars: demoCars.length - 1,
      submissions: 3,
      photos: 3,
      competitors: 0,
      options: 0,
      owners: 0,
      vehicles: 0,
    })
    const { docs } = await forecourt.payload.find({ collection: 'inventory', overrideAccess: true })
    expect(docs.map(({ id }) => id)).toEqual([own.id])
    await forecourt.payload.delete({ collection: 'inventory', id: own.id, overrideAccess: true })
    expect(await loadDemo(forecourt.payload, NOW)).toBe(0)
  })

  it.each([
    [{ DATABASE_URL: 'postgres://somewhere/else' }, 'DATABASE_URL is set'],
    [{ APP_ENV: 'production', PUBLIC_ORIGIN: 'https://cars.example.com' }, 'APP_ENV is production'],
  ])('is not removed where it cannot be the demo: %j', async (environment, why) => {
    const { code, output } = await runCommand('demo-reset', [], environment)
    expect(code).toBe(1)
    expect(output).toContain(why)
  })
})
