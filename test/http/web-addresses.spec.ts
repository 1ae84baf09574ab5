import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { SanitizedCollectionConfig } from 'payload'
import { getCollectionTable, getFieldColumn } from '../../src/database/tables.ts'
import { saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

type Format = 'web-address' | 'email'
type Place = {
  slug: string
  name: string
  field: SanitizedCollectionConfig['flattenedFields'][number]
}

const isNamedLikeOne = (name: string) => /url$|website|homepage/i.test(name)

/** Every field that is declared as such an address, and every text whose name suggests one. */
const findFields = (format: Format): Place[] =>
  forecourt.payload.config.collections
    .filter(({ slug }) => !slug.startsWith('payload-'))
    .flatMap(({ slug, flattenedFields }) =>
      flattenedFields
        .filter(({ custom, type, name }) => {
          const byName = format === 'email' ? /e-?mail$/i.test(name) : isNamedLikeOne(name)
          return custom?.['format'] === format || (byName && (type === 'text' || type === 'email'))
        })
        .map((field) => ({ slug, name: field.name, field })),
    )

/**
 * Texts that no body sets: Payload makes the address of an upload, and the settings specify the
 * address of the terms.
 */
const BY_SERVER = ['media.url', 'media.thumbnailURL', 'terms-agreements.termsUrl']

const verdictOn = async (
  { field }: Place,
  value: string,
  previousValue?: string,
): Promise<unknown> => {
  const { validate } = field as { validate: (value: string, about: object) => unknown }
  const about = {
    ...field,
    previousValue,
    siblingData: {},
    data: {},
    req: { payload: forecourt.payload, t: (key: string) => key },
  }
  return await validate(value, about)
}

const findPlaces = (format: Format) =>
  findFields(format).filter(({ slug, name }) => !BY_SERVER.includes(`${slug}.${name}`))

describe('every field that holds a web address', () => {
  const BAD = [
    'https://x.example/\njavascript:',
    'https://a@b.example',
    'javascript:alert(1)',
    'https://x.example/a b',
    'x.example',
  ]

  it('takes http(s) in one line without a user, and nothing else', async () => {
    expect(findPlaces('web-address').length).toBeGreaterThanOrEqual(7)
    for (const place of findPlaces('web-address')) {
      expect([place, await verdictOn(place, 'https://x.example/a?b=c')]).toEqual([place, true])
      for (const value of BAD)
        expect([place.slug, place.name, value, await verdictOn(place, value)]).not.toContain(true)
      expect(await verdictOn(place, `https://x.example/${'a'.repeat(500)}`)).toContain(
        'must have at most',
      )
    }
  })

  it('keeps what it had before, and nothing like it', async () => {
    for (const place of findPlaces('web-address')) {
      expect(await verdictOn(place, 'https://a@b.example', 'https://a@b.example')).toBe(true)
      expect(await verdictOn(place, 'https://a@c.example', 'https://a@b.example')).not.toBe(true)
    }
  })
})

describe('every field that holds an e-mail address', () => {
  const BAD = [
    '%0d%0a@x.example',
    'ann\n@x.example',
    'ann',
    'Ann <ann@x.example>',
    'ann@x.example, eve@x.example',
    'ann@x',
  ]

  it('takes one address that a mail can go to, and nothing else', async () => {
    expect(findPlaces('email').length).toBeGreaterThanOrEqual(5)
    for (const place of findPlaces('email')) {
      expect([place.slug, place.name, await verdictOn(place, 'ann@x.example')]).toContain(true)
      for (const value of BAD)
        expect([place.slug, place.name, value, await verdictOn(place, value)]).not.toContain(true)
      expect(await verdictOn(place, '%0d%0a@x.example', '%0d%0a@x.example')).toBe(true)
    }
  })
})

describe('a row with a web address from before the rule', () => {
  it('can still be saved when the address is not touched, over REST and GraphQL', async () => {
    const { id } = await saveCar(forecourt.payload)
    const bad = 'https://a@b.example'
    const { name: table } = getCollectionTable(forecourt.payload, 'inventory')
    await forecourt.sql(
      `update ${table} set ${getFieldColumn(forecourt.payload, table, 'carfaxUrl')} = $1
        ` + 'where id = $2',
      [bad, id],
    )
    await forecourt.sql(`update ${table} set images = $1 where id = $2`, [
      JSON.stringify(['https://a@b.example/1.jpg']),
      id,
    ])
    const path = `/api/inventory/${id}`
    await admin.patch(path).send({ color: 'Red' }).expect(200)
    await admin
      .patch(path)
      .send({ carfaxUrl: bad, images: ['https://x.example/2.jpg', 'https://a@b.example/1.jpg'] })
      .expect(200)
    await admin.patch(path).send({ carfaxUrl: 'https://a@c.example' }).expect(400)
    await admin
      .patch(path)
      .send({ images: ['https://a@b.example/2.jpg'] })
      .expect(400)
    const change = (data: string) =>
      admin
        .post('/api/graphql')
        .send({ query: `mutation { updateInventory(id: "${id}", data: { ${data} }) { id } }` })
    expect((await change('mileage: 40000')).body.errors).toBeUndefined()
    expect(
      (await change(String.raw`carfaxUrl: "https://x.example/\njavascript:"`)).body.errors[0]
        .message,
    ).toContain('CARFAX report')
  })
})
