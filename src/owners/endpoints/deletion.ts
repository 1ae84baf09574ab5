import { sql } from '@payloadcms/db-postgres'
import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import type { Account } from '../../access/identity.ts'
import { writeMail } from '../../mail/write-mail.ts'
import { describeJson, describeRefusals, documentEndpoint } from '../../api/openapi/operation.ts'
import { DELETION } from '../api-schemas.ts'
import { isLastGarageAdmin } from '../last-garage-admin.ts'
import { runInTransaction } from '../run-in-transaction.ts'
import { requireAccount, limitRequests, NO_STORE } from './require-owner.ts'

/** How many days an owner can cancel the deletion. */
const GRACE_DAYS = 30

/**
 * POST /api/me/deletion: removes all of the owner's data in 30 days, unless they cancel. A repeated
 * request changes nothing.
 */
export const requestDeletion: Endpoint = documentEndpoint(
  {
    summary: 'Schedules the account for deletion in 30 days',
    audience: ['owner'],
    responses: {
      202: describeJson('The deletion is scheduled; a repeated request changes nothing.', DELETION),
      ...describeRefusals(401, 403, 409, 429),
    },
  },
  {
    path: '/me/deletion',
    method: 'post',
    handler: requireAccount(async (req, account) => {
      await limitRequests(req, 'ask-deletion', account)
      const scheduled = await runInTransaction(req, async (db) => {
        if (await isLastGarageAdmin(db, account.subject))
          throw new APIError(
            'You are the last garage admin. Make someone else a garage admin first.',
            409,
          )
        const updated = await db.execute(sql`
        update user_profiles set deletion_requested_at = now(), deletion_scheduled_at = now() +
          make_interval(days => ${GRACE_DAYS})
        where id = ${account.profile} and deletion_requested_at is null`)
        const { rows } = await db.execute(sql`
        select deletion_scheduled_at as at, email,
          case when notification_email_confirmed_at is not null
            then notification_email end as elsewhere
        from user_profiles where id = ${account.profile}`)
        const [row] = rows as { at: string; email: string; elsewhere: string | null }[]
        if (!row) throw new Error('The profile was deleted while it was being read.')
        const at = new Date(row.at).toISOString()
        if (updated.rowCount === 1) await sendDeletionMail(req, row.elsewhere ?? row.email, at)
        return at
      })
      const message =
        'Your account is scheduled for deletion. Until then, DELETE /api/me/deletion cancels it.'
      return Response.json(
        { message, deletion: { scheduledAt: scheduled } },
        { status: 202, headers: NO_STORE },
      )
    }),
  },
)

/** DELETE /api/me/deletion: cancels the deletion. */
export const cancelDeletion: Endpoint = documentEndpoint(
  {
    summary: 'Cancels the deletion of the account',
    audience: ['owner'],
    responses: {
      200: describeJson('The deletion is canceled.', DELETION),
      ...describeRefusals(401, 403),
    },
  },
  { path: '/me/deletion', method: 'delete', handler: requireAccount(clearDeletion) },
)

/** An owner who was purged during the request gets an error instead. */
async function clearDeletion(req: PayloadRequest, { profile }: Account): Promise<Response> {
  const { rowCount } = await runInTransaction(req, (db) =>
    db.execute(
      sql`update user_profiles set deletion_requested_at = null, deletion_scheduled_at = null
        where id = ${profile}`,
    ),
  )
  if (rowCount !== 1) throw new APIError('This account was just deleted.', 401)
  return Response.json(
    { message: 'The deletion is canceled. Your account stays.', deletion: null },
    { headers: NO_STORE },
  )
}

async function sendDeletionMail(req: PayloadRequest, to: string, at: string): Promise<void> {
  const text =
    `You asked us to delete your account. On ${at.slice(0, 10)} we will permanently remove it ` +
    'with all your vehicles, logs and documents.\n\n' +
    'If you change your mind, sign in before that date and cancel the deletion. If you did not ' +
    'request this, sign in and cancel it now.\n'
  await writeMail(req, {
    to,
    subject: 'Your account will be deleted',
    text,
    about: 'account_deletion',
  })
}
