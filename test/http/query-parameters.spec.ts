import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aFuelLog, saveCar, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let manager: Api
let admin: Api
let owner: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
  manager = await forecourt.as('manager')
  admin = await forecourt.as('admin')
  owner = await forecourt.asOwner()
  for (let i = 0; i < 4; i++)
    await saveCar(forecourt.payload, {
      make: 'Volvo',
      model: `V${i}`,
      trim: i < 2 ? '100% electric' : '100 x electric',
      price: 20_000 + i,
    })
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
  for (const notes of ['a_b', 'aXb'])
    await owner.api.post('/api/fuel-logs').send(aFuelLog(vehicle, { notes })).expect(201)
})
afterAll(() => forecourt.close())

describe('a parameter that a request does not take', () => {
  it.each([
    ['GET', '/api/inventory?limt=5', 'limt'],
    ['GET', '/api/inventory?filter[make][equals]=Volvo', 'filter'],
    ['GET', '/api/inventory?make=Volvo', 'make'],
    ['GET', '/api/inventory?data=1', 'data'],
    ['GET', '/api/inventory/count?limit=5', 'limit'],
    ['GET', '/api/inventory/00000000-0000-4000-8000-000000000000?where[make][equals]=x', 'where'],
    ['GET', '/api/vehicles?__proto__[x]=1', '__proto__'],
    ['POST', '/api/inventory?dryRun=true', 'dryRun'],
    ['PATCH', '/api/inventory?where[make][equals]=Nobody&page=2', 'page'],
    ['DELETE', '/api/inventory?where[make][equals]=Nobody&max=1', 'max'],
  ] as const)('is a 400 that names it: %s %s', async (method, path, name) => {
    const send = admin[method.toLowerCase() as Lowercase<typeof method>](path)
    const answer = await (method === 'GET' || method === 'DELETE' ? send : send.send({ doors: 3 }))
    expect([answer.status, answer.text]).toEqual([400, expect.stringContaining(`\\"${name}\\"`)])
  })

  it.each([
    'draft=false',
    'locale=en',
    'fallback-locale=null',
    'autosave=false',
    'limit=&page=&sort=&select=&depth=',
  ])('is none of those that the panel and the SDK send: %s', async (query) => {
    const { body } = await manager.get(`/api/inventory?${query}`).expect(200)
    expect(body.docs).toHaveLength(4)
  })

  it.each([
    'limit=many',
    'limit=5.9',
    'limit=-1',
    'limit=1e3',
    'page=x',
    'page=-3',
    'depth=NaN',
    'trash=1',
    'pagination=no',
    'limit=1&limit=2',
    'limit[]=5',
  ])('and a value that would be passed over are a 400: %s', async (query) => {
    await manager.get(`/api/inventory?${query}`).expect(400)
  })

  it('reaches a POST that stands for a GET, too', async () => {
    const post = (body: string) =>
      manager
        .post('/api/inventory')
        .set({
          'x-payload-http-method-override': 'GET',
          'content-type': 'application/x-www-form-urlencoded',
        })
        .send(body)
    expect((await post('limit=2').expect(200)).body.docs).toHaveLength(2)
    await post('limt=2').expect(400)
  })
})

describe('select', () => {
  const keysOf = async (query: string) =>
    Object.keys(
      (await manager.get(`/api/inventory?limit=1&${query}`).expect(200)).body.docs[0],
    ).sort()

  it('names the columns to answer, or those to leave out', async () => {
    expect(await keysOf('select[make]=true')).toEqual(['id', 'make'])
    expect(await keysOf('select[features]=false')).toEqual(
      (await keysOf('')).filter((name) => name !== 'features'),
    )
  })

  it.each([
    'select=title,make',
    'select[]=make',
    'select[0]=make',
    'select[make]=1',
    'select[make]=True',
    'select[make]=',
    'select[make]=true&select[features]=false',
    'select[makes]=true',
    'select[make][name]=true',
    'select[id]=false',
    'populate=make',
    'populate[users]=true',
    'populate[nothing][name]=true',
    'populate[users][nothing]=true',
  ])('is a 400 in every other spelling: %s', async (query) => {
    await manager.get(`/api/inventory?${query}`).expect(400)
    const { body } = await manager.get('/api/inventory?limit=1').expect(200)
    await manager.get(`/api/inventory/${body.docs[0].id}?${query}`).expect(400)
  })
})

