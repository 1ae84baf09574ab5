import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { APIError, type Endpoint } from 'payload'
import { z } from 'zod'
import { callers } from '../../src/api/callers.ts'
import { endpoint } from '../../src/api/endpoint.ts'
import {
  describeBytes,
  describeJson,
  findOperationSpec,
  MESSAGE,
} from '../../src/api/openapi/operation.ts'
import type { Api } from '../support/api.ts'
import { openAuditLog } from '../support/audit-log.ts'
import { type IssuedForecourt, openIssued, TERMS } from '../support/issued.ts'
import { makeGarageAdmin } from '../support/owners.ts'

const DONE = describeJson('Done.', MESSAGE)
const done = () => ({ message: 'Done.' })

const paintCar = endpoint({
  method: 'post',
  path: '/garages/:garage/paint',
  summary: 'Paints a car of a garage',
  access: callers.managers('garages'),
  params: z.object({ garage: z.enum(['north', 'closed']) }),
  query: z.object({ coats: z.coerce.number().max(3).default(1), gloss: z.string().optional() }),
  body: z.strictObject({ color: z.string().min(3) }),
  bodyExample: '{ "color": "red" }',
  status: 202,
  response: describeJson('The car will be painted.', z.strictObject({ work: z.string() })),
  refusals: [400, 401, 403, 404, 409],
  load: (_context, { garage }) => {
    if (garage === 'closed') throw new APIError('This garage is closed.', 409)
    return { painter: `the painter of ${garage}` }
  },
  handler: ({ painter }, { params, query, body }) => ({
    work: `${query.coats} × ${body.color} in ${params.garage} by ${painter}`,
  }),
})

const explained = endpoint({
  method: 'post',
  path: '/explained/:id',
  summary: 'Explains invalid input in its own words',
  access: callers.anybody,
  params: z.object({ id: z.enum(['1']) }),
  query: z.object({ wheels: z.enum(['4']).optional() }),
  body: z.strictObject({}),
  inputErrors: {
    params: ({ id }) => new APIError(`There is no car ${String(id)}.`, 410),
    query: ({ wheels }) => new APIError(`No car has ${String(wheels)} wheels.`, 400),
    body: () => new APIError('Send nothing.', 400),
  },
  response: DONE,
  refusals: [400, 410],
  handler: done,
})

const mailed = endpoint({
  method: 'get',
  path: '/mailed',
  summary: 'Is the target of a link in a mail',
  access: callers.anybody,
  query: z.object({ token: z.string() }),
  isMailLink: true,
  response: describeBytes('A photo.', 'image/png'),
  refusals: [400],
  handler: (_context, { query }) =>
    new Response(query.token, { status: 203, headers: { 'content-type': 'image/png' } }),
})

const audited = endpoint({
  method: 'post',
  path: '/audited/:ending',
  summary: 'Writes an audit entry with its work',
  access: callers.staff('garages'),
  params: z.object({ ending: z.string() }),
  audit: { action: 'wash_car', resourceType: 'inventory' },
  response: DONE,
  refusals: [401, 403],
  handler: ({ runAudited }, { params: { ending } }) =>
    runAudited(async (client) => {
      await client.query('insert into transmissions (type) values ($1)', [ending])
      if (ending === 'failure') throw new APIError('The water is off.', 409)
      return { value: done(), resource: 'car-7', fields: { clean: { from: false, to: true } } }
    }),
})

const ACCESS = {
  anybody: callers.anybody,
  'allowed-by-rules': callers.allowedByRules,
  staff: callers.staff('garages'),
  managers: callers.managers('garages'),
  'staff-admins': callers.staffAdmins('Only admins may do this.'),
  'any-admin': callers.anyAdmin,
  account: callers.account,
  'limited-account': callers.limitedAccount('resend-verification'),
  owner: callers.owner,
} as const
type Access = keyof typeof ACCESS

const buildAccessEndpoint = (name: Access): Endpoint =>
  endpoint({
    method: 'post',
    path: `/access/${name}-only`,
    summary: `Lets ${name} in`,
    access: ACCESS[name],
    response: DONE,
    refusals: [401, 403],
    handler: done,
  })

