import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aFuelLog, saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { inviteGuest, readId, saveVerifiedOwner, shareWith } from '../support/sharing.ts'

let forecourt: TestForecourt
let owner: Owner
let viewer: Owner
let editor: Owner
let stranger: Owner
let vehicle: string
let other: string
const rows: Record<string, string> = {}

const BODIES: Record<string, (id: string) => object> = {
  'fuel-logs': (id) => aFuelLog(id),
  'maintenance-logs': (id) => ({
    vehicle: id,
    category: 'Repair',
    serviceDate: '2026-02-01',
    cost: 80,
  }),
  'maintenance-schedules': (id) => ({ vehicle: id, category: 'Inspection' }),
  'ownership-costs': (id) => ({
    vehicle: id,
    kind: 'insurance',
    amount: 600,
    intervalMonths: 6,
    startDate: '2026-01-01',
  }),
  documents: (id) => ({ vehicle: id, title: 'Insurance', documentType: 'insurance' }),
}
const SLUGS = Object.keys(BODIES)
const FIGURES = ['stats', 'fuel-logs', 'due']

beforeAll(async () => {
  forecourt = await openForecourt()
  for (const make of [
    async () => (owner = await saveVerifiedOwner(forecourt)),
    async () => (viewer = await saveVerifiedOwner(forecourt)),
    async () => (editor = await saveVerifiedOwner(forecourt)),
    async () => (stranger = await saveVerifiedOwner(forecourt)),
  ])
    await make()
  vehicle = (await saveVehicle(forecourt.payload, owner.subject, { nickname: 'Shared' })).id
  other = (await saveVehicle(forecourt.payload, owner.subject, { nickname: 'Not shared' })).id
  for (const slug of SLUGS) {
    const body = BODIES[slug]?.(vehicle) ?? {}
    rows[slug] = readId(await owner.api.post(`/api/${slug}`).send(body).expect(201))
    await owner.api
      .post(`/api/${slug}`)
      .send(BODIES[slug]?.(other) ?? {})
      .expect(201)
  }
  await shareWith(owner, viewer, vehicle, 'viewer')
  await shareWith(owner, editor, vehicle, 'editor')
})

afterAll(() => forecourt.close())

const totalOf = async (who: Owner, path: string): Promise<number> =>
  ((await who.api.get(path).expect(200)).body as { totalDocs: number }).totalDocs

describe('a viewer', () => {
  it('sees the vehicle in lists, counts, by id, by GraphQL and as what others refer to', async () => {
    expect(await totalOf(viewer, '/api/vehicles')).toBe(1)
    expect(await totalOf(viewer, '/api/vehicles/count')).toBe(1)
    const one = await viewer.api.get(`/api/vehicles/${vehicle}`).expect(200)
    expect(one.body).toMatchObject({ nickname: 'Shared', userId: owner.subject })
    await viewer.api.get(`/api/vehicles/${other}`).expect(404)
    const query = '{ Vehicles { docs { id fuelLogs { docs { id } } } } FuelLogs { totalDocs } }'
    const { body } = await viewer.api.post('/api/graphql').send({ query }).expect(200)
    expect(body).toEqual({
      data: {
        Vehicles: { docs: [{ id: vehicle, fuelLogs: { docs: [{ id: rows['fuel-logs'] }] } }] },
        FuelLogs: { totalDocs: 1 },
      },
    })
  })

  it.each(SLUGS)('sees the %s of this vehicle alone', async (slug) => {
    expect(await totalOf(viewer, `/api/${slug}`)).toBe(1)
    expect(await totalOf(viewer, `/api/${slug}?where[vehicle.nickname][equals]=Not%20shared`)).toBe(
      0,
    )
    await viewer.api.get(`/api/${slug}/${rows[slug]}`).expect(200)
  })

  it.each(FIGURES)('sees its %s like its owner', async (figures) => {
    const path = `/api/vehicles/${vehicle}/${figures}`
    const [mine, theirs] = await Promise.all([owner.api.get(path), viewer.api.get(path)])
    expect(theirs.body).toEqual(mine.body)
    await viewer.api.get(`/api/vehicles/${other}/${figures}`).expect(404)
  })

  it.each(SLUGS)('writes no %s, and reads why', async (slug) => {
    const added = await viewer.api.post(`/api/${slug}`).send(BODIES[slug]?.(vehicle) ?? {})
    expect([added.status, added.text]).toEqual([403, expect.stringContaining('as a viewer')])
    await viewer.api.patch(`/api/${slug}/${rows[slug]}`).send({ notes: 'mine' }).expect(403)
    await viewer.api.delete(`/api/${slug}/${rows[slug]}`).expect(403)
    const bulk = await viewer.api.patch(`/api/${slug}?where[id][exists]=true`).send({ notes: 'x' })
    expect(bulk.body).toMatchObject({ docs: [] })
  })

  it('changes and deletes no vehicle', async () => {
    await viewer.api.patch(`/api/vehicles/${vehicle}`).send({ color: 'Red' }).expect(403)
    await viewer.api.delete(`/api/vehicles/${vehicle}`).expect(403)
    await viewer.api.delete(`/api/vehicles/${vehicle}?trash=true`).expect(403)
  })
})