describe('joins', () => {
  it('are those that are named, and no others', async () => {
    const { body } = await owner.api
      .get(`/api/vehicles/${vehicle}?joins[fuelLogs][limit]=1`)
      .expect(200)
    expect(Object.keys(body).filter((name) => /Logs|Schedules|documents/.test(name))).toEqual([
      'fuelLogs',
    ])
    expect(
      Object.keys((await owner.api.get(`/api/vehicles/${vehicle}?joins=false`).expect(200)).body),
    ).not.toContain('fuelLogs')
  })

  it('are filtered literally', async () => {
    const { body } = await owner.api
      .get(`/api/vehicles/${vehicle}?depth=1&joins[fuelLogs][where][notes][contains]=a_b`)
      .expect(200)
    expect(body.fuelLogs.docs).toHaveLength(1)
  })

  const malformed = [
    'joins[wings][limit]=1',
    'joins[fuelLogs][limit]=many',
    'joins[fuelLogs][offset]=3',
    'joins[fuelLogs][page]=1000000',
  ]
  it.each(malformed)('are a 400 where they mean nothing: %s', async (query) => {
    await owner.api.get(`/api/vehicles/${vehicle}?${query}`).expect(400)
  })
})

describe('a filter', () => {
  const count = async (query: string) =>
    (await manager.get(`/api/inventory/count?${query}`).expect(200)).body.totalDocs as number

  it('takes % and _ literally', async () => {
    expect(await count('where[trim][contains]=100%25 e')).toBe(2)
    expect(await count('where[trim][like]=100%25')).toBe(2)
    expect(await count('where[trim][contains]=_')).toBe(0)
    expect(await count('where[trim][contains]=%5C')).toBe(0)
  })

  it('keeps every condition on one column, and an and beside an or', async () => {
    expect(await count('where[model][like]=V&where[model][not_equals]=V1')).toBe(3)
    expect(
      await count(
        'where[and][0][model][equals]=V1&where[or][0][make][equals]=Volvo&where[or][1][make][equals]=Saab',
      ),
    ).toBe(1)
  })

  it('has one "no value", as the SDK sends it too', async () => {
    for (const value of ['null', ''])
      expect(await count(`where[createdBy][equals]=${value}`)).toBe(4)
    expect(await count('where[createdBy][exists]=false')).toBe(4)
    expect(await count('where[warranty][not_in][]=x')).toBe(4)
    expect(await count('where[warranty][in][]=')).toBe(0)
  })

  it.each(['undefined', 'x', '%', '0'])(
    'by an id that is not one is a 400 in both APIs: %s',
    async (value) => {
      for (const operator of ['equals', 'not_equals', 'in', 'not_in', 'like', 'contains'])
        await manager
          .get(`/api/inventory?where[createdBy][${operator}]=${encodeURIComponent(value)}`)
          .expect(400)
      const { data, errors } = await queryGraphql(
        manager,
        `{ Inventories(where: { createdBy: { equals: "${value}" } }) { totalDocs } }`,
      )
      expect([data?.['Inventories'], errors?.length]).toEqual([null, 1])
    },
  )
})

const countCars = async () =>
  (await manager.get('/api/inventory/count').expect(200)).body.totalDocs as number

describe('a bulk change', () => {
  it.each(['undefined', '', 'x'])('by an id that is not one changes nothing: %j', async (value) => {
    for (const operator of ['equals', 'like', 'not_in']) {
      await admin.delete(`/api/inventory?where[createdBy][${operator}]=${value}`).expect(400)
      await admin
        .patch(`/api/inventory?where[createdBy][${operator}]=${value}`)
        .send({ doors: 3 })
        .expect(400)
    }
    expect(await countCars()).toBe(4)
  })

  it('changes as many rows as its limit, the first ones of its order', async () => {
    const { body } = await manager
      .patch('/api/inventory?where[make][equals]=Volvo&limit=2&sort=-price')
      .send({ doors: 3 })
      .expect(200)
    expect(body.docs.map(({ model }: { model: string }) => model)).toEqual(['V3', 'V2'])
    for (const limit of ['101', '-1', 'x'])
      await manager
        .patch(`/api/inventory?where[make][equals]=Volvo&limit=${limit}`)
        .send({})
        .expect(400)
    // as the panel sends it for all rows
    const all = '/api/inventory?limit=0&locale=en&where[id][not_equals]='
    expect((await manager.patch(all).send({ doors: 4 }).expect(200)).body.docs).toHaveLength(4)
    const deleted = await admin
      .delete('/api/inventory?where[make][equals]=Volvo&limit=1&sort=price')
      .expect(200)
    expect(deleted.body.docs.map(({ model }: { model: string }) => model)).toEqual(['V0'])
    expect(await countCars()).toBe(3)
  })
})
