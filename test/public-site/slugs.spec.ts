import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let manager: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
})
afterAll(() => forecourt.close())

const FACTS = { year: 2019, make: 'Honda', model: 'CR-V', trim: 'EX-L' }
const loadSlug = async (id: string): Promise<string> =>
  (await manager.get(`/api/inventory/${id}`).expect(200)).body.slug
const getBySlug = (slug: string, api = forecourt.anonymous) =>
  api.get(`/api/inventory/by-slug/${slug}`)

describe('the slug of a car', () => {
  it('has its facts and the end of its id', async () => {
    const { id, slug } = await saveCar(forecourt.payload, FACTS)
    expect(slug).toBe(`2019-honda-cr-v-ex-l-${id.replaceAll('-', '').slice(-8)}`)
  })

  it.each([
    [{ ...FACTS, make: 'Citroën', model: 'C’est la vie', trim: null }, '2019-citroen-cest-la-vie-'],
    [{ ...FACTS, make: '本田', model: '— / —', trim: '  ' }, '2019-'],
    [{ ...FACTS, model: 'x'.repeat(100), trim: 'y' }, `2019-honda-${'x'.repeat(69)}-`],
  ])('of %j begins with %s', async (facts, beginning) => {
    const { slug } = await saveCar(forecourt.payload, facts)
    expect(slug).toMatch(new RegExp(`^${beginning}[0-9a-f]{8}$`))
  })

  it('does not change with the facts, nor by request, nor by SQL', async () => {
    const { id, slug } = await saveCar(forecourt.payload, FACTS)
    await manager.patch(`/api/inventory/${id}`).send({ make: 'Acura', slug: 'mine' }).expect(200)
    await forecourt.sql(`update inventory set slug = 'mine', model = 'MDX' where id = $1`, [id])
    await forecourt.sql(`update inventory set slug = null where id = $1`, [id])
    expect(await loadSlug(id)).toBe(slug)
  })

  it('of a copy is its own', async () => {
    const { id, slug } = await saveCar(forecourt.payload, FACTS)
    const { body } = await manager.post(`/api/inventory/${id}/duplicate`).expect(200)
    expect(body.doc.slug).toMatch(/^2019-honda-cr-v-ex-l-[0-9a-f]{8}$/)
    expect(body.doc.slug).not.toBe(slug)
  })

  it('is there for a car that SQL inserted, and longer where another car has the short one', async () => {
    const insert = async (id: string) => {
      const { rows } = await forecourt.sql(
        `insert into inventory (id, vin, year, make, model, mileage, price)
          values ($1, '', 2020, 'Kia', 'Soul', 1, 1) returning slug`,
        [id],
      )
      return rows[0]?.slug
    }
    expect(await insert('00000000-0000-4000-8000-0000abcd1234')).toBe('2020-kia-soul-abcd1234')
    expect(await insert('00000000-0000-4000-9999-0000abcd1234')).toBe(
      '2020-kia-soul-99990000abcd1234',
    )
  })
})

describe('GET /api/inventory/by-slug/:slug', () => {
  it('answers what the id answers, and keeps it until the car changes', async () => {
    const { id, slug } = await saveCar(forecourt.payload, FACTS)
    const byId = await forecourt.anonymous.get(`/api/inventory/${id}`).expect(200)
    const bySlug = await getBySlug(slug ?? '').expect(200)
    expect(bySlug.text).toBe(byId.text)
    expect(bySlug.headers).toMatchObject({
      'cache-control': byId.headers['cache-control'],
      'content-type': byId.headers['content-type'],
    })
    const etag = String(bySlug.headers['etag'])
    await getBySlug(slug ?? '')
      .set('if-none-match', etag)
      .expect(304)
    await manager.patch(`/api/inventory/${id}`).send({ price: 1_000 }).expect(200)
    const changed = await getBySlug(slug ?? '')
      .set('if-none-match', etag)
      .expect(200)
    expect(changed.body.price).toBe(1_000)
  })

  it('knows neither a car that is not for sale nor another slug', async () => {
    const { id, slug } = await saveCar(forecourt.payload, FACTS)
    await manager.patch(`/api/inventory/${id}`).send({ status: 'hold' }).expect(200)
    await getBySlug(slug ?? '').expect(404)
    await getBySlug(slug ?? '', manager).expect(404)
    await getBySlug('2019-honda').expect(404)
    await getBySlug('2019%27%22--').expect(404)
  })
})
