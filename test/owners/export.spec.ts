import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listOwnedTables } from '../../src/owners/owned-tables.ts'
import { getService } from '../../src/services.ts'
import { aFuelLog, anyVin } from '../support/builders.ts'
import { type Issued, type IssuedForecourt, openIssued, TERMS } from '../support/issued.ts'
import { openS3Peer, type S3Peer } from '../support/s3-peer.ts'
import { inviteGuest, offerTo, shareWith } from '../support/sharing.ts'
import { unzip } from '../support/unzip.ts'

let s3: S3Peer
let forecourt: IssuedForecourt
beforeAll(async () => {
  s3 = await openS3Peer()
  forecourt = await openIssued({ ...TERMS, ...s3.settings })
  await storeFile('files/kept', Buffer.from('a policy, page by page'))
})
afterAll(async () => {
  await forecourt.close()
  await s3.close()
})

const storeFile = (place: string, bytes: Buffer) =>
  getService(forecourt.payload, 'storages').owners.put(place, bytes)

const agree = ({ api }: Issued) =>
  api.post('/api/auth/signup').send({ acceptTerms: true, version: '2.0' }).expect(201)
const exported = async ({ api }: Issued) => {
  const { body, headers } = await api
    .get('/api/me/export')
    .buffer(true)
    .parse((res, done) => {
      const chunks: Buffer[] = []
      res.on('data', (chunk: Buffer) => chunks.push(chunk))
      res.on('end', () => done(null, Buffer.concat(chunks)))
    })
    .expect(200)
  return { headers, entries: unzip(body as Buffer) }
}
const rowsIn = (entries: Map<string, Buffer>, table: string) =>
  JSON.parse(String(entries.get(`${table}.json`))) as Record<string, unknown>[]

async function settled(notes: string): Promise<Issued & { vehicle: string }> {
  const ann = await forecourt.signInOwner()
  await agree(ann)
  const vehicle = (
    await ann.api.post('/api/vehicles').send({ vin: anyVin(), nickname: notes }).expect(201)
  ).body.doc.id as string
  await ann.api.post('/api/fuel-logs').send(aFuelLog(vehicle, { notes })).expect(201)
  await ann.api
    .post('/api/maintenance-logs')
    .send({ vehicle, category: 'Repair', serviceDate: '2026-02-01', notes })
    .expect(201)
  await ann.api
    .post('/api/maintenance-schedules')
    .send({ vehicle, category: 'Inspection', notes })
    .expect(201)
  await ann.api
    .post('/api/documents')
    .send({ vehicle, title: notes, documentType: 'insurance' })
    .expect(201)
  return { ...ann, vehicle }
}

