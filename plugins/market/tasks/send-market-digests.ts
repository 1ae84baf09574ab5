import { z } from 'zod'
import { defineTask } from '../../../jobs/task.ts'
import { permissions } from '../../../src/access/permissions.ts'
import { writeMail } from '../../../src/mail/write-mail.ts'
import { buildDigest, type DigestContent } from '../domain/digest.ts'
import { renderDigestHtml, renderDigestText } from '../domain/digest-mail.ts'
import { computePeriod, isDigestDue, type Period } from '../domain/digest-time.ts'
import { decidePrice } from '../domain/price-decision.ts'
import type { MarketSettings } from '../options.ts'
import {
  claimCheck,
  loadAnalyzedCars,
  loadRecipients,
  loadReportedAlerts,
  type Recipient,
  recordSentDigest,
} from '../store/digests.ts'
import type { QueryContext } from '../store/query.ts'

/**
 * Writes the daily digest of each manager whose hour has come. Idempotent: a check is recorded in
 * the transaction of its e-mail, and each manager is checked once per calendar day of their time
 * zone, whether or not there is anything to report. If one digest cannot be written, the others
 * still are.
 */
export const sendMarketDigests = (settings: MarketSettings) =>
  defineTask({
    name: 'send-market-digests',
    queue: 'market',
    description: 'Sends each manager an e-mail about the market, once a day at their hour.',
    ...(settings.digest.schedule && { schedule: settings.digest.schedule }),
    input: z.object({}),
    expiry: 600,
    retries: { limit: 3, delay: 60, backoff: true },
    concurrency: 1,
    canRun: permissions.canManageLot,
    run: async (ctx) => {
      const now = ctx.now()
      const recipients = await loadRecipients(ctx, settings.digest, now)
      const failures: unknown[] = []
      let sent = 0
      for (const recipient of recipients) {
        ctx.signal.throwIfAborted()
        try {
          if (!isDigestDue(recipient, now)) continue
          sent += await ctx.commit((tx) => checkMarket(tx, settings, recipient, now))
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
      return { sent }
    },
  })

/** Checks whether there is anything to report to a manager. Returns the number of e-mails. */
async function checkMarket(
  tx: QueryContext,
  settings: MarketSettings,
  recipient: Recipient,
  now: Date,
): Promise<number> {
  if (!(await claimCheck(tx, recipient, now))) return 0
  const { routes, serverURL } = tx.payload.config
  const adminUrl = `${serverURL}${routes.admin}`
  const content = await loadContent(tx, settings, computePeriod(recipient.checkedAt, now))
  const digest = buildDigest(content, { currency: settings.currency, adminUrl })
  if (!digest) return 0
  const reader = { ...recipient, adminUrl }
  await writeMail(tx, {
    to: recipient.email,
    subject: digest.subject,
    text: renderDigestText(digest, reader),
    html: renderDigestHtml(digest, reader),
    about: 'market_digest',
  })
  await recordSentDigest(tx, recipient, now)
  return 1
}

async function loadContent(
  tx: QueryContext,
  { competitorChanges, bands, goal }: MarketSettings,
  period: Period,
): Promise<DigestContent> {
  const cars = await loadAnalyzedCars(tx, period)
  return {
    decisions: cars.flatMap((car) => decidePrice(car, { bands, goal }) ?? []),
    alerts: await loadReportedAlerts(tx, period),
    changes: await competitorChanges(tx, period),
  }
}
