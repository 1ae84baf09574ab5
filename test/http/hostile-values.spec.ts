import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { aCar, anyVin } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let manager: Api
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt()
  ;[manager, owner] = await Promise.all([forecourt.as('manager'), forecourt.asOwner()])
})
afterAll(() => forecourt.close())

const sendTo = (api: Api, path: string, body: string) =>
  api.post(path).set('content-type', 'application/json').send(body)

describe('a VIN that is made to look like another', () => {
  const VIN = anyVin()
  const at = (i: number, character: string) => VIN.slice(0, i) + character + VIN.slice(i + 1)
  const LOOK_ALIKES: [string, string][] = [
    ['a Cyrillic Н', at(1, 'Н')],
    ['a Greek Η', at(1, 'Η')],
    ['a mathematical H', at(1, '𝐇')],
    ['a circled 1', at(0, '①')],
    ['a Roman numeral', at(4, 'Ⅴ')],
    ['an Arabic digit', at(0, '١')],
    ['a Devanagari digit', at(0, '१')],
    ['a superscript', at(0, '¹')],
    ['a combining accent', `${VIN.slice(0, 16)}\u0301`],
    ['a dotless i', at(5, 'ı')],
    ['a long s', at(5, 'ſ')],
    ['a Kelvin sign', at(5, 'K')],
    ['the letter I', at(5, 'I')],
    ['the letter O', at(5, 'O')],
    ['the letter Q', at(5, 'Q')],
    ['a NUL', at(5, '\0')],
    ['a line feed within', `${VIN.slice(0, 8)}\n${VIN.slice(9)}`],
    ['SQL', `${VIN.slice(0, 12)}' OR1`],
    ['an emoji', at(5, '🚗')],
    ['half an emoji', at(5, '\ud83d')],
    ['a mirrored order', `\u202e${at(5, '\u0627')}`],
  ]

  it.each(LOOK_ALIKES)('is refused at its field: %s', async (_name, vin) => {
    for (const [api, path] of [
      [manager, '/api/inventory'],
      [owner.api, '/api/vehicles'],
    ] as const) {
      const { status, body } = await api.post(path).send({ ...aCar(), vin })
      expect({ status, at: body.errors[0].data.errors[0].path }).toEqual({ status: 400, at: 'vin' })
    }
  })

  it.each([
    ['small letters', VIN.toLowerCase()],
    ['spaces and dashes', `${VIN.slice(0, 3)} ${VIN.slice(3, 9)}-${VIN.slice(9)}`],
    ['invisible characters', `\u200b${VIN.slice(0, 9)}\u2060${VIN.slice(9)}\u200e`],
  ])('is one and the same however it is written: %s', async (_name, vin) => {
    await owner.api.post('/api/vehicles').send({ vin: VIN })
    const { body } = await owner.api.post('/api/vehicles').send({ vin }).expect(400)
    expect(body.errors[0].message).toContain(`VIN ${VIN} is already on`)
  })

  it.each(['vin', 'licensePlate'])(
    'is refused quickly when it is a megabyte: %s',
    async (field) => {
      for (const character of ['A', ' ', '\\u00a0', '\\ufdfa', '-']) {
        const length = character.length === 1 ? 900_000 : 150_000
        const { status } = await sendTo(
          owner.api,
          '/api/vehicles',
          `{"${field}":"${character.repeat(length)}"}`,
        )
        expect(status).toBe(400)
      }
    },
  )

  it.each([
    "'; drop table vehicles",
    '\0',
    'A\0B',
    '<script>',
    '{"a":1}',
    '../..',
    'ＡＢ%00',
    '=1+1',
    '\u202eAB',
    'A'.repeat(21),
  ])('is no license plate: %j', async (licensePlate) => {
    const { status, body } = await owner.api.post('/api/vehicles').send({ licensePlate })
    expect({ status, at: body.errors[0].data.errors[0].path }).toEqual({
      status: 400,
      at: 'licensePlate',
    })
  })
})