describe('an export', () => {
  it(
    'holds every row of the owner as JSON and CSV, what is in the trash too, and none of ' +
      'anybody else',
    async () => {
      const [ann, bob] = [await settled('of Ann'), await settled('of Bob')]
      const trashed = (await ann.api.post('/api/vehicles').send({ vin: anyVin() }).expect(201)).body
        .doc.id as string
      await ann.api.delete(`/api/vehicles/${trashed}`).expect(200)
      const { entries, headers } = await exported(ann)
      expect(headers).toMatchObject({
        'content-type': 'application/zip',
        'cache-control': 'no-store',
      })
      expect(rowsIn(entries, 'user-profiles')).toMatchObject([
        { auth0Sub: ann.subject, email: ann.email },
      ])
      for (const { table, column, collection } of listOwnedTables(forecourt.payload)) {
        const { rows } = await forecourt.sql(
          `select id from ${table} where ${column} = $1 order by id`,
          [ann.subject],
        )
        expect([collection.slug, rowsIn(entries, collection.slug).map(({ id }) => id)]).toEqual([
          collection.slug,
          (rows as { id: string }[]).map(({ id }) => id),
        ])
        expect(
          String(entries.get(`${collection.slug}.csv`)).split('\r\n').length,
        ).toBeGreaterThanOrEqual(rows.length + 2)
      }
      const whole = [...entries.values()].map(String).join('\n')
      expect(whole).toContain('of Ann')
      for (const foreign of [bob.subject, bob.email, bob.vehicle, 'of Bob'])
        expect(whole).not.toContain(foreign)
      for (const internal of ['Nonce', 'storageKey', 'storageBucket'])
        expect(whole).not.toContain(internal)
    },
  )

  it('holds more rows than one page', async () => {
    const ann = await settled('many')
    await forecourt.sql(
      `insert into fuel_logs (user_id, vehicle_id, date_time, odometer, fuel_units, cost_per_unit)
       select $1, $2, now() - make_interval(days => n), 1000 + n, 10, 3
         from generate_series(1, 250) n`,
      [ann.subject, ann.vehicle],
    )
    const rows = rowsIn((await exported(ann)).entries, 'fuel-logs')
    expect(new Set(rows.map(({ id }) => id)).size).toBe(251)
  })

  it('holds every file that a document names, and says which the storage does not have', async () => {
    const ann = await settled('with files')
    const { body } = await ann.api
      .post('/api/documents')
      .send({ vehicle: ann.vehicle, title: 'Lost', documentType: 'manual' })
    const { docs } = (
      await ann.api.get('/api/documents?where[title][equals]=with files').expect(200)
    ).body
    const [kept, lost] = [docs[0].id as string, body.doc.id as string]
    await forecourt.sql(
      `update documents set storage_key = 'kept', file_name = '../../policy.pdf' where id = $1`,
      [kept],
    )
    await forecourt.sql(
      `update documents set storage_key = 'lost', file_name = 'gone.pdf' where id = $1`,
      [lost],
    )
    const { entries } = await exported(ann)
    expect(String(entries.get(`files/${kept}/__.._policy.pdf`))).toBe('a policy, page by page')
    expect(JSON.parse(String(entries.get('about.json')))).toMatchObject({
      files: 2,
      missing: [`files/${lost}/gone.pdf`],
    })
  })

  it('leaves a line in the audit log, with where it was asked from and nothing of what it holds', async () => {
    const ann = await settled('told')
    await exported(ann)
    const { rows } = await forecourt.sql(
      `select action, resource_type, resource_id, context, ip_address is not null as address,
        request_id is not null as request
       from admin_audit_logs where actor_admin_id = $1 and action = 'export_account'`,
      [ann.subject],
    )
    const { body } = await ann.api.get('/api/me')
    const line = {
      action: 'export_account',
      resource_type: 'user-profiles',
      resource_id: body.profile.id,
    }
    expect(rows).toEqual([
      { ...line, context: { owner: ann.subject }, address: true, request: true },
    ])
  })

  it('begins no cell with a formula', async () => {
    const ann = await settled('=HYPERLINK("http://evil.example")')
    const { entries } = await exported(ann)
    expect(String(entries.get('fuel-logs.csv'))).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
    expect(rowsIn(entries, 'fuel-logs')).toMatchObject([
      { notes: '=HYPERLINK("http://evil.example")' },
    ])
  })

  it('is there for who has not agreed to the terms, and for nobody without an account', async () => {
    const ann = await forecourt.signInOwner()
    expect(rowsIn((await exported(ann)).entries, 'user-preferences')).toHaveLength(1)
    await forecourt.anonymous.get('/api/me/export').expect(401)
    await (await forecourt.as('admin')).get('/api/me/export').expect(403)
  })

  it('breaks off where a file does, so that nobody takes half for the whole', async () => {
    const ann = await settled('broken')
    await storeFile('files/broken', randomBytes(300_000))
    s3.fail({ kind: 'short body' }, (name) => name === 'GET owners/files/broken')
    await forecourt.sql(`update documents set storage_key = 'broken' where user_id = $1`, [
      ann.subject,
    ])
    await expect(exported(ann)).rejects.toThrow()
    await forecourt.anonymous.get('/healthz').expect(200)
  })
})

describe('the shares and transfers of an export', () => {
  it('are those that the owner gave and received, with nothing of others but an address', async () => {
    const [ann, ben] = [await settled('of Ann'), await settled('of Ben')]
    await forecourt.sql('update user_profiles set email_verified = true')
    await shareWith(ann, ben, ann.vehicle, 'editor')
    await inviteGuest(ben, ann, ben.vehicle, 'viewer')
    await offerTo(ann, ben, ann.vehicle, { withCosts: true, withDocuments: false })
    const read = async (who: Issued) => {
      const { entries } = await exported(who)
      return { shares: rowsIn(entries, 'vehicle-shares'), entries }
    }
    const ofAnn = await read(ann)
    const given = {
      direction: 'given',
      vehicle: ann.vehicle,
      ownerEmail: ann.email,
      email: ben.email,
      role: 'editor',
    }
    const received = {
      direction: 'received',
      vehicle: ben.vehicle,
      ownerEmail: ben.email,
      email: ann.email,
      acceptedAt: null,
    }
    expect(ofAnn.shares).toHaveLength(2)
    expect(ofAnn.shares).toEqual(
      expect.arrayContaining([expect.objectContaining(given), expect.objectContaining(received)]),
    )
    expect(rowsIn(ofAnn.entries, 'vehicle-transfers')).toMatchObject([
      { direction: 'given', email: ben.email, withCosts: true, withDocuments: false },
    ])
    const ofBen = await read(ben)
    expect(rowsIn(ofBen.entries, 'vehicle-transfers')).toMatchObject([
      { direction: 'received', vehicle: ann.vehicle, ownerEmail: ann.email, email: ben.email },
    ])
    expect(String(ofBen.entries.get('vehicle-shares.csv'))).toContain('direction')
    for (const entry of [...ofBen.entries.values()].map(String)) {
      expect(entry).not.toContain('of Ann')
      expect(entry).not.toContain(ann.subject)
    }
  })

  it('has none of an address that is not verified', async () => {
    const [ann, ben] = [await settled('of Ann'), await settled('of Ben')]
    await forecourt.sql('update user_profiles set email_verified = auth0_sub = $1', [ann.subject])
    await inviteGuest(ann, ben, ann.vehicle, 'viewer')
    const { entries } = await exported(ben)
    expect(rowsIn(entries, 'vehicle-shares')).toEqual([])
  })
})
