import type pg from 'pg'

/** The result of comparing the audit log with its seals. */
export type SealReport = {
  /** Entries that are sealed and unchanged. */
  entries: number
  /** Entries that wait for their first seal, or for a new one after a purge. */
  waiting: number
  /**
   * The newest seal: its number, its hash in hexadecimal, and when it was made; null while there is
   * none.
   */
  head: Seal | null
  /** One sentence for each difference from what was sealed; at most 100. */
  problems: string[]
}

/** A seal by its number; `hash` in hexadecimal. */
export type Seal = {
  seal: number
  hash: string
  sealedAt: Date
}

const MAX_PROBLEMS = 100
const LOGS = ['activity_logs', 'admin_audit_logs'] as const

/**
 * Seals whose hash does not follow from the seal before and their entries, and seals that are
 * missing.
 */
const BROKEN_SEALS = `
  select s.id from audit_seals s
  left join audit_seals p on p.id = s.id - 1
  left join (select seal, count(*) as entries, string_agg(hash, ''::bytea
    order by log, entry) as hashes
    from audit_seal_entries group by seal) e on e.seal = s.id
  where s.hash is distinct from sha256(coalesce(p.hash, ''::bytea) || coalesce(e.hashes, ''::bytea))
    or s.entries is distinct from coalesce(e.entries, 0) or (s.id > 1 and p.id is null)
  union
  select e.seal from audit_seal_entries e where not exists (select from audit_seals s
    where s.id = e.seal)
  order by 1 limit $1`

/**
 * How many entries of a log (`$1`) are in each state, and the first `$2` of those that should not
 * be so.
 */
const buildStatesSql = (log: (typeof LOGS)[number]) => `
  with sealed as (
    select distinct on (entry) entry, hash, seal, count(*) over (partition by entry) as times
    from audit_seal_entries where log = $1 order by entry, seal desc),
  redacted as (select entry, count(*) as times from audit_redactions where log = $1 group by entry),
  horizon as (select max(sealed_through) - interval '1 day' as moment from audit_seals),
  states as (
    select coalesce(e.id, s.entry) as id, s.seal, case
      when e.id is null then 'missing'
      when s.entry is null then case when e.created_at < (select moment from horizon) then 'added'
        else 'waiting' end
      when s.times <= coalesce(r.times, 0) then 'waiting'
      when s.times > 1 + coalesce(r.times, 0) then 'resealed'
      when s.hash is distinct from forecourt_entry_hash($1, e) then 'changed'
      else 'intact' end as state
    from ${log} e full join sealed s on s.entry = e.id left join redacted r on r.entry = s.entry),
  wrong as (select id, seal, state from states where state not in ('intact', 'waiting')
    order by seal, id limit $2)
  select (select count(*)::int from states where state = 'intact') as intact,
    (select count(*)::int from states where state = 'waiting') as waiting,
    array(select jsonb_build_object('id', id, 'seal', seal, 'state', state) from wrong) as wrong`

type States = {
  intact: number
  waiting: number
  wrong: { id: string; seal: number | null; state: keyof typeof SENTENCES }[]
}

const SENTENCES = {
  missing: 'was deleted after it was sealed',
  added: 'is dated before the last seal but was never sealed, so it was added later',
  resealed: 'was sealed more times than its redactions allow',
  changed: 'was changed after it was sealed',
} as const

/**
 * Compares the audit log with its seals, in the transaction of `client`, which should be one
 * snapshot. Reads every entry, so it takes a while on a long log.
 */
export async function verifySeals(client: pg.ClientBase): Promise<SealReport> {
  const broken = await client.query<{ id: string }>(BROKEN_SEALS, [MAX_PROBLEMS])
  const problems = broken.rows.map(
    ({ id }) => `Seal ${id} does not match its entries and the previous seal.`,
  )
  const report: SealReport = { entries: 0, waiting: 0, head: await findSeal(client), problems }
  for (const log of LOGS) {
    const { rows } = await client.query<States>(buildStatesSql(log), [
      log,
      MAX_PROBLEMS - problems.length,
    ])
    const { intact = 0, waiting = 0, wrong = [] } = rows[0] ?? {}
    report.entries += intact
    report.waiting += waiting
    for (const { id, seal, state } of wrong)
      problems.push(
        `Entry ${id} of ${log}${seal === null ? '' : ` (seal ${seal})`} ${SENTENCES[state]}.`,
      )
  }
  return report
}

/** The seal with this hash in hexadecimal, or the newest one; null where there is none. */
export async function findSeal(client: pg.ClientBase, hash?: string): Promise<Seal | null> {
  const { rows } = await client.query<{ id: string; hash: string; sealed_at: Date }>(
    `select id, encode(hash, 'hex') as hash, sealed_at from audit_seals
     where $1::text is null or hash = decode($1, 'hex') order by id desc limit 1`,
    [hash ?? null],
  )
  const [row] = rows
  return row ? { seal: Number(row.id), hash: row.hash, sealedAt: row.sealed_at } : null
}
