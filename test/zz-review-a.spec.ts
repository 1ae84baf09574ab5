import { afterAll, beforeAll, it } from '@jest/globals'
import { sql } from '@payloadcms/db-postgres'
import sharp from 'sharp'
import { appendFileSync, writeFileSync } from 'node:fs'
import { postgresOf } from '../src/database/transaction.ts'
import { aCar, saveCar } from './support/builders.ts'
import { openForecourt, type TestForecourt } from './support/forecourt.ts'

let f: TestForecourt
const out = '/tmp/rv-out.txt'
writeFileSync(out, '')
const log = (...a: unknown[]) => appendFileSync(out, a.map((x) => (typeof x === 'string' ? x : JSON.stringify(x))).join(' ') + '\n')
beforeAll(async () => { f = await openForecourt() }, 100000)
afterAll(() => f.close())
const step = (name: string, work: () => Promise<void>) => it(name, async () => { try { await work() } catch (e) { log('!!', name, String((e as Error).stack).slice(0, 600)) } }, 60000)

step('where', async () => {
  const manager = await f.as('manager'); const viewer = await f.as('viewer'); const admin = await f.as('admin')
  await manager.post('/api/inventory').send(aCar())
  for (const [who, api] of [['anon', f.anonymous], ['viewer', viewer], ['manager', manager]] as const)
    for (const q of ['where[createdBy.email][like]=manager', 'where[createdBy.role][equals]=manager', 'where[createdBy.hash][exists]=true', 'where[createdBy.salt][like]=a', 'where[createdBy.oauthId][exists]=true', 'where[createdBy.resetPasswordToken][exists]=false', 'where[createdBy.sessions.id][exists]=true','where[createdBy.loginAttempts][equals]=0', 'where[sourceSubmission.customerEmail][exists]=false', 'where[cost][near]=1,2,3', 'where[images.cost][equals]=1', 'where[status]=sold', 'where=abc', 'where[or][0]=x', 'sort[a]=cost', 'sort[]=cost','where[createdBy][in][]=x', 'select[cost]=true&select[createdBy]=true&depth=2', 'where[and][0][or][0][cost][exists]=true','where[created_by][exists]=true','where[cost.x][exists]=true', 'joins[x][sort]=cost','where[confirmVin][equals]=true','sort=confirmVin','where[title][regex]=x','where[cost][bogus]=1','where[AND][0][cost][exists]=true']) {
      for (const p of ['', '/count']) {
        const r = await api.get(`/api/inventory${p}?${q}`)
        log(who, p, q, r.status, r.body.totalDocs ?? '', r.status === 200 ? Object.keys(r.body.docs?.[0] ?? {}).filter((k) => /cost|createdBy|source/.test(k)) : r.body.errors?.[0]?.message ?? '')
      }
    }
  for (const s of ['payload-migrations', 'payload-preferences', 'payload-locked-documents', 'payload-kv', 'users']) {
    for (const [who, api] of [['anon', f.anonymous], ['viewer', viewer]] as const) {
      const r = await api.get(`/api/${s}`)
      log(who, s, r.status, JSON.stringify(r.body).slice(0, 200))
    }
    const d = await viewer.delete(`/api/${s}?where[id][exists]=true`); log('viewer delete', s, d.status, JSON.stringify(d.body).slice(0, 200))
    const c = await viewer.post(`/api/${s}`).send({ name: 'x', batch: 9 }); log('viewer post', s, c.status, JSON.stringify(c.body).slice(0, 200))
  }
  for (const q of ['where=abc', 'where[status]=sold', 'where[or][0]=x', 'where[and]=x', 'where[or][]=', 'where[nope]=1','where[status][]=sold', 'where[id][in]=']) {
    await saveCar(f.payload)
    const r = await admin.delete(`/api/inventory?${q}`); log('admin delete', q, r.status, r.body.message ?? r.body, (r.body.docs ?? []).length)
  }
  for (const q of ['where[status]=sold']) {
    await saveCar(f.payload); await saveCar(f.payload)
    const r = await manager.patch(`/api/inventory?${q}`).send({ price: 1 }); log('manager patch', q, r.status, r.body.message, (r.body.docs ?? []).length)
  }
})
step('photos', async () => {
  const admin = await f.as('admin')
  const png = await sharp({ create: { width: 900, height: 700, channels: 3, background: 'red' } }).jpeg().toBuffer()
  const up = async () => (await admin.post('/api/media').attach('file', png, { filename: 'a.jpg', contentType: 'image/jpeg' })).body.doc
  const p1 = await up()
  log('photo', p1)
  const car = await saveCar(f.payload, { images: [p1.url] } as never)
  const path = new URL(p1.url).pathname
  const h = await f.anonymous.get(path); log('anon on show', h.status, h.headers)
  const sg = await admin.get(path); log('staff photo', sg.status, sg.headers)
  const lst = await admin.get('/api/media'); log('staff media headers', lst.headers)
  const l2 = await admin.get('/api/inventory?depth=1'); log('staff inv depth1 headers', l2.headers)
  const dup = await admin.post(`/api/media/${p1.id}/duplicate`).send({}); log('dup', dup.status, dup.body.doc ?? dup.body)
  if (dup.body.doc) { const a = await f.anonymous.get(new URL(dup.body.doc.url).pathname); log('anon dup', a.status); const m = await f.anonymous.get('/api/media'); log('anon media', m.body.totalDocs) }
  await admin.delete(`/api/inventory/${car.id}?select[title]=true`)
  log('after delete with select', (await f.anonymous.get(path)).status)
  const p2 = await up()
  const r = await admin.post('/api/inventory?select[title]=true').send(aCar({ images: [p2.url] } as never)); log('create with select', r.status, r.body.doc ?? r.body)
  log('its photo', (await f.anonymous.get(new URL(p2.url).pathname)).status)
  const p3 = await up()
  const c3 = (await admin.post('/api/inventory').send(aCar({ images: [p3.url] } as never))).body.doc
  const g = await admin.post('/api/graphql').send({ query: `mutation { deleteInventory(id: "${c3.id}") { id } }` }); log('gql delete', g.body)
  log('after gql delete', (await f.anonymous.get(new URL(p3.url).pathname)).status)
  const p4 = await up()
  const c4 = (await admin.post('/api/inventory').send(aCar({ images: [p4.url] } as never))).body.doc
  await admin.patch(`/api/inventory/${c4.id}?select[title]=true`).send({ status: 'hold' }); log('hold with select', (await f.anonymous.get(new URL(p4.url).pathname)).status)
  await admin.patch(`/api/inventory/${c4.id}?select[title]=true`).send({ status: 'available' }); log('available with select', (await f.anonymous.get(new URL(p4.url).pathname)).status)
  const cd = await admin.post(`/api/inventory/${c4.id}/duplicate`).send({ vin: (aCar() as {vin:string}).vin, stockNumber: null }); log('car dup', cd.status, cd.body.doc ?? cd.body)
})
step('sessions race', async () => {
  const { drizzle, tables } = postgresOf(f.payload)
  const { saveUser } = await import('./support/forecourt.ts')
  const admin = await f.as('admin')
  for (const change of [{ isActive: false }, { role: 'viewer' }, { password: 'another password entirely' }]) {
    let undone = 0, alive = 0
    for (let i = 0; i < 10; i++) {
      const u = await saveUser(f.payload, 'manager')
      const login = f.anonymous.post('/api/users/login').send({ email: u.email, password: u.password }).then((r) => r)
      await new Promise((r) => setTimeout(r, 5 + i * 8))
      const p = await admin.patch(`/api/users/${u.id}`).send(change)
      const l = await login
      const row = (await drizzle.execute(sql`select role, is_active, hash from ${tables['users']} where id = ${u.id}`)).rows[0]
      const me = l.body.token ? await f.anonymous.get('/api/users/me').set('authorization', `Bearer ${l.body.token}`) : null
      const again = await f.anonymous.post('/api/users/login').send({ email: u.email, password: u.password })
      if (p.status === 200 && (('isActive' in change && row?.['is_active'] !== false) || ('role' in change && row?.['role'] !== 'viewer') || ('password' in change && again.status === 200))) undone++
      if (p.status === 200 && me?.body?.user) alive++
      log('race', change, i, p.status, l.status, { role: row?.['role'], active: row?.['is_active'] }, Boolean(me?.body?.user), again.status)
    }
    log('RACE', change, 'undone', undone, 'alive', alive)
  }
  const u = await saveUser(f.payload, 'manager')
  const rs = await Promise.all(Array.from({ length: 40 }, () => f.anonymous.post('/api/users/login').send({ email: u.email, password: 'nope nope nope' }).then((r) => `${r.status} ${r.body.errors?.[0]?.message}`)))
  log('brute', Object.entries(rs.reduce<Record<string, number>>((m, s) => ({ ...m, [s]: (m[s] ?? 0) + 1 }), {})))
  log((await drizzle.execute(sql`select login_attempts, lock_until from ${tables['users']} where id = ${u.id}`)).rows)
})