const CALLERS = [
  'nobody',
  'viewer',
  'manager',
  'admin',
  'newOwner',
  'owner',
  'garageAdmin',
] as const

let forecourt: IssuedForecourt
let apis: Record<(typeof CALLERS)[number], Api>
beforeAll(async () => {
  const names = Object.keys(ACCESS) as Access[]
  const endpoints = [paintCar, explained, mailed, audited, ...names.map(buildAccessEndpoint)]
  forecourt = await openIssued(TERMS, [
    (config) => ({ ...config, endpoints: [...(config.endpoints ?? []), ...endpoints] }),
  ])
  apis = {
    nobody: forecourt.anonymous,
    viewer: await forecourt.as('viewer'),
    manager: await forecourt.as('manager'),
    admin: await forecourt.as('admin'),
    newOwner: (await forecourt.signInOwner()).api,
    owner: await onboardOwner(),
    garageAdmin: await onboardOwner(true),
  }
}, 60_000)
afterAll(() => forecourt.close())

async function onboardOwner(isAdmin = false): Promise<Api> {
  const { api, subject, email } = await forecourt.signInOwner()
  const version = TERMS.TERMS_VERSION
  await api.post('/api/auth/signup').send({ acceptTerms: true, version }).expect(201)
  if (isAdmin) await makeGarageAdmin(forecourt.payload, subject, email)
  return api
}

const paint = (
  api: Api,
  { garage = 'north', query = '', body = { color: 'red' } }: Record<string, unknown> = {},
) => api.post(`/api/garages/${String(garage)}/paint${String(query)}`).send(body as object)

const getMessage = ({ body }: { body: { errors: { message: string }[] } }) =>
  body.errors[0]?.message

describe('an endpoint', () => {
  it('documents who may call it, what it takes and how it responds', () => {
    const documented = findOperationSpec(paintCar)
    expect(documented).toMatchObject({
      summary: 'Paints a car of a garage',
      audience: ['staff'],
      responses: { 202: { description: 'The car will be painted.', type: 'application/json' } },
    })
    const statuses = ['202', '400', '401', '403', '404', '409', '503'] // always 503
    expect(Object.keys(documented?.responses ?? {})).toEqual(statuses)
    expect(Object.keys(documented?.params?.shape ?? {})).toEqual(['garage'])
    expect(Object.keys(documented?.query?.shape ?? {})).toEqual(['coats', 'gloss'])
    expect(documented?.body?.safeParse({ color: 'red' }).success).toBe(true)
  })

  it('hands its handler the parsed path, query and body, and what it loaded', async () => {
    const { body, headers } = await paint(apis.manager, { query: '?coats=2' }).expect(202)
    expect(body).toEqual({ work: '2 × red in north by the painter of north' })
    expect(headers['content-type']).toMatch(/^application\/json/)
    expect(headers['cache-control']).toBe('no-store')
  })

  it('may respond with a whole response, which is not cached either', async () => {
    const { status, headers, body } = await apis.nobody.get('/api/mailed?token=abc')
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      203,
      'image/png',
      'no-store',
    ])
    expect(String(body)).toBe('abc')
  })

  it('reports the first of several problems: parameter, caller, path, query, body', async () => {
    const wrong = { garage: 'closed', query: '?coats=9', body: { color: 1 } }
    const unknown = await paint(apis.nobody, { ...wrong, query: '?tint=9' }).expect(400)
    expect(getMessage(unknown)).toMatch(/"tint" is unknown.* coats, gloss\.$/)
    await paint(apis.nobody, wrong).expect(401)
    expect(getMessage(await paint(apis.owner, wrong).expect(403))).toBe(
      'Only active staff members can access garages.',
    )
    expect(getMessage(await paint(apis.viewer, wrong).expect(403))).toBe(
      'Only managers and admins can do this.',
    )
    const nowhere = await paint(apis.manager, { ...wrong, garage: 'west' }).expect(404)
    expect(getMessage(nowhere)).toBe('Not Found')
    expect(getMessage(await paint(apis.manager, wrong).expect(409))).toBe('This garage is closed.')
    const query = await paint(apis.manager, { ...wrong, garage: 'north' }).expect(400)
    expect(getMessage(query)).toMatch(/^coats in the URL is not valid: /)
    const body = await paint(apis.manager, { body: { color: 1, size: 2 } }).expect(400)
    expect(getMessage(body)).toMatch(
      /^The body must be JSON such as \{ "color": "red" \}\. color: .*; .*size/,
    )
  })

  it('takes no body as an empty object, and no other text than JSON', async () => {
    await apis.nobody.post('/api/explained/1').expect(200)
    for (const body of ['{', '[]', 'null', '{"more":1}'])
      await apis.nobody
        .post('/api/explained/1')
        .set('content-type', 'application/json')
        .send(body)
        .expect(400)
  })

  it('may explain an invalid input in its own words', async () => {
    const ask = (path: string, body = {}) => apis.nobody.post(`/api/explained/${path}`).send(body)
    expect(getMessage(await ask('2').expect(410))).toBe('There is no car 2.')
    expect(getMessage(await ask('1?wheels=5').expect(400))).toBe('No car has 5 wheels.')
    expect(getMessage(await ask('1', { more: 1 }).expect(400))).toBe('Send nothing.')
  })

  it('takes undocumented parameters only in a mailed link, and none twice', async () => {
    await apis.nobody.get('/api/mailed?token=abc&utm_source=mail').expect(203)
    await paint(apis.manager, { query: '?utm_source=mail' }).expect(400)
    await paint(apis.manager, { query: '?coats=1&coats=2' }).expect(400)
  })
})

