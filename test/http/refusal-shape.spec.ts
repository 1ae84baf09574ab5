import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Field } from 'payload'
import { mapFields } from '../../src/fields/map-fields.ts'
import { aCar, saveCar } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let admin: Api
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt()
  ;[admin, owner] = await Promise.all([forecourt.as('admin'), forecourt.asOwner()])
})
afterAll(() => forecourt.close())

const anonymous = () => forecourt.anonymous
const slugs = () => forecourt.payload.config.collections.map(({ slug }) => slug as string)

type Labeled = {
  type: string
  name?: string
  label?: unknown
  required?: boolean
  defaultValue?: unknown
}

/**
 * The labels of the fields that a new row must have, by their names. What only the server writes is
 * refused by nobody's body.
 */
function labelsOfRequired(fields: readonly Field[]): Map<string, string> {
  const found = new Map<string, string>()
  mapFields(fields, (field) => {
    const { name = '', label, required, defaultValue } = field as Labeled
    const isWritten = !('access' in field) || field.access.create === undefined || name === 'userId'
    if (required && defaultValue === undefined && isWritten) found.set(name, String(label))
    return field
  })
  return found
}

describe('a refusal', () => {
  const SHAPE = { message: expect.any(String), code: expect.stringMatching(/^[a-z_]+$/) }

  it('has one shape, whoever refuses', async () => {
    const car = await saveCar(forecourt.payload)
    const refused = [
      ...slugs().flatMap((slug) => [
        anonymous().post(`/api/${slug}`).send({}),
        anonymous().patch(`/api/${slug}/x`).send({}),
        anonymous().get(`/api/${slug}/none`),
        admin.post(`/api/${slug}`).send({ id: 1, vin: 7 }),
        admin.get(`/api/${slug}?where[nope][equals]=1`),
        owner.api.delete(`/api/${slug}`),
      ]),
      anonymous().get('/api/jobs'),
      anonymous().get('/nothing'),
      anonymous().post('/api/graphql').send({}),
      anonymous().post('/api/graphql').set('content-type', 'text/plain').send('x'),
      anonymous().post('/api/inventory').set('content-type', 'application/json').send('{'),
      admin.post('/api/inventory').set('content-encoding', 'gzip').send({}),
      admin.patch(`/api/inventory/${car.id}`).set('if-match', '"x"').send({ price: 1 }),
      admin.get('/api/jobs/runs?hours=x'),
      owner.api.patch('/api/me').send({ displayName: 7 }),
    ]
    for (const { status, body, request } of await Promise.all(refused)) {
      if (status < 400) continue
      const about = `${request.method} ${request.url} ${status}`
      expect([about, Array.isArray(body.errors) && body.errors.length > 0]).toEqual([about, true])
      for (const error of body.errors) {
        expect(error).toMatchObject(SHAPE)
        expect([about, error.path === null || typeof error.path === 'string']).toEqual([
          about,
          true,
        ])
      }
    }
  })

  /** Tables that need one of two fields, which is refused before missing fields are. */
  const ONE_OF_TWO: Readonly<Record<string, object>> = {
    vehicles: { licensePlate: 'ABC 123' },
    'fuel-logs': { tripDistance: 100 },
  }

  it('names every required field by its label, in every table', async () => {
    const checked: string[] = []
    for (const { slug, fields } of forecourt.payload.config.collections.filter(
      (one) => !one.slug.startsWith('payload-'),
    )) {
      const labels = labelsOfRequired(fields)
      const { status, body } = await admin.post(`/api/${slug}`).send(ONE_OF_TWO[slug] ?? {})
      if (status !== 400) continue
      checked.push(slug)
      for (const { path, message } of body.errors as { path: string | null; message: string }[]) {
        const label = labels.get(path ?? '')
        if (label === undefined) continue
        expect([slug, path, message.slice(0, label.length)]).toEqual([slug, path, label])
        expect([slug, path, message]).toEqual([slug, path, expect.stringMatching(/^[^:]+?[ :]/)])
        labels.delete(path ?? '')
      }
      expect([slug, [...labels.keys()]]).toEqual([slug, []])
    }
    expect(checked).toEqual(
      expect.arrayContaining([
        'inventory',
        'vehicles',
        'fuel-logs',
        'competitors',
        'users',
        'backup-schedules',
      ]),
    )
  })

  it(
    'names a field by its label, with a message that is whole, over REST, GraphQL and in a bulk ' +
      'change',
    async () => {
      const whole =
        /^Cron expression must have five parts \(minute, hour, day of month, month and day of week\), not "a; b\/c: <d>"\./
      const data = { name: 'Nightly', frequency: 'daily', cronExpression: 'a; b/c: <d>' }
      const { body } = await admin.post('/api/backup-schedules').send(data).expect(400)
      expect(body.errors[0]).toMatchObject({
        path: 'cronExpression',
        message: expect.stringMatching(whole),
      })
      expect(body.errors[0].data.errors[0].message).toMatch(whole)
      const car = await saveCar(forecourt.payload)
      const query = `mutation { updateInventory(id: "${car.id}", data: { make: "", price: 0 }) { id
        } }`
      const { errors } = (await admin.post('/api/graphql').send({ query })).body as {
        errors: { message: string }[]
      }
      expect(errors[0]?.message).toBe('Make is required. Price must be 0.01 or more, not 0.')
      const bulk = await admin
        .patch(`/api/inventory?where[id][equals]=${car.id}`)
        .send({ mileage: 'far' })
        .expect(400)
      expect(bulk.body.errors[0].message).toMatch(/^Mileage must be /)
    },
  )

  it('of several fields is one error for each', async () => {
    const { body } = await admin
      .post('/api/inventory')
      .send({ ...aCar(), price: 0, mileage: -1 })
      .expect(400)
    expect(
      body.errors.map(({ code, path }: { code: string; path: string }) => [code, path]).sort(),
    ).toEqual([
      ['validation_failed', 'mileage'],
      ['validation_failed', 'price'],
    ])
    const { body: query } = await anonymous().get('/api/inventory?sort=nope').expect(400)
    expect(query.errors[0]).toMatchObject({ code: 'bad_request', path: 'nope' })
  })

  it('of a row of a bulk change has its code and field', async () => {
    const car = await saveCar(forecourt.payload)
    const { body } = await admin
      .patch(`/api/inventory?where[id][equals]=${car.id}`)
      .send({ price: -1 })
      .expect(400)
    expect(body.errors).toEqual([
      expect.objectContaining({ id: car.id, code: 'validation_failed', path: 'price' }),
    ])
  })

  it.each(['subject', 'body'])(
    'of an e-mail template whose %s has a wrong placeholder names it',
    async (field) => {
      const found = await admin
        .get('/api/email-templates?where[templateKey][equals]=maintenance_due_soon')
        .expect(200)
      const { id } = found.body.docs[0]
      const path = `/api/email-templates/${id}`
      const label = field === 'subject' ? 'Subject' : 'Text'
      const words = `Hello${field === 'subject' ? ' ' : '\n'}{{ vehicelName }}`
      const { body } = await admin
        .patch(path)
        .send({ [field]: words })
        .expect(400)
      expect(body.errors[0]).toMatchObject({
        path: field,
        message:
          `${label} has {{ vehicelName }} on line ${field === 'subject' ? 1 : 2}, which is ` +
          'not a placeholder. ' +
          'Did you mean vehicleName? Placeholders of this e-mail: userName, vehicleName, ' +
          'category, subtypes, dueDate, dueMileage.',
      })
      const mutation =
        `mutation { updateEmailTemplate(id: "${id}", data: { ${field}: "{{ documentTitle }} {{ ` +
        'vehicleName" }) { id } }'
      const { errors } = await queryGraphql(admin, mutation)
      expect(errors?.[0]).toMatchObject({
        extensions: { statusCode: 400 },
        message: expect.stringContaining('is not closed'),
      })
      expect((await admin.get(path).expect(200)).body[field]).toBe(found.body.docs[0][field])
      await admin
        .patch(path)
        .send({ [field]: 'One {brace} of {{vehicleName}}' })
        .expect(200)
    },
  )

  it('of GraphQL has its code in extensions, whether it ran or not', async () => {
    const car = await saveCar(forecourt.payload)
    const codeOf = async (api: Api, query: string) =>
      (await api.post('/api/graphql').send({ query })).body.errors[0].extensions.code
    expect(await codeOf(anonymous(), '{ nope }')).toBe('bad_request')
    expect(await codeOf(anonymous(), '{')).toBe('bad_request')
    expect(
      await codeOf(
        anonymous(),
        `mutation { updateInventory(id: "${car.id}", data: { price: 1 }) { id } }`,
      ),
    ).toBe('forbidden')
    expect(
      await codeOf(
        admin,
        `mutation { updateInventory(id: "${car.id}", data: { price: 0 }) { id } }`,
      ),
    ).toBe('validation_failed')
  })
})