describe('an editor', () => {
  it.each(SLUGS)('adds, changes and removes %s, which belong to the owner', async (slug) => {
    const added = await editor.api
      .post(`/api/${slug}`)
      .send(BODIES[slug]?.(vehicle) ?? {})
      .expect(201)
    const mark = { userId: owner.subject, writtenBy: editor.subject }
    expect(added.body).toMatchObject({ doc: mark })
    const path = `/api/${slug}/${readId(added)}`
    await owner.api.get(path).expect(200)
    const corrected = await owner.api.patch(path).send({ notes: 'by the owner' }).expect(200)
    expect(corrected.body).toMatchObject({ doc: { writtenBy: null } })
    const changed = await editor.api.patch(path).send({ notes: 'by the guest' }).expect(200)
    expect(changed.body).toMatchObject({ doc: mark })
    if (slug === 'documents') await editor.api.delete(path).expect(403)
    else await editor.api.delete(path).expect(200)
  })

  it('changes the vehicle, but does not delete, share or offer it', async () => {
    const path = `/api/vehicles/${vehicle}`
    const changed = await editor.api.patch(path).send({ color: 'Blue' }).expect(200)
    expect(changed.body).toMatchObject({ doc: { color: 'Blue', userId: owner.subject } })
    await editor.api.delete(path).expect(403)
    await editor.api.patch(path).send({ deletedAt: '2026-01-01T00:00:00Z' }).expect(403)
    const body = { email: stranger.email, role: 'viewer' }
    await editor.api.post(`${path}/shares`).send(body).expect(404)
    const offer = { email: stranger.email, withCosts: true, withDocuments: true }
    await editor.api.post(`${path}/transfer`).send(offer).expect(404)
  })

  it('moves no row to a vehicle that is not shared with them, or to their own', async () => {
    const own = (await saveVehicle(forecourt.payload, editor.subject)).id
    for (const [to, status] of [
      [other, 403],
      [own, 403],
    ] as const)
      await editor.api
        .patch(`/api/fuel-logs/${rows['fuel-logs']}`)
        .send({ vehicle: to })
        .expect(status)
    await editor.api.post('/api/fuel-logs').send(aFuelLog(other)).expect(400)
  })

  it('leaves an entry in the audit log for each write, which names both', async () => {
    const { rows: entries } = await forecourt.sql(
      `select action, resource_type from admin_audit_logs
       where actor_admin_id = $1 and context ->> 'owner' = $2 and resource_type = 'fuel-logs'
       order by created_at`,
      [editor.subject, owner.subject],
    )
    expect(entries.map(({ action }) => action as string)).toEqual(['create', 'update', 'delete'])
  })

  it('fills the storage of the owner, not their own', async () => {
    const stored = async ({ subject }: Owner) => {
      const found = await forecourt.sql(
        'select coalesce(sum(bytes), 0)::int as bytes from owner_storage where user_id = $1',
        [subject],
      )
      return Number(found.rows[0]?.bytes)
    }
    const [before, own] = [await stored(owner), await stored(editor)]
    await editor.api
      .post('/api/maintenance-schedules')
      .send({ vehicle, category: 'Inspection', notes: 'x'.repeat(1000) })
      .expect(201)
    expect(await stored(owner)).toBeGreaterThan(before + 1000)
    expect(await stored(editor)).toBe(own)
  })
})

