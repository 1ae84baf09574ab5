import type { Engine } from '../../jobs/engine/engine.ts'
import { listOwnedTables } from '../../src/owners/owned-tables.ts'
import { getService } from '../../src/services.ts'
import { aFuelLog, anyVin } from './builders.ts'
import { type Issued, type IssuedForecourt, openIssued, TERMS } from './issued.ts'
import { openS3Peer, type S3Peer } from './s3-peer.ts'
import { startEngine, runJob } from './work.ts'

/** A Forecourt that purges, and the S3 that has its owners' files. */
export type Purging = {
  forecourt: IssuedForecourt
  engine: Engine
  s3: S3Peer
  close: () => Promise<void>
}

export async function openPurging(): Promise<Purging> {
  const s3 = await openS3Peer()
  const forecourt = await openIssued({ ...TERMS, ...s3.settings })
  const engine = await startEngine(forecourt)
  const close = async () => {
    await engine.stop(0)
    await forecourt.close()
    await s3.close()
  }
  return { forecourt, engine, s3, close }
}

/** Stores a file of owners under a bucket and a key. */
export const storeFile = ({ forecourt }: Purging, place: string) =>
  getService(forecourt.payload, 'storages').owners.put(place, Buffer.from('a policy'))

/** Whether the storage has a file of owners. */
export const hasFile = async ({ forecourt }: Purging, place: string): Promise<boolean> =>
  (await getService(forecourt.payload, 'storages').owners.head(place)) !== null

/** An owner with a row in every table that an owner may fill, and a file. */
export async function createFullOwner(purging: Purging): Promise<Issued> {
  const { forecourt } = purging
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
  await storeFile(purging, `papers/${ann.subject}`)
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
  const { run } = await runJob(engine, forecourt, 'purge-accounts')
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
