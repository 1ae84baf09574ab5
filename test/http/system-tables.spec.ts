import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { findColumnField } from '../../src/database/tables.ts'
import { getTableName } from '../../src/fields/column.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { isNotedSince } from '../support/instants.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import { getGraphqlNames } from '../support/proof-names.ts'
import { readCatalog } from '../support/schema-catalog.ts'
import { SchemaRows, type Values } from '../support/schema-rows.ts'

let forecourt: TestForecourt
let admin: Api
let manager: Api
let viewer: Api
beforeAll(async () => {
  forecourt = await openForecourt()
  admin = await forecourt.as('admin')
  manager = await forecourt.as('manager')
  viewer = await forecourt.as('viewer')
})
afterAll(() => forecourt.close())

const ALERTS = [
  ['storage-alerts', 'storage_alerts', 'storage_limit', 'createdAt'],
  ['market-alerts', 'market_alerts', 'overpriced', 'raisedAt'],
] as const

describe.each(ALERTS)('a row of %s', (slug, table, type, raisedAt) => {
  async function saveAlert(): Promise<string> {
    const { rows } = await forecourt.sql(
      `insert into ${table} (alert_type, severity, message) values ($1, 'warning', 'It is high')
        returning id`,
      [type],
    )
    return `/api/${slug}/${rows[0].id as string}`
  }

  it('is dismissed by a manager, who changes nothing else; the server notes when', async () => {
    const at = await saveAlert()
    const change = {
      dismissed: true,
      dismissedAt: '2000-01-01',
      message: 'all is well',
      severity: 'critical',
    }
    await viewer.patch(at).send(change).expect(403)
    const began = Date.now()
    const { body } = await manager.patch(at).send(change).expect(200)
    expect(body.doc).toMatchObject({
      dismissed: true,
      message: 'It is high',
      severity: 'warning',
    })
    expect(isNotedSince(began, body.doc.dismissedAt)).toBe(true)
    const again = await manager.patch(at).send({ dismissed: true }).expect(200)
    expect(again.body.doc.dismissedAt).toBe(body.doc.dismissedAt)
  })

  it('stays dismissed', async () => {
    const at = await saveAlert()
    await manager.patch(at).send({ dismissed: true }).expect(200)
    const { body } = await manager.patch(at).send({ dismissed: false }).expect(400)
    expect(body.errors[0].message).toContain('Dismissed cannot be cleared')
  })

  it('is made and deleted by nobody, and seen by staff alone', async () => {
    const at = await saveAlert()
    await admin.post(`/api/${slug}`).send({ message: 'mine' }).expect(403)
    await admin.delete(at).expect(403)
    expect((await viewer.get(at).expect(200)).body[raisedAt]).toBeTruthy()
    const owner = await forecourt.asOwner('garage admin')
    for (const api of [forecourt.anonymous, owner.api]) await api.get(at).expect(403)
  })
})

describe('the history of jobs', () => {
  it('is read by staff and written by nobody over the API', async () => {
    const added = await forecourt.sql(
      `insert into job_history (job_name, status, duration_ms, result)
        values ('backup', ` + `'success', 1200, '{"rows": 3}') returning id`,
    )
    const at = `/api/job-history/${added.rows[0].id as string}`
    expect((await viewer.get(at).expect(200)).body).toMatchObject({
      jobName: 'backup',
      durationMs: 1200,
      result: { rows: 3 },
    })
    await admin.post('/api/job-history').send({ jobName: 'x' }).expect(403)
    await admin.patch(at).send({ jobName: 'x' }).expect(403)
    await admin.delete(at).expect(403)
    await forecourt.anonymous.get(at).expect(403)
  })
})

