import { sql } from '@payloadcms/db-postgres'
import { NotFound, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { findActor } from '../audit/actor.ts'
import { aggregatedEntries } from '../audit/aggregated-entries.ts'
import { getOrigin } from '../audit/origin.ts'
import { getPostgresAdapter } from '../database/transaction.ts'
import { maskLinks } from '../domain/mask-links.ts'
import { isUuid } from '../fields/uuid.ts'
import { callers } from '../api/callers.ts'
import { endpoint } from '../api/endpoint.ts'
import { describeJson } from '../api/openapi/operation.ts'
import { sanitizeMailHtml } from './sanitize-mail-html.ts'
import { getService } from '../services.ts'

const PREVIEW = z.strictObject({
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string().nullable(),
  masked: z.boolean().describe('Whether links are masked because they give access to accounts.'),
})

type Row = {
  recipient: string
  subject: string
  text: string
  html: string | null
}

/**
 * GET /api/outgoing-mails/:id/preview, for staff admins: { from, to, subject, text, html, masked }.
 * Links are masked unless APP_ENV is `local`: they give access to accounts. The HTML keeps its
 * appearance, without content that runs or loads. The view is audited.
 */
export const previewMail = endpoint({
  method: 'get',
  path: '/:id/preview',
  summary: 'Renders an e-mail from the outbox as its recipient sees it',
  access: callers.staffAdmins('Only admins may read e-mails.'),
  params: z.object({ id: z.string() }),
  response: describeJson('The e-mail.', PREVIEW),
  refusals: [403, 404],
  handler: async ({ req }, { params: { id } }) => {
    const row = isUuid(id) ? await loadMail(req.payload, id) : undefined
    if (!row) throw new NotFound(req.t)
    await recordPreview(req, id)
    const { email } = req.payload
    const masked = !getService(req.payload, 'showsLinks')
    const maskText = (value: string) => (masked ? maskLinks(value) : value)
    const { recipient: to, subject, text, html } = row
    return {
      from: `${email.defaultFromName} <${email.defaultFromAddress}>`.trim(),
      to,
      subject,
      text: maskText(text),
      html: html === null ? null : sanitizeMailHtml(maskText(html)),
      masked,
    }
  },
})

async function recordPreview(req: PayloadRequest, id: string): Promise<void> {
  const actor = findActor(req)
  const access = { collection: 'outgoing-mails', operation: 'preview', ids: [id] }
  const entry = {
    action: 'look',
    resourceType: 'outgoing-mails',
    resource: id,
    change: { looks: [access] },
    origin: getOrigin(req),
  }
  if (actor) await aggregatedEntries.recordAccess(req.payload, actor, entry)
}

async function loadMail(
  payload: Parameters<typeof getPostgresAdapter>[0],
  id: string,
): Promise<Row | undefined> {
  const { rows } = await getPostgresAdapter(payload).drizzle.execute(
    sql`select recipient, subject, text, html from outgoing_mails where id = ${id}`,
  )
  return (rows as unknown as Row[])[0]
}
