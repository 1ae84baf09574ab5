import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { CHANGED_CHANNEL, type DatabaseWatch } from '../../src/database/watch.ts'

/** Sends a statement of SQL with its parameters. */
export type SendSql = (statement: string, values?: unknown[]) => Promise<pg.QueryResult>

const WRITES = ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE']

/** Sends statements to a database, and receives its notifications. */
type Listening = { watch: DatabaseWatch; sql: SendSql }

/**
 * Waits until this process has received the notification of every change committed so far, or until
 * the connection breaks: PostgreSQL delivers the notifications of a channel in the order of
 * commits. A test that expects a cached answer calls it before the read that fills the cache;
 * otherwise the notification of its own earlier write can arrive later and drop what was cached.
 */
export async function waitForNotifications({ watch, sql }: Listening): Promise<void> {
  if (!watch.up) return
  const mark = `mark ${randomUUID()}`
  const received = new Promise<void>((resolve) => {
    const finish = () => {
      watch.off('changed', onChanged)
      watch.off('down', finish)
      resolve()
    }
    const onChanged = (name: string) => void (name === mark && finish())
    watch.on('changed', onChanged)
    watch.on('down', finish)
  })
  await sql('select pg_notify($1, $2)', [CHANGED_CHANNEL, mark])
  await received
}

/**
 * Sends statements as `sql` does. After a statement that writes it waits for the notification, so
 * that the next request does not get what was cached before.
 */
export function awaitNotifications(watch: DatabaseWatch, sql: SendSql): SendSql {
  return async (statement, values) => {
    const result = await sql(statement, values)
    if ([result].flat().some(({ command }) => WRITES.includes(command)))
      await waitForNotifications({ watch, sql })
    return result
  }
}
