import { sql } from '@payloadcms/db-postgres'
import { APIError, type Endpoint, NotFound } from 'payload'
import { z } from 'zod'
import { permissions } from '../access/permissions.ts'
import { actorOf } from '../audit/actor.ts'
import { countedLines } from '../audit/counted.ts'
import { originOf } from '../audit/origin.ts'
import { postgresOf } from '../database/transaction.ts'
import { maskLinks } from '../domain/mask-links.ts'
import { isUuid } from '../fields/uuid.ts'
import { json, refusals, stated } from '../openapi/operation.ts'
import { harmlessHtml } from './harmless-html.ts'

const PREVIEW = z.strictObject({
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable(),
  masked: z.boolean().describe('Whether links are masked, because they open accounts.'),
})

type Row = { recipient: string; subject: string; text: string; html: string | null }

/**
 * GET /api/outgoing-mails/:id/preview, for staff admins: { from, to, subject, text, html, masked }. Links are masked where the product
 * is not `local`: they open accounts. The HTML is as it looks, without what runs or loads. The look goes to the trail.
 */
export const previewMail: Endpoint = stated(
  {
    summary: 'A mail of the outbox as it looks',
    askers: ['staff'],
    params: z.object({ id: z.string() }),
    answers: { 200: json('The mail.', PREVIEW), ...refusals(403, 404) },
  },
  {
    path: '/:id/preview',
    method: 'get',
    handler: async (req) => {
      if (!permissions.isStaffAdmin({ req })) throw new APIError('Only an admin may read mails.', 403, undefined, true)
      const id = req.routeParams?.['id']
      const row = isUuid(id) ? await rowOf(req.payload, id) : undefined
      if (!row) throw new NotFound(req.t)
      const actor = actorOf(req)
      const look = { collection: 'outgoing-mails', operation: 'preview', ids: [id as string] }
      const line = {
        action: 'look',
        resourceType: 'outgoing-mails',
        resource: id,
        change: { looks: [look] },
        origin: originOf(req),
      }
      if (actor) await countedLines.look(req.payload, actor, line)
      const { email, config } = req.payload
      const masked = config.custom['showsLinks'] !== true
      const shown = (said: string) => (masked ? maskLinks(said) : said)
      const { recipient: to, subject, text, html } = row
      const from = `${email.defaultFromName} <${email.defaultFromAddress}>`.trim()
      return Response.json(
        { from, to, subject, text: shown(text), html: html === null ? null : harmlessHtml(shown(html)), masked },
        { headers: { 'cache-control': 'no-store' } },
      )
    },
  },
)

async function rowOf(payload: Parameters<typeof postgresOf>[0], id: string): Promise<Row | undefined> {
  const { rows } = await postgresOf(payload).drizzle.execute(
    sql`select recipient, subject, text, html from outgoing_mails where id = ${id}`,
  )
  return (rows as unknown as Row[])[0]
}
