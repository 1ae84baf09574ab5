import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { saveCar, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
beforeEach(async () => {
  await forecourt.payload.delete({ collection: 'inventory', where: {}, overrideAccess: true })
  for (const make of ['One', 'Two', 'Three']) await saveCar(forecourt.payload, { make })
})
afterAll(() => forecourt.close())

const cars = async () =>
  (await forecourt.payload.count({ collection: 'inventory', overrideAccess: true })).totalDocs

describe('a bulk change', () => {
  const VAGUE = [
    '',
    '?where=abc',
    '?where[or][0]=x',
    '?where[or][]=',
    '?where[and]=',
    '?where[status]=sold',
    '?where[make][]=x',
  ]

  it.each(VAGUE)('touches nothing when it does not say which rows: "%s"', async (query) => {
    await admin.delete(`/api/inventory${query}`).expect(400)
    await admin.patch(`/api/inventory${query}`).send({ featured: true }).expect(400)
    expect(await cars()).toBe(3)
    const featured = await forecourt.payload.count({
      collection: 'inventory',
      where: { featured: { equals: true } },
      overrideAccess: true,
    })
    expect(featured.totalDocs).toBe(0)
  })

  const LISTS = [
    '[status][not_equals][]=available',
    '[status][equals][]=available',
    '[year][not_equals][]=2021',
    '[id][not_equals][]=x',
  ]
  const BLANKS = [
    '[createdBy][in]=,',
    '[createdBy][in]=',
    '[id][not_in][]=',
    '[createdBy][not_in][]=',
    '[id][not_in]=,',
    '[make][in][]=%20',
    '[make][like]=%20',
    '[make][not_like]=%20',
    '[make][contains]=',
    '[make][not_equals]=%20',
    '[make][not_equals]=%E3%80%80',
    '[id][not_equals]=%20',
    '[make][exists]=',
    '[make][greater_than]=',
    '[or][0][make][in]=One,',
  ]
  const NAMES = [
    '[toString][equals]=x',
    '[constructor][equals]=x',
    '[__proto__][equals]=x',
    '[make][toString]=x',
    '[make][%74oString]=x',
  ]

  it('changes nothing by a value that is not one', async () => {
    const statuses: [string, number, number][] = []
    for (const condition of [...LISTS, ...BLANKS, ...NAMES]) {
      const path = `/api/inventory?where[year][exists]=true&where${condition}`
      const changed = await admin.patch(path).send({ featured: true })
      const alone = await admin.delete(`/api/inventory?where${condition}`)
      statuses.push([condition, changed.status, alone.status])
    }
    expect(statuses.filter(([, ...answers]) => answers.some((status) => status !== 400))).toEqual(
      [],
    )
    const { body } = await admin.get('/api/inventory?where[featured][equals]=false').expect(200)
    expect(body.totalDocs).toBe(3)
  })

  it('changes the rows without a value where null is spelled out', async () => {
    const { body } = await admin
      .patch('/api/inventory?where[createdBy][in]=null')
      .send({ featured: true })
      .expect(200)
    expect(body.message).toBe('3 updated.')
  })

  it('has the order of a list', async () => {
    const send = (sort: string) =>
      admin
        .patch(`/api/inventory?where[year][exists]=true&limit=1&sort=${sort}`)
        .send({ featured: true })
    expect((await send('%20make').expect(200)).body.docs[0].make).toBe('One')
    expect((await send('-year,%20-make').expect(200)).body.docs[0].make).toBe('Two')
    for (const sort of ['[a]=make', '=make,,year', '=toString'])
      await admin.patch(`/api/inventory?where[year][exists]=true&sort${sort}`).send({}).expect(400)
  })

  it('changes the rows that fit, and no other', async () => {
    const { body } = await admin
      .patch('/api/inventory?where[make][in]=One,Two')
      .send({ featured: true })
      .expect(200)
    expect(body).toMatchObject({ errors: [], message: '2 updated.' })
    await admin.delete('/api/inventory?where[featured][equals]=true').expect(200)
    expect(await cars()).toBe(1)
  })

  it('tells which rows it did not change, and why', async () => {
    const { body } = await admin
      .patch('/api/inventory?where[make][exists]=true')
      .send({ stockNumber: 'SAME' })
      .expect(400)
    expect(body.docs).toHaveLength(1)
    expect(body.errors).toHaveLength(2)
    expect(body.errors[0].message).toContain('Stock Number SAME is already on')
  })

  it('is refused beyond a hundred rows before any is touched', async () => {
    for (let more = 0; more < 98; more++) await saveCar(forecourt.payload)
    const { body } = await admin.delete('/api/inventory?where[year][exists]=true').expect(400)
    expect(body.errors[0].message).toContain('101 rows match')
    expect(await cars()).toBe(101)
  })
})

describe('a query that cannot be understood', () => {
  const BAD = [
    'where=abc',
    'where[price][near]=1,2,3',
    'where=null',
    'where={}',
    'where=%20null',
    'where[and][]=',
    'where[or][]=',
    'where[toString][equals]=x',
    'where[make][constructor]=x',
    'where[__proto__]=x',
    'select[toString]=true',
    'joins[valueOf]=x',
    'where[make][not_equals]=%FF',
    'where[make][not_equals]=%C3',
    'where[%FF][equals]=x',
    'sort=make%ED%A0%80',
    'where[make][equals][]=One',
    'where[make][in]=One,',
    'where[make][in]=',
    'where[year][in]=2021,,2022',
    'where[make][less_than]=',
    'where[createdAt][equals][]=2026-01-01T00:00:00Z',
    'sort[a]=price',
    'sort=price,,make',
    'sort[]=price&sort[]=',
  ]
  it('is a 400, not an error of ours', async () => {
    const statuses: [string, number[]][] = []
    for (const query of BAD) {
      const paths = [
        `/api/inventory?${query}`,
        ...(query.startsWith('where') ? [`/api/inventory/count?${query}`] : []),
      ]
      const answers: number[] = []
      for (const path of paths)
        for (const api of [forecourt.anonymous, admin]) answers.push((await api.get(path)).status)
      statuses.push([query, answers])
    }
    expect(statuses.filter(([, answers]) => answers.some((status) => status !== 400))).toEqual([])
  })
})

describe('a parameter', () => {
  it('that an endpoint does not take is a 400, as is one that is repeated or a list', async () => {
    const { id } = await saveCar(forecourt.payload)
    const own = ['jobs', 'jobs/runs', 'market/overview', `inventory/${id}/market`]
    const gets = own.flatMap((path) => [
      `${path}?bogus=1`,
      `${path}?limit[]=5`,
      `${path}?hours=5&hours=7`,
    ])
    const joins = [
      '[count]=yes',
      '[limit]=1&joins[fuelLogs][limit]=2',
      '[sort][a]=x',
      '[limit][]=1',
      '=perhaps',
    ]
    const statuses: [string, number][] = []
    for (const path of [...gets, ...joins.map((join) => `vehicles?joins[fuelLogs]${join}`)])
      statuses.push([path, (await admin.get(`/api/${path}`)).status])
    for (const path of [
      `inventory/${id}/duplicate`,
      'jobs/prune-sessions/run',
      'users/refresh-token',
    ])
      statuses.push([path, (await admin.post(`/api/${path}?bogus=1`).send({})).status])
    expect(statuses.filter(([, status]) => status !== 400)).toEqual([])
    await admin.get('/api/jobs?locale=en').expect(200)
  })

  it('that names joins is obeyed beside a select', async () => {
    await saveVehicle(forecourt.payload, (await forecourt.asOwner()).subject)
    const { body } = await admin
      .get('/api/vehicles?select[make]=true&joins[fuelLogs][limit]=1')
      .expect(200)
    expect(Object.keys(body.docs[0]).sort()).toEqual(['fuelLogs', 'id', 'make'])
  })
})

describe('a query in the body', () => {
  const ask = (body: string | Buffer, header = 'x-payload-http-method-override') =>
    admin
      .post('/api/inventory')
      .set({ [header]: 'GET', 'content-type': 'application/x-www-form-urlencoded' })
      .send(body)

  it('is read as one in the address', async () => {
    for (const header of ['x-http-method-override', 'x-payload-http-method-override'])
      expect((await ask('where[make][in]=One,Two', header).expect(200)).body.totalDocs).toBe(2)
  })

  it('is a 400 where that would be', async () => {
    for (const query of [
      'where[make][not_equals]=%FF',
      'where[toString][equals]=x',
      'sort[a]=price',
      'where=null',
      'where={}',
    ])
      for (const header of ['x-http-method-override', 'x-payload-http-method-override'])
        await ask(query, header).expect(400)
  })

  it('is a 400 with more parameters or brackets than one in the address may have', async () => {
    const { body } = await ask(`${'limit=1&'.repeat(500)}limit=1`).expect(400)
    expect(body.errors[0].message).toBe('The query has more than 500 parameters.')
    await ask(`where${'[and][0]'.repeat(7)}[make][equals]=One`).expect(400)
  })
})

describe('an answer to somebody who is signed in', () => {
  it.each(['/api/inventory?depth=1', '/api/media', '/api/users/me'])(
    'is kept by no cache that others use: %s',
    async (path) => {
      const { headers } = await admin.get(path).expect(200)
      expect(headers['cache-control']).toBe('no-store')
      expect(headers['vary']).toContain('Authorization')
    },
  )
})
