import { writeMail } from '../../../src/mail/write-mail.ts'
import { FEEDS, type FeedName } from '../domain/feed-names.ts'
import { listManagerAddresses } from '../store/deliveries.ts'
import type { TransactionRequest } from '../../../jobs/task.ts'

/** Writes to every manager that a feed is held, and where to release or reject it. */
export async function mailManagers(
  tx: TransactionRequest,
  feed: FeedName,
  { feedId, reason, summary }: { feedId: string; reason: string; summary: string },
): Promise<void> {
  const { routes, serverURL } = tx.payload.config
  const url = `${serverURL}${routes.admin}/collections/export-feeds/${feedId}`
  for (const to of await listManagerAddresses(tx))
    await writeMail(tx, {
      to,
      subject: `${FEEDS[feed]} was not sent: please check it`,
      text:
        `The feed for ${FEEDS[feed]} was made and not sent. ${reason}\n\n` +
        `Compared with the last delivery: ${summary}.\n\n` +
        `Check it, then release or reject it:\n${url}\n`,
      about: 'feed_held',
    })
}