describe('an audited action', () => {
  const loadResults = async (ending: string) => [
    (await forecourt.sql('select type from transmissions where type = $1', [ending])).rows.length,
    await openAuditLog(forecourt).activity("action = 'wash_car'"),
  ]

  it('that fails leaves neither its work nor an audit entry', async () => {
    await apis.viewer.post('/api/audited/failure').expect(409)
    expect(await loadResults('failure')).toEqual([0, []])
  })

  it('commits its work with one audit entry of the caller', async () => {
    await apis.viewer.post('/api/audited/success').expect(200, done())
    expect(await loadResults('success')).toEqual([
      1,
      [
        expect.objectContaining({
          user_id: expect.any(String),
          resource_type: 'inventory',
          resource_key: 'car-7',
          change: { fields: { clean: { from: false, to: true } } },
        }),
      ],
    ])
  })
})

describe('the callers of an endpoint', () => {
  const all = [200, 200, 200, 200, 200, 200, 200]
  const accounts = [401, 403, 403, 403, 200, 200, 200]
  it.each([
    ['anybody', ['anybody'], all],
    ['allowed-by-rules', ['owner', 'staff'], all],
    ['staff', ['staff'], [401, 200, 200, 200, 403, 403, 403]],
    ['managers', ['staff'], [401, 403, 200, 200, 403, 403, 403]],
    ['staff-admins', ['staff'], [403, 403, 403, 200, 403, 403, 403]],
    ['any-admin', ['owner', 'staff'], [403, 403, 403, 200, 403, 403, 200]],
    ['account', ['owner'], accounts],
    ['limited-account', ['owner'], accounts],
    ['owner', ['owner'], [401, 403, 403, 403, 403, 200, 200]],
  ] as const)('%s are documented as %j and checked', async (name, audience, expected) => {
    expect(findOperationSpec(buildAccessEndpoint(name))?.audience).toEqual(audience)
    const statuses = []
    for (const caller of CALLERS)
      statuses.push((await apis[caller].post(`/api/access/${name}-only`)).status)
    expect(statuses).toEqual(expected)
  })

  it('with a limit get a 429 beyond it, each on their own', async () => {
    const [ann, bob] = [await onboardOwner(), await onboardOwner()]
    const ask = async (api: Api) => (await api.post('/api/access/limited-account-only')).status
    for (let n = 0; n < 5; n++) expect(await ask(ann)).toBe(200)
    expect([await ask(ann), await ask(bob)]).toEqual([429, 200])
  })
})
