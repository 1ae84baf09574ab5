import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { saveUser, fetchToken } from '../support/forecourt.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'

jest.setTimeout(600_000)

/** What Payload registers and Forecourt has no use for. */
const UNUSED = [
  'copy-data-from-locale',
  'get-default-layout',
  'get-folder-results-component-and-data',
  'get-upcoming-scheduled-publish',
  'render-field',
  'render-widget',
  'schedule-publish',
  'slugify',
]
const INHERITED = [
  'constructor',
  'toString',
  '__proto__',
  'hasOwnProperty',
  'valueOf',
  'toLocaleString',
  '__defineGetter__',
]
const ODD: unknown[] = [
  '',
  'FORM-STATE',
  'form-state ',
  'nothing',
  null,
  7,
  true,
  ['form-state'],
  { a: 1 },
  ['constructor'],
]
const MARKER = 'a-header-that-nobody-may-see'

let forecourt: PanelForecourt
let action: string
let people: Record<string, Record<string, string>>
let secrets: string[]

beforeAll(async () => {
  forecourt = await openPanelForecourt()
  const html = await (await fetch(`${forecourt.origin}/admin/login`)).text()
  action = /[0-9a-f]{42}/.exec(html)?.[0] ?? ''
  const [viewer, former] = [
    await saveUser(forecourt.payload, 'viewer'),
    await saveUser(forecourt.payload, 'manager'),
  ]
  const [token, ended] = [
    await fetchToken(forecourt.app, viewer),
    await fetchToken(forecourt.app, former),
  ]
  await forecourt.sql('update users set is_active = false where id = $1', [former.id])
  const { rows } = await forecourt.sql('select id from users_sessions where _parent_id = $1', [
    viewer.id,
  ])
  secrets = [token, ended, String(rows[0].id), MARKER, 'importMap', '/src/admin/']
  people = {
    nobody: {},
    'a viewer': { cookie: `forecourt-token=${token}` },
    'a deactivated manager': { cookie: `forecourt-token=${ended}` },
    'a forged session': { cookie: `forecourt-token=${token.slice(0, -4)}AAAA` },
  }
})
afterAll(() => forecourt.close())

const call = (who: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${forecourt.origin}/admin/login`, {
    method: 'POST',
    headers: {
      'next-action': action,
      origin: forecourt.origin,
      'content-type': 'text/plain;charset=UTF-8',
      'x-marker': MARKER,
      ...people[who],
      ...headers,
    },
    body,
  })

describe('a server function of the panel', () => {
  it.each(['nobody', 'a deactivated manager', 'a forged session'])(
    'is refused to %s, whatever it is called',
    async (who) => {
      for (const name of ['form-state', 'table-state', ...INHERITED, ...UNUSED, ...ODD]) {
        const answer = await call(who, JSON.stringify([{ name, args: {} }]))
        const text = await answer.text()
        expect([name, answer.status]).toEqual([name, expect.any(Number)])
        expect([401, 403]).toContain(answer.status)
        expect(answer.headers.get('content-type')).toBe('text/plain')
        expect(text.length).toBeLessThan(200)
        expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
      }
    },
  )

  it(
    'is only one that the screens use: no other name reaches Payload, and nothing of the ' +
      'request comes back',
    async () => {
      for (const name of [...INHERITED, ...UNUSED, ...ODD]) {
        const answer = await call('a viewer', JSON.stringify([{ name, args: {} }]))
        const text = await answer.text()
        expect([
          name,
          answer.status < 500,
          text.includes('no server function with this name'),
        ]).toEqual([name, true, true])
        expect(text.length).toBeLessThan(1_000)
        expect(secrets.filter((secret) => text.includes(secret))).toEqual([])
      }
    },
  )

  it('takes an object and nothing else', async () => {
    for (const args of [null, 'x', 7, [], ['a']]) {
      const text = await (
        await call('a viewer', JSON.stringify([{ name: 'form-state', args }]))
      ).text()
      expect([args, text.includes('must be an object')]).toEqual([args, true])
    }
    for (const body of ['[]', '[null]', '[7]', '["constructor"]', '[[]]']) {
      const text = await (await call('a viewer', body)).text()
      expect([body, secrets.filter((secret) => text.includes(secret))]).toEqual([body, []])
    }
  })

  it('takes a megabyte at most', async () => {
    const answer = await call(
      'a viewer',
      JSON.stringify([{ name: 'form-state', args: { data: 'x'.repeat(1_100_000) } }]),
    )
    expect(answer.status).toBe(413)
  })

  it.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['no origin', { origin: '' }],
    ['another site', { origin: '', 'sec-fetch-site': 'cross-site' }],
    ['a sibling domain', { origin: '', 'sec-fetch-site': 'same-site' }],
  ])('is refused to %s', async (_which, headers) => {
    const answer = await call(
      'a viewer',
      JSON.stringify([{ name: 'form-state', args: {} }]),
      headers,
    )
    expect(answer.status).toBe(403)
  })

  it('of another id is not found, and says nothing of the request', async () => {
    for (const id of ['0'.repeat(42), 'constructor', '__proto__', `${action.slice(0, 41)}x`]) {
      const answer = await call('a viewer', '[]', { 'next-action': id })
      const text = await answer.text()
      expect([id, answer.status >= 400 && answer.status < 500]).toEqual([id, true])
      expect(secrets.slice(0, 4).filter((secret) => text.includes(secret))).toEqual([])
    }
  })

  it('still builds the form of a screen for staff', async () => {
    const args = {
      collectionSlug: 'inventory',
      data: {},
      docPermissions: { fields: true },
      docPreferences: { fields: {} },
      operation: 'create',
      schemaPath: 'inventory',
      renderAllFields: true,
    }
    const answer = await call('a viewer', JSON.stringify([{ name: 'form-state', args }]))
    expect([answer.status, (await answer.text()).includes('"vin"')]).toEqual([200, true])
  })

  it('is not asked for by odd methods and paths', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      expect((await fetch(`${forecourt.origin}/admin`, { method })).status).toBe(405)
    expect((await fetch(`${forecourt.origin}/admin/%ff`)).status).toBe(400)
  })
})