describe('a name that every object has', () => {
  const polluted = () => ({}) as Record<string, unknown>
  const untouched = () => {
    expect(polluted()['polluted']).toBeUndefined()
    expect(polluted()['isAdmin']).toBeUndefined()
    expect(Object.keys(Object.prototype)).toEqual([])
    expect(Object.hasOwn(Function.prototype, 'polluted')).toBe(false)
  }
  beforeEach(untouched)
  afterEach(untouched)

  const RESULT = '{"polluted":true,"isAdmin":true}'
  const BODIES = [
    `{"__proto__":${RESULT},"vin":"","make":"A"}`,
    `{"constructor":{"prototype":${RESULT}}}`,
    `{"features":{"__proto__":${RESULT}}}`,
    `{"__proto__":{"__proto__":${RESULT}},"prototype":${RESULT}}`,
    `{"where":{"__proto__":${RESULT}},"toString":${RESULT},"valueOf":1,"hasOwnProperty":1}`,
  ]

  it.each(BODIES)('is nothing in a body: %s', async (body) => {
    for (const [api, path] of [
      [manager, '/api/inventory'],
      [owner.api, '/api/vehicles'],
      [owner.api, '/api/documents'],
      [forecourt.anonymous, '/api/users/login'],
      [forecourt.anonymous, '/api/graphql'],
    ] as const)
      expect([400, 401, 404]).toContain((await sendTo(api, path, body)).status)
    const form = await manager.post('/api/inventory').field('_payload', body)
    expect(form.status).toBe(400)
  })

  it.each([
    '__proto__',
    'constructor',
    'constructor.prototype',
    'toString',
    'hasOwnProperty',
    '__proto__.polluted',
    'valueOf',
  ])('is nothing in a question: %s', async (name) => {
    const spread = name
      .split('.')
      .map((part) => `[${part}]`)
      .join('')
    for (const query of [
      `where[${name}][equals]=1`,
      `where[make][${name}]=1`,
      `where${spread}[polluted]=1`,
      `where[or][0]${spread}[polluted]=1`,
      `${name}[polluted]=1`,
      `sort=${name}`,
      `select${spread}[polluted]=true`,
      `select[${name}]=true`,
      `populate${spread}[polluted]=true`,
      `joins${spread}[polluted]=true`,
      `joins[${name}][limit]=1`,
      `${spread.slice(1)}=1`,
    ]) {
      const { status } = await forecourt.anonymous.get(`/api/inventory?${query}`)
      expect({ query, wrong: status >= 500 }).toEqual({ query, wrong: false })
      const vehicles = await owner.api.get(`/api/vehicles?${query}`)
      expect({ query, wrong: vehicles.status >= 500 }).toEqual({ query, wrong: false })
    }
  })

  it.each(['__proto__', 'constructor', 'constructor[prototype][polluted]', '__proto__[polluted]'])(
    'is nothing in the parts of a form: %s',
    async (name) => {
      const { status } = await manager
        .post('/api/media')
        .field(name, 'true')
        .field('_payload', BODIES[0] ?? '')
      expect(status).toBe(400)
      const file = await manager.post('/api/media').attach(name, Buffer.from('x'), '__proto__')
      expect([400, 415]).toContain(file.status)
    },
  )

  it('is nothing in the variables of GraphQL', async () => {
    const query = 'query ($where: Inventory_where) { Inventories(where: $where) { totalDocs } }'
    for (const variables of BODIES.map((body) => `{"where":${body}}`)) {
      const body = `{"query":${JSON.stringify(query)},"variables":${variables},"__proto__":${RESULT}}`
      expect((await sendTo(forecourt.anonymous, '/api/graphql', body)).status).toBeLessThan(500)
    }
  })

  it('is data where data may have any name', async () => {
    const vehicle = (
      await owner.api.post('/api/vehicles').send({ licensePlate: 'AB 1' }).expect(201)
    ).body.doc.id as string
    const paper =
      `{"vehicle":"${vehicle}","title":"A ` +
      `paper","documentType":"manual","details":{"__proto__":${RESULT},"constructor":1}}`
    const { body } = await sendTo(owner.api, '/api/documents', paper).expect(201)
    await owner.api.get(`/api/documents/${body.doc.id}`).expect(200)
  })
})
