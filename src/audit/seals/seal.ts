import { sql } from '@payloadcms/db-postgres'
import type { Transaction } from '../../database/transaction.ts'

/** The maximum number of entries in one seal; a backlog takes several seals. */
const BATCH = 10_000

/**
 * The key of the advisory lock that is held while sealing, so that seals never run at once. Any
 * number, the same in every process.
 */
const LOCK = 7_305_023

/**
 * What one seal covers; null when there was nothing to seal. `more` when there was more than one
 * seal takes.
 */
export type Sealed = {
  seal: number
  entries: number
  hash: string
  more: boolean
} | null

/**
 * Seals the audit entries that have no seal yet, and those that a purge redacted since they were
 * sealed, in the transaction of `db`: SHA-256 over the hash of the previous seal and the hashes of
 * the entries, in the order of their log and ID. Entries created up to a day before the last seal
 * are checked again, because a transaction commits later than its entries are dated.
 */
export async function sealEntries(db: Transaction['db'], batch = BATCH): Promise<Sealed> {
  await db.execute(sql`select pg_advisory_xact_lock(${LOCK})`)
  const { rows } = await db.execute(sql`
    with last as (
      select coalesce(max(id), 0) as id, coalesce(max(sealed_through), '-infinity') - interval
        '1 day' as horizon from audit_seals),
    unsealed as (
      ${selectUnsealed('activity_logs')} union all ${selectUnsealed('admin_audit_logs')}
        order by created_at, id limit ${batch}),
    redacted as (
      ${selectRedacted('activity_logs')} union all ${selectRedacted('admin_audit_logs')} limit
        ${batch}),
    due as (select * from unsealed union all select * from redacted),
    kept as (
      insert into audit_seal_entries (seal, log, entry, hash) select last.id + 1, due.log, due.id,
        due.hash from due, last
      returning log, entry, hash),
    sealed as (
      insert into audit_seals (id, sealed_through, entries, hash)
      select last.id + 1, case when (select count(*) from unsealed) < ${batch} then now()
        else (select max(created_at) from unsealed) end,
        (select count(*) from kept), sha256(coalesce((select hash from audit_seals
          where audit_seals.id = last.id), ''::bytea)
          || (select string_agg(hash, ''::bytea order by log, entry) from kept))
      from last where exists (select from kept) returning id, entries, encode(hash, 'hex') as hash)
    select id, entries, hash, greatest((select count(*) from unsealed), (select count(*)
      from redacted)) >= ${batch} as more from sealed`)
  const [row] = rows as { id: string; entries: number; hash: string; more: boolean }[]
  return row ? { seal: Number(row.id), entries: row.entries, hash: row.hash, more: row.more } : null
}

type Log = 'activity_logs' | 'admin_audit_logs'

const selectUnsealed = (log: Log) => sql`
  (select ${log}::text as log, e.id, e.created_at, forecourt_entry_hash(${log}, e) as hash
    from ${sql.identifier(log)} e
   where e.created_at >= (select horizon from last)
     and not exists (select from audit_seal_entries s where s.entry = e.id and s.log = ${log})
   order by e.created_at, e.id limit ${BATCH})`

/** Each redaction of a sealed entry leads to one more hash of it. */
const selectRedacted = (log: Log) => sql`
  (select ${log}::text as log, e.id, e.created_at, forecourt_entry_hash(${log}, e) as hash
    from ${sql.identifier(log)} e
   where e.id in (select entry from audit_redactions where log = ${log}
     and redacted_at >= (select horizon from last))
     and (select count(*) from audit_seal_entries s where s.entry = e.id and s.log = ${log})
       between 1 and (select count(*) from audit_redactions r where r.entry = e.id
         and r.log = ${log}))`