describe('an invitation', () => {
  it('is answered alike for an address with an account and one without', async () => {
    const invite = (email: string) =>
      owner.api.post(`/api/vehicles/${other}/shares`).send({ email, role: 'viewer' }).expect(201)
    const known = await invite(stranger.email.toUpperCase())
    const unknown = await invite('nobody-at-all@forecourt.example')
    const shape = (answer: { body: unknown }) =>
      Object.entries(answer.body as object).map(([key, value]) => [key, typeof value])
    expect(shape(known)).toEqual(shape(unknown))
    expect(known.body).toMatchObject({ email: stranger.email, role: 'viewer' })
    const mails = await forecourt.sql(
      `select recipient from outgoing_mails where about = 'share_invited' and recipient = any($1)`,
      [[stranger.email, 'nobody-at-all@forecourt.example']],
    )
    expect(mails.rows).toHaveLength(2)
  })

  it('carries no words of the owner to a stranger, as an offer does not', async () => {
    const about = { make: 'Your account is locked:', model: 'sign in at https://evil.example' }
    const spam = await saveVehicle(forecourt.payload, owner.subject, about)
    const listed = await saveVehicle(forecourt.payload, owner.subject)
    await forecourt.payload.create({
      collection: 'vehicle-options',
      data: { title: '2021 HONDA Accord', year: 2021, make: 'HONDA', model: 'Accord', trim: 'LX' },
      overrideAccess: true,
    })
    const [invited, offered] = ['invited', 'offered'].map((name) => `${name}@words.example`)
    for (const { id } of [spam, listed]) {
      const url = `/api/vehicles/${id}`
      await owner.api.post(`${url}/shares`).send({ email: invited, role: 'viewer' }).expect(201)
      const terms = { withCosts: true, withDocuments: true }
      await owner.api
        .post(`${url}/transfer`)
        .send({ email: offered, ...terms })
        .expect(201)
    }
    const { rows } = await forecourt.sql(
      'select text from outgoing_mails where recipient = any($1) order by created_at',
      [[invited, offered]],
    )
    expect(rows).toEqual([
      { text: expect.stringContaining('share a 2021 vehicle with you') },
      { text: expect.stringContaining('transfer a 2021 vehicle to') },
      { text: expect.stringContaining('share 2021 HONDA Accord with you') },
      { text: expect.stringContaining('transfer 2021 HONDA Accord to') },
    ])
  })

  it('gives no access, and is listed for both, until it is accepted', async () => {
    await stranger.api.get(`/api/vehicles/${other}`).expect(404)
    const { body } = await stranger.api.get('/api/me/shares').expect(200)
    expect(body).toMatchObject({
      given: [],
      received: [{ vehicle: { id: other, title: 'Not shared' }, status: 'pending', guest: null }],
    })
    const { body: given } = await owner.api.get('/api/me/shares').expect(200)
    const listed = (given as { given: { email: string; status: string }[] }).given
    expect(listed.find(({ email }) => email === stranger.email)).toMatchObject({
      status: 'pending',
    })
  })

  it('is declined by its owner, and then is nobody’s', async () => {
    const id = await inviteGuest(owner, stranger, other, 'viewer')
    await viewer.api.post(`/api/me/shares/${id}/accept`).expect(404)
    await viewer.api.delete(`/api/me/shares/${id}`).expect(404)
    await stranger.api.delete(`/api/me/shares/${id}`).expect(200)
    await stranger.api.post(`/api/me/shares/${id}/accept`).expect(404)
  })

  it('expires', async () => {
    const id = await inviteGuest(owner, stranger, other, 'viewer')
    await forecourt.sql('update vehicle_shares set expires_at = now() where id = $1', [id])
    await stranger.api.post(`/api/me/shares/${id}/accept`).expect(404)
    expect((await stranger.api.get('/api/me/shares')).body).toEqual({ given: [], received: [] })
  })

  it('is for verified addresses on both sides', async () => {
    const unverified = await forecourt.asOwner()
    const id = await inviteGuest(owner, unverified, other, 'viewer')
    const refused = await unverified.api.post(`/api/me/shares/${id}/accept`)
    expect(refused.status).toBe(404)
    const own = (await saveVehicle(forecourt.payload, unverified.subject)).id
    const body = { email: owner.email, role: 'viewer' }
    const answer = await unverified.api.post(`/api/vehicles/${own}/shares`).send(body).expect(403)
    expect(answer.text).toContain('Verify your e-mail address first')
  })

  it('is refused for oneself and for what is not an address', async () => {
    for (const email of [owner.email, 'ann', 'a@x.example, b@x.example', 'a@x.example\r\nBcc: b'])
      await owner.api
        .post(`/api/vehicles/${vehicle}/shares`)
        .send({ email, role: 'viewer' })
        .expect(400)
  })
})

