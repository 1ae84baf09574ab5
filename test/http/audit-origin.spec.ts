import { randomUUID } from 'node:crypto'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import supertest from 'supertest'
import { getOrigin } from '../../src/audit/origin.ts'
import { assignRequestId } from '../../src/server/headers.ts'
import { toWebRequest } from '../../src/server/web-request.ts'
import { openPanelForecourt, type PanelForecourt } from '../support/panel.ts'
import { saveVehicle } from '../support/builders.ts'
import { saveUser, fetchToken } from '../support/forecourt.ts'
import { type AuditLog, openAuditLog } from '../support/audit-log.ts'

const FORGED = {
  'X-Forecourt-Address': '6.6.6.6',
  'X-Forecourt-Request-Id': 'forged-by-me',
  'X-Forwarded-For': '6.6.6.6, 7.7.7.7',
}

/**
 * An application that answers with the origin that the audit log would store, behind this
 * number of proxies.
 */
function redaction(proxies: number) {
  const app = express().set('trust proxy', proxies)
  app.use(assignRequestId(), (req, res) => {
    const { request } = toWebRequest(req, res, 'http://localhost')
    res.json({
      api: getOrigin(request),
      panel: getOrigin({ headers: new Headers(req.headers as Record<string, string>) }),
    })
  })
  return app
}

describe('where a line says it came from', () => {
  it('is what the server saw, whatever the client says, in the API and in the panel', async () => {
    const id = randomUUID()
    const { body } = await supertest(redaction(0))
      .get('/')
      .set(FORGED)
      .set('X-Request-Id', id)
      .set('User-Agent', 'a browser')
    const seen = {
      address: expect.stringContaining('127.0.0.1'),
      userAgent: 'a browser',
      requestId: id,
    }
    expect(body).toEqual({ api: seen, panel: seen })
  })

  it('is what the last proxy of ours saw', async () => {
    const { body } = await supertest(redaction(1)).get('/').set(FORGED)
    expect(body).toMatchObject({ api: { address: '7.7.7.7' }, panel: { address: '7.7.7.7' } })
  })

  it('is one line of text however it was sent, and no longer than its column', async () => {
    const { body } = await supertest(redaction(0))
      .get('/')
      .set('User-Agent', `a\tbrowser ${'x'.repeat(2_000)}`)
    const { userAgent } = (body as { api: { userAgent: string } }).api
    expect([userAgent.length, userAgent.slice(0, 11)]).toEqual([500, 'a browser x'])
  })

  it('is nowhere for code that no request is behind', () => {
    expect(getOrigin({})).toEqual({ address: null, userAgent: null, requestId: null })
  })
})

describe('the panel', () => {
  let forecourt: PanelForecourt
  let auditLog: AuditLog
  beforeAll(async () => {
    forecourt = await openPanelForecourt()
    auditLog = openAuditLog(forecourt)
  }, 600_000)
  afterAll(() => forecourt.close())

  it('leaves a line of what an admin sees in it, with where the request came from', async () => {
    const user = await saveUser(forecourt.payload, 'admin')
    const cookie = `forecourt-token=${await fetchToken(forecourt.app, user)}`
    const owner = await forecourt.asOwner()
    const vehicle = await saveVehicle(forecourt.payload, owner.subject)
    for (const path of ['vehicles', `vehicles/${vehicle.id}`]) {
      const requestId = randomUUID()
      const headers = {
        cookie,
        origin: forecourt.origin,
        'x-request-id': requestId,
        'user-agent': 'a browser',
        ...FORGED,
      }
      const page = await fetch(`${forecourt.origin}/admin/collections/${path}`, { headers })
      expect([path, page.status, (await page.text()).includes(vehicle.id)]).toEqual([
        path,
        200,
        true,
      ])
      const lines = await auditLog.audit('request_id = $1', [requestId])
      const look = lines.find(({ resource_type: table }) => table === 'vehicles')
      expect(look).toMatchObject({
        actor_admin_id: `staff:${user.id}`,
        action: 'look',
        user_agent: 'a browser',
      })
      expect(look?.ip_address).toMatch(/127\.0\.0\.1|^::1$/)
      expect(look?.change?.looks?.at(-1)).toMatchObject({
        collection: 'vehicles',
        ids: [vehicle.id],
      })
    }
  })
})