describe('a session of the web', () => {
  const SECRET = 'the key to an account'
  const open = (sid: string) =>
    forecourt.sql(
      `insert into session (sid, sess, expire) values ($1, $2, now() + interval '1 day')`,
      [sid, { user: SECRET }],
    )

  it('never tells what it holds: not by REST, GraphQL, select, filter or order', async () => {
    await open('s-1')
    const seen = [
      await admin.get('/api/sessions/s-1').expect(200),
      await admin.get('/api/sessions?select[sess]=true').expect(200),
    ]
    await admin.get('/api/sessions?showHiddenFields=true').expect(400)
    for (const { body } of seen) expect(JSON.stringify(body)).not.toContain(SECRET)
    for (const query of ['where[sess][exists]=true', 'where[sess.user][like]=the', 'sort=sess'])
      expect((await admin.get(`/api/sessions?${query}`)).status).toBe(400)
    const answer = await queryGraphql(admin, '{ Sessions { docs { id sess } } }')
    expect(JSON.stringify(answer)).not.toContain(SECRET)
  })

  it('is seen and ended by an admin of the staff alone; nobody makes or changes one', async () => {
    await open('s-2')
    const garage = await forecourt.asOwner('garage admin')
    for (const api of [forecourt.anonymous, garage.api, manager]) {
      await api.get('/api/sessions/s-2').expect(403)
      await api.delete('/api/sessions/s-2').expect(403)
    }
    await admin.post('/api/sessions').send({ id: 's-3', sess: {} }).expect(403)
    await admin.patch('/api/sessions/s-2').send({ expire: '2099-01-01' }).expect(403)
    const { body } = await admin.delete('/api/sessions/s-2').expect(200)
    expect(JSON.stringify(body)).not.toContain(SECRET)
    expect((await forecourt.sql(`select 1 from session where sid = 's-2'`)).rows).toEqual([])
  })
})

describe('a number beyond 32 bits', () => {
  /**
   * The tables with columns that hold such numbers, each with those columns and the rows that hold
   * `value` in all of them.
   */
  async function saveEverywhere(value: number) {
    const catalog = await readCatalog(forecourt.sql)
    const rows = new SchemaRows(forecourt.sql, catalog)
    const found = forecourt.payload.config.collections.flatMap((collection) => {
      const columns = catalog.get(getTableName(collection))?.columns ?? []
      const large = columns.filter(
        ({ type, name }) => ['bigint', 'numeric'].includes(type) && name !== 'login_attempts',
      )
      return large.length > 0 && !collection.slug.startsWith('payload-')
        ? [{ collection, large }]
        : []
    })
    return Promise.all(
      found.map(async ({ collection, large }) => {
        const table = getTableName(collection)
        const { id } = await rows.insert(
          table,
          Object.fromEntries(large.map(({ name }) => [name, value])),
        )
        const fields = large.map(
          ({ name }) => findColumnField(forecourt.payload, table, name) ?? name,
        )
        return {
          collection,
          id: String(id),
          paths: fields.map((field) => field.replace(/^(sizes)_(\w+)_/, '$1.$2.')),
        }
      }),
    )
  }

  const select = (path: string) =>
    path.split('.').reduceRight((inner, name) => `${name} ${inner && `{ ${inner} }`}`, '')
  const valueAt = (row: unknown, path: string) =>
    path.split('.').reduce<unknown>((value, name) => (value as Values | undefined)?.[name], row)

  it.each([3_000_000_000, Number.MAX_SAFE_INTEGER])(
    'is read and found over REST and GraphQL: %i',
    async (value) => {
      const saved = await saveEverywhere(value)
      expect(saved.map(({ collection: { slug } }) => slug)).toEqual(
        expect.arrayContaining(['backup-history', 'documents', 'media']),
      )
      for (const { collection, id, paths } of saved) {
        const [at, { many }] = [`/api/${collection.slug}`, getGraphqlNames(collection)]
        const { body } = await admin.get(`${at}/${id}`).expect(200)
        for (const path of paths) {
          const inGroup = path.includes('.') // where no filter looks
          const where = inGroup
            ? `id: { equals: "${id}" }`
            : `${path}: { greater_than_equal: ${value}, equals: ${value} }`
          const query = `{ ${many}(where: { ${where} }) { docs { ${select(path)} } } }`
          const { data, errors } = await queryGraphql(admin, query)
          const docs = (data?.[many] as { docs: unknown[] } | undefined)?.docs.map((row) =>
            valueAt(row, path),
          )
          expect([path, valueAt(body, path), docs ?? errors]).toEqual([path, value, [value]])
          if (inGroup) continue
          const found = await admin.get(
            `${at}?where[${path}][in]=1,${value}&where[${path}][greater_than]=${value - 1}&sort=${path}`,
          )
          expect([path, found.body.docs?.map((row: unknown) => valueAt(row, path))]).toEqual([
            path,
            [value],
          ])
        }
      }
    },
  )

  it('is answered as the moment that an owner’s token expires', async () => {
    const { subject, profile } = await forecourt.asOwner()
    const year2100 = 4_102_444_800
    const authorization = `Bearer ${forecourt.tokens.tokenFor(subject, year2100)}`
    const request = { query: '{ meUserProfile { exp user { id } } }' }
    const { body } = await forecourt.anonymous
      .post('/api/graphql')
      .set('Authorization', authorization)
      .send(request)
    expect(body).toEqual({ data: { meUserProfile: { exp: year2100, user: { id: profile } } } })
  })
})
