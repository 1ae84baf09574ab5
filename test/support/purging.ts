import type { Engine } from '../../jobs/engine/engine.ts'
import type { StoredFile } from '../../src/owners/files.ts'
import { listOwnedTables } from '../../src/owners/owned-tables.ts'
import { aFuelLog, anyVin } from './builders.ts'
import { type Issued, type IssuedForecourt, openIssued, TERMS } from './issued.ts'
import { queueJob, waitForRun, startEngine } from './work.ts'

/** A Forecourt that purges: its owners' files, those that were removed, and those that can't be. */
export type Purging = {
  forecourt: IssuedForecourt
  engine: Engine
  removed: StoredFile[]
  stuck: Set<string>
  close: () => Promise<void>
}

export async function openPurging(): Promise<Purging> {
  const removed: StoredFile[] = []
  const stuck = new Set<string>()
  const remove = async (file: StoredFile) => {
    if (stuck.has(file.key)) throw new Error('The storage does not answer.')
    removed.push(file)
  }
  const forecourt = await openIssued(TERMS, { remove, open: () => Promise.resolve(null) })
  const engine = await startEngine(forecourt)
  const close = async () => {
    await engine.stop(0)
    await forecourt.close()
  }
  return { forecourt, engine, removed, stuck, close }
}

/** An owner with a row in every table that an owner may fill, and a file. */
export async function createFullOwner({ forecourt }: Purging): Promise<Issued> {
  const ann = await forecourt.signInOwner()
  await ann.api.post('/api/auth/signup').send({ acceptTerms: true, version: '2.0' }).expect(201)
  const { body } = await ann.api.post('/api/vehicles').send({ vin: anyVin() }).expect(201)
  const vehicle = body.doc.id as string
  await ann.api.post('/api/fuel-logs').send(aFuelLog(vehicle)).expect(201)
  await ann.api
    .post('/api/documents')
    .send({ vehicle, title: 'Policy', documentType: 'insurance' })
    .expect(201)
  await forecourt.sql(
    `update documents set storage_bucket = 'papers', storage_key = $1 where user_id = $1`,
    [ann.subject],
  )
  await forecourt.sql(
    'insert into notification_logs (user_id, notification_type, template_key) values ($1, ' +
      `'email', 'document_expired')`,
    [ann.subject],
  )
  return ann
}

/** How many rows of owners' tables are theirs. */
export async function countRows({ forecourt }: Purging, { subject }: Issued): Promise<number> {
  const tables = [
    ...listOwnedTables(forecourt.payload),
    { table: 'user_profiles', column: 'auth0_sub' },
  ]
  const counts = tables.map(
    ({ table, column }) => `(select count(*) from ${table} where ${column} = $1)`,
  )
  return Number(
    (await forecourt.sql(`select ${counts.join(' + ')} as rows`, [subject])).rows[0].rows,
  )
}

/** As if they had asked to be deleted so many days ago. */
export const backdateDeletionRequest = (
  { forecourt }: Purging,
  { subject }: Issued,
  days: number,
) =>
  forecourt.sql(
    `update user_profiles set deletion_requested_at = now() - make_interval(days => $2),
       deletion_scheduled_at = now() - make_interval(days => $2 - 30) where auth0_sub = $1`,
    [subject, days],
  )

/** Runs the daily task; answers its result, or the words of its failure. */
export async function runPurge({ forecourt, engine }: Purging): Promise<unknown> {
  const job = await queueJob(forecourt, 'purge-accounts')
  const { run } = await waitForRun(engine, job)
  const { rows } = await forecourt.sql('select result, error from job_history where id = $1', [
    run.id,
  ])
  return rows[0].result ?? rows[0].error
}

/** The tables in which a row holds this text, whichever column it is in. */
export async function findTablesNaming({ forecourt }: Purging, text: string): Promise<string[]> {
  const { rows } = await forecourt.sql(
    `select table_name as name from information_schema.tables where table_schema = 'public' ` +
      `and table_type = 'BASE TABLE' order by 1`,
  )
  const names = (rows as { name: string }[]).map(({ name }) => name)
  const found = await Promise.all(
    names.map((name) =>
      forecourt.sql(`select 1 from "${name}" t where t::text like $1 limit 1`, [`%${text}%`]),
    ),
  )
  return names.filter((_name, i) => (found[i]?.rows.length ?? 0) > 0)
}
