import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { waitForNotifications } from '../support/notifications.ts'
import { findRedis, openRedis, type RedisPeer } from '../support/redis-peer.ts'
import { waitUntil } from '../support/work.ts'

const there = findRedis()
const STORES = there ? (['memory', 'Redis'] as const) : (['memory'] as const)

describe.each(STORES)('the lists of the catalog, cached in %s', (store) => {
  let peer: RedisPeer | undefined
  let forecourt: TestForecourt
  let admin: Api
  let engine: number
  let transmission: number
  beforeAll(async () => {
    if (store === 'Redis') peer = await openRedis()
    forecourt = await openForecourt(peer ? { REDIS_URL: peer.url } : {})
    admin = await forecourt.as('admin')
    engine = await save('engines', { name: '2.0L Turbo I4' })
    transmission = await save('transmissions', { type: '10-speed automatic' })
    const other = await save('engines', { name: '1.5L Turbo I4' })
    await save('vehicle-options', { ...accord, engine, transmission })
    await save('vehicle-options', { ...accord, engine: other, transmission: null })
    await save('vehicle-options', { ...accord, trim: 'lx' })
    await save('vehicle-options', { ...accord, model: 'Civic', trim: 'Si' })
    await save('vehicle-options', { ...accord, make: 'Acura', model: 'TLX', trim: 'Base' })
    await save('vehicle-options', { ...accord, year: 1999, trim: 'DX' })
  })
  afterAll(async () => {
    await forecourt.close()
    await peer?.kill()
  })

  const accord = { year: 2021, make: 'Honda', model: 'Accord', trim: 'Sport' }
  const save = async (collection: string, about: object): Promise<number> =>
    (await admin.post(`/api/${collection}`).send(about).expect(201)).body.doc.id
  const list = async (name: string, query: object = {}) => {
    const { body } = await forecourt.anonymous.get(`/api/catalog/${name}`).query(query).expect(200)
    return body[name] as unknown[]
  }
  /** Changes rows without telling anyone. */
  const changeSilently = (statement: string) =>
    forecourt.ownerSql(`begin; alter table vehicle_options disable trigger user; ${statement};
      alter table vehicle_options enable trigger user; commit`)

  it('are narrowed by the choices before them', async () => {
    const { year, make, model, trim } = accord
    expect(await list('years')).toEqual([2021, 1999])
    expect(await list('makes', { year })).toEqual(['Acura', 'Honda'])
    expect(await list('models', { year, make })).toEqual(['Accord', 'Civic'])
    expect(await list('trims', { year, make, model })).toEqual(['lx', 'Sport'])
    const engines = await list('engines', { year, make, model, trim })
    expect(engines.map((one) => (one as { name: string }).name)).toEqual([
      '1.5L Turbo I4',
      '2.0L Turbo I4',
    ])
    expect(engines).toContainEqual({ id: engine, name: '2.0L Turbo I4' })
    const automatic = [{ id: transmission, type: '10-speed automatic' }]
    const among = { year, make, model, trim }
    expect(await list('transmissions', among)).toEqual(automatic)
    expect(await list('transmissions', { ...among, engine: '2.0l turbo i4' })).toEqual(automatic)
    expect(await list('transmissions', { ...among, engine: '1.5L Turbo I4' })).toEqual([])
    expect(await list('transmissions', { ...among, engine: 'Diesel' })).toEqual([])
  })

  it('take choices in any case, and are empty for one that the catalog does not have', async () => {
    expect(await list('models', { year: 2021, make: ' HONDA ' })).toEqual(['Accord', 'Civic'])
    expect(await list('trims', { year: 2021, make: 'honda', model: 'ACCORD' })).toHaveLength(2)
    expect(await list('models', { year: 2021, make: 'Hond' })).toEqual([])
    expect(await list('makes', { year: 2020 })).toEqual([])
  })

  it('have what the catalog lists under every spelling of a choice', async () => {
    await save('vehicle-options', { ...accord, year: 2001, make: 'Acme', model: 'One' })
    await save('vehicle-options', { ...accord, year: 2001, make: 'ACME', model: 'Two' })
    for (const make of ['Acme', 'ACME', 'acme'])
      expect(await list('models', { year: 2001, make })).toEqual(['One', 'Two'])
    expect(await list('trims', { year: 2001, make: 'Acme', model: 'Two' })).toEqual(['Sport'])
    await forecourt.sql('delete from vehicle_options where year = 2001')
  })

  it('refuse a request without a choice before them, with the way out', async () => {
    const refused = await forecourt.anonymous
      .get('/api/catalog/trims')
      .query({ year: 2021, model: 'Accord' })
      .expect(400)
    expect(refused.text).toContain('make is missing in the URL. Send every choice')
    expect(refused.text).toContain('/api/catalog/trims?year=2021&make=Honda&model=Accord')
    await forecourt.anonymous.get('/api/catalog/makes?year=MMXXI').expect(400)
    await forecourt.anonymous.get('/api/catalog/makes?year=2021&color=red').expect(400)
    await forecourt.anonymous.get('/api/catalog/makes?year=2021&year=2022').expect(400)
    await forecourt.anonymous.get('/api/catalog/models?year=2021&make=%00').expect(400)
  })

  it('are answered from the cache until the catalog changes, whoever changes it', async () => {
    const models = () => list('models', { year: 2021, make: 'Honda' })
    await waitForNotifications(forecourt)
    expect(await models()).toEqual(['Accord', 'Civic'])
    await changeSilently(`update vehicle_options set model = 'Prelude' where model = 'Civic'`)
    expect(await models()).toEqual(['Accord', 'Civic'])
    expect(await list('models', { year: 2021, make: 'hONDA' })).toEqual(['Accord', 'Civic'])
    await save('vehicle-options', { ...accord, model: 'Pilot' })
    expect(await models()).toEqual(['Accord', 'Pilot', 'Prelude'])
    await forecourt.sql(`update vehicle_options set model = 'Civic' where model = 'Prelude'`)
    await waitUntil(async () => (await models()).includes('Civic'), 'the change is told')
    await forecourt.sql(`delete from vehicle_options where model = 'Pilot'`)
    await waitUntil(async () => (await models()).length === 2, 'the deletion is told')
  })

  it('show the new name of an engine at once', async () => {
    const names = async () =>
      (await list('engines', accord)).map((one) => (one as { name: string }).name)
    expect(await names()).toContain('2.0L Turbo I4')
    await admin.patch(`/api/engines/${engine}`).send({ name: '2.0T' }).expect(200)
    expect(await names()).toContain('2.0T')
    await admin.patch(`/api/engines/${engine}`).send({ name: '2.0L Turbo I4' }).expect(200)
  })

  if (store === 'Redis')
    it('are at the documented keys for six hours, and a name that nobody has is not', async () => {
      await list('years')
      await list('models', { year: 2021, make: 'Honda' })
      await list('models', { year: 2021, make: 'Nobody' })
      const redis = new Redis(peer?.url ?? '')
      try {
        const keys = (await redis.keys('dropdown:*')).sort()
        expect(keys).toContain('dropdown:years:all')
        expect(keys).toContain('dropdown:models:year=2021&make=honda')
        expect(keys.filter((key) => key.includes('nobody'))).toEqual([])
        const seconds = await redis.ttl('dropdown:models:year=2021&make=honda')
        expect(seconds).toBeGreaterThan(21_500)
        expect(seconds).toBeLessThanOrEqual(21_600)
      } finally {
        redis.disconnect()
      }
    })
})
