import { type MigrateDownArgs, type MigrateUpArgs, sql } from '@payloadcms/db-postgres'

const DUE_SOON = {
  before: 'When it is done, enter it as a maintenance log; the next due date is worked out from it.',
  after: 'When it is done, enter it as a maintenance log, and enter the next due date in the schedule.',
}
const OVERDUE = {
  before: 'If it has been done already, enter it as a maintenance log and this reminder rests until the next time.',
  after: 'If it has been done already, enter it as a maintenance log, and enter the next due date in the schedule.',
}
const DESCRIPTIONS = [
  {
    key: 'maintenance_due_soon',
    before: 'Sent once when maintenance of a vehicle comes due within the owner’s reminder period.',
    after: 'For maintenance of a vehicle that is due soon.',
  },
  {
    key: 'maintenance_overdue',
    before: 'Sent once when maintenance of a vehicle was due and no log of it has been entered.',
    after: 'For maintenance of a vehicle whose due date has passed.',
  },
  {
    key: 'document_expiring',
    before: 'Sent once when a document of a vehicle is about to expire.',
    after: 'For a document of a vehicle that is about to expire.',
  },
  {
    key: 'document_expired',
    before: 'Sent once when a document of a vehicle has expired.',
    after: 'For a document of a vehicle that has expired.',
  },
]

/**
 * Written by hand: the shipped texts of e-mails promise only what is so. No due date is computed from a log, and nothing decides yet when
 * an e-mail is sent. Sentences that somebody changed stay as they are.
 */
export async function up({ db }: MigrateUpArgs): Promise<void> {
  for (const { before, after } of [DUE_SOON, OVERDUE])
    await db.execute(sql`update email_templates set body = replace(body, ${before}, ${after})
      where template_key like 'maintenance%' and strpos(body, ${before}) > 0`)
  for (const { key, before, after } of DESCRIPTIONS)
    await db.execute(sql`update email_templates set description = ${after}
      where template_key = ${key} and description = ${before}`)
}

export async function down({ db }: MigrateDownArgs): Promise<void> {
  for (const { before, after } of [DUE_SOON, OVERDUE])
    await db.execute(sql`update email_templates set body = replace(body, ${after}, ${before})
      where template_key like 'maintenance%' and strpos(body, ${after}) > 0`)
  for (const { key, before, after } of DESCRIPTIONS)
    await db.execute(sql`update email_templates set description = ${before}
      where template_key = ${key} and description = ${after}`)
}
