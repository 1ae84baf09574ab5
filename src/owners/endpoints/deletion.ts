import { sql } from '@payloadcms/db-postgres'
import { APIError, type PayloadRequest } from 'payload'
import { writeMail } from '../../mail/write-mail.ts'
import { callers } from '../../api/callers.ts'
import { endpoint } from '../../api/endpoint.ts'
import { describeJson } from '../../api/openapi/operation.ts'
import { DELETION } from '../api-schemas.ts'
import { isLastGarageAdmin } from '../last-garage-admin.ts'
import { runInTransaction } from '../run-in-transaction.ts'

/** How many days an owner can cancel the deletion. */
const GRACE_DAYS = 30

/**
 * POST /api/me/deletion: removes all of the owner's data in 30 days, unless they cancel. A repeated
 * request changes nothing.
 */
export const requestDeletion = endpoint({
  method: 'post',
  path: '/me/deletion',
  summary: 'Schedules the account for deletion in 30 days',
  access: callers.limitedAccount('ask-deletion'),
  status: 202,
  response: describeJson(
    'The deletion is scheduled; a repeated request changes nothing.',
    DELETION,
  ),
  refusals: [401, 403, 409, 429],
  handler: async ({ req, account }) => {
    const scheduledAt = await runInTransaction(req, async (db) => {
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
    return {
      message:
        'Your account is scheduled for deletion. Until then, DELETE /api/me/deletion cancels it.',
      deletion: { scheduledAt },
    }
  },
})

/**
 * DELETE /api/me/deletion: cancels the deletion. An owner who was purged during the request gets an
 * error instead.
 */
export const cancelDeletion = endpoint({
  method: 'delete',
  path: '/me/deletion',
  summary: 'Cancels the deletion of the account',
  access: callers.account,
  response: describeJson('The deletion is canceled.', DELETION),
  refusals: [401, 403],
  handler: async ({ req, account: { profile } }) => {
    const { rowCount } = await runInTransaction(req, (db) =>
      db.execute(
        sql`update user_profiles set deletion_requested_at = null, deletion_scheduled_at = null
        where id = ${profile}`,
      ),
    )
    if (rowCount !== 1) throw new APIError('This account was just deleted.', 401)
    return { message: 'The deletion is canceled. Your account will be kept.', deletion: null }
  },
})

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