describe('a share that ends', () => {
  const reads = async (guest: Owner) => [
    (await guest.api.get(`/api/vehicles/${vehicle}`)).status,
    await totalOf(guest, '/api/vehicles'),
    await totalOf(guest, `/api/fuel-logs?where[vehicle][equals]=${vehicle}`),
    (await guest.api.get(`/api/vehicles/${vehicle}/stats`)).status,
  ]

  it.each(['owner', 'guest'] as const)('is over at once, ended by the %s', async (by) => {
    const guest = await saveVerifiedOwner(forecourt)
    const id = await shareWith(owner, guest, vehicle, 'editor')
    for (let again = 0; again < 2; again++)
      expect(await reads(guest)).toEqual([200, 1, expect.any(Number), 200])
    await (by === 'owner' ? owner : guest).api.delete(`/api/me/shares/${id}`).expect(200)
    expect(await reads(guest)).toEqual([404, 0, 0, 404])
    await guest.api.patch(`/api/vehicles/${vehicle}`).send({ color: 'Red' }).expect(403)
    await guest.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(400)
  })

  it('is suspended while the vehicle is in the trash or its owner is deactivated', async () => {
    const guest = await saveVerifiedOwner(forecourt)
    await shareWith(owner, guest, vehicle, 'editor')
    await owner.api.delete(`/api/vehicles/${vehicle}`).expect(200)
    expect(await reads(guest)).toEqual([404, 0, 0, 404])
    expect(await totalOf(guest, '/api/vehicles?trash=true')).toBe(0)
    expect(await totalOf(guest, '/api/documents?trash=true')).toBe(0)
    await guest.api.post(`/api/vehicles/${vehicle}/restore`).expect(403)
    await owner.api.post(`/api/vehicles/${vehicle}/restore`).expect(200)
    expect((await reads(guest))[0]).toBe(200)
    const deactivate = 'update user_profiles set deactivated_at = $2 where auth0_sub = $1'
    await forecourt.sql(deactivate, [owner.subject, new Date()])
    expect(await reads(guest)).toEqual([404, 0, 0, 404])
    await forecourt.sql(deactivate, [owner.subject, null])
  })

  it('becomes a viewer’s at once when the owner invites the editor again as one', async () => {
    const guest = await saveVerifiedOwner(forecourt)
    await shareWith(owner, guest, vehicle, 'editor')
    await guest.api.patch(`/api/vehicles/${vehicle}`).send({ color: 'Green' }).expect(200)
    await inviteGuest(owner, guest, vehicle, 'viewer')
    await guest.api.patch(`/api/vehicles/${vehicle}`).send({ color: 'Red' }).expect(403)
    await guest.api.get(`/api/vehicles/${vehicle}`).expect(200)
  })

  it('shows a guest what the owner changed meanwhile, from the cache or not', async () => {
    const path = `/api/fuel-logs?where[vehicle][equals]=${vehicle}`
    const before = await totalOf(viewer, path)
    await owner.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201)
    expect(await totalOf(viewer, path)).toBe(before + 1)
    const added = await editor.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201)
    expect(await totalOf(owner, path)).toBe(before + 2)
    await editor.api.delete(`/api/fuel-logs/${readId(added)}`).expect(200)
    expect(await totalOf(owner, path)).toBe(before + 1)
    expect(await totalOf(viewer, path)).toBe(before + 1)
  })
})

describe('a vehicle', () => {
  it('has at most 20 guests, those invited included', async () => {
    const full = (await saveVehicle(forecourt.payload, owner.subject)).id
    await forecourt.sql(
      `insert into vehicle_shares (vehicle_id, email, role, expires_at)
       select $1, 'guest-' || n || '@x.example', 'viewer', now() + interval '1 day'
       from generate_series(1, 20) n`,
      [full],
    )
    const invite = (email: string) =>
      owner.api.post(`/api/vehicles/${full}/shares`).send({ email, role: 'editor' })
    const refused = await invite('one-more@x.example').expect(409)
    expect(refused.text).toContain('20 guests')
    await invite('guest-7@x.example').expect(201)
  })
})
