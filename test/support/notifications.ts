import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { CHANGED_CHANNEL, type DatabaseWatch } from '../../src/database/watch.ts'

export type SendSql = (statement: string, values?: unknown[]) => Promise<pg.QueryResult>

/** A Forecourt that listens to its database. */
type Listening = { watch: DatabaseWatch; sql: SendSql }

const WRITES = ['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'TRUNCATE']

/**
 * Waits until this Forecourt has received the notification of every change committed so far:
 * PostgreSQL delivers the notifications of a channel in the order of commits. A test that expects a
 * cached answer calls it before the read that fills the cache; otherwise the notification of its
 * own earlier write can arrive later and drop what was cached.
 */
export async function waitForNotifications({ watch, sql }: Listening): Promise<void> {
  await waitForMark(watch, sql)
}

/**
 * Sends statements as `send` does. After a statement that writes it waits until this process has
 * received the notification, so that the next request does not get what was cached before.
 */
export function awaitNotifications(watch: DatabaseWatch, send: SendSql): SendSql {
  return async (statement, values) => {
    const result = await send(statement, values)
    if ([result].flat().some(({ command }) => WRITES.includes(command)))
      await waitForMark(watch, send)
    return result
  }
}

/** Sends a mark and waits until it arrives, or until the watch's connection breaks. */
async function waitForMark(watch: DatabaseWatch, send: SendSql): Promise<void> {
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
  await send('select pg_notify($1, $2)', [CHANGED_CHANNEL, mark])
  await received
}
