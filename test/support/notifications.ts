import { randomUUID } from 'node:crypto'
import { CHANGED_CHANNEL } from '../../src/database/watch.ts'
import type { TestForecourt } from './forecourt.ts'

/**
 * Waits until this Forecourt has received the notification of every change committed so far:
 * PostgreSQL delivers the notifications of a channel in the order of commits. A test that expects a
 * cached answer calls it before the read that fills the cache; otherwise the notification of its
 * own earlier write can arrive later and drop what was cached.
 */
export async function waitForNotifications(forecourt: TestForecourt): Promise<void> {
  const mark = `mark ${randomUUID()}`
  const received = new Promise<void>((resolve) => {
    const onChanged = (name: string) => {
      if (name !== mark) return
      forecourt.watch.off('changed', onChanged)
      resolve()
    }
    forecourt.watch.on('changed', onChanged)
  })
  await forecourt.sql('select pg_notify($1, $2)', [CHANGED_CHANNEL, mark])
  await received
}
