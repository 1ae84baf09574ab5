import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type pg from 'pg'
import { writeAudit } from '../audit/entries.ts'
import type { Origin } from '../audit/origin.ts'
import type { FieldChange } from '../domain/audit-change.ts'
import type { Settings } from '../env.ts'

/** The current terms for owners. */
export type Terms = {
  version: string
  url: string
  contentHash: string
}

/** The terms in the settings; null if owners agree to nothing. */
export function readTerms({
  TERMS_VERSION: version,
  TERMS_URL: url,
  TERMS_CONTENT_HASH: contentHash,
}: Settings): Terms | null {
  return version && url && contentHash ? { version, url, contentHash } : null
}

type StoredAgreement = {
  terms_version: string
  terms_url: string
  terms_content_hash: string
  ip_address: string
  user_agent: string
  agreed_at: Date
}

const UPSERT_AGREEMENT_SQL = `
  insert into terms_agreements (user_id, agreed_at, ip_address, user_agent, terms_version,
    terms_url, terms_content_hash)
  values ($1, now(), $2, $3, $4, $5, $6)
  on conflict (user_id) do update set agreed_at = now(), ip_address = excluded.ip_address,
    user_agent = excluded.user_agent,
    terms_version = excluded.terms_version, terms_url = excluded.terms_url, terms_content_hash =
      excluded.terms_content_hash,
    updated_at = now()`

/**
 * Records that an owner agrees to the terms, and the origin. There is one row per owner (required
 * by the document): the previous agreement is copied to the audit log, completely, in the same
 * transaction. Agreeing to the same terms again changes nothing.
 */
export async function agreeToTerms(
  client: pg.PoolClient,
  subject: string,
  terms: Terms,
  origin: Origin,
): Promise<void> {
  await client.query('select pg_advisory_xact_lock(hashtextextended($1, 7305024))', [subject])
  const { rows } = await client.query<StoredAgreement>(
    'select * from terms_agreements where user_id = $1',
    [subject],
  )
  const [before] = rows
  if (
    before &&
    before.terms_version === terms.version &&
    before.terms_content_hash === terms.contentHash
  )
    return
  const [address, agent] = [
    (origin.address ?? 'unknown').slice(0, 45),
    origin.userAgent ?? 'unknown',
  ]
  await client.query(UPSERT_AGREEMENT_SQL, [
    subject,
    address,
    agent,
    terms.version,
    terms.url,
    terms.contentHash,
  ])
  if (before) await auditOldAgreement(client, subject, before, terms, origin)
}

async function auditOldAgreement(
  client: pg.PoolClient,
  subject: string,
  before: StoredAgreement,
  terms: Terms,
  origin: Origin,
): Promise<void> {
  const fields: Record<string, FieldChange> = {
    termsVersion: { from: before.terms_version, to: terms.version },
    termsUrl: { from: before.terms_url, to: terms.url },
    termsContentHash: { from: before.terms_content_hash, to: terms.contentHash },
    agreedAt: { from: before.agreed_at.toISOString(), to: new Date().toISOString() },
    ipAddress: { from: before.ip_address, to: origin.address },
    userAgent: { from: before.user_agent, to: origin.userAgent },
  }
  const entry = {
    action: 'agree_anew',
    resourceType: 'terms-agreements',
    resource: subject,
    change: { owner: subject, fields },
    origin,
  }
  await writeAudit({ db: drizzle(client) }, { kind: 'garage admin', subject }, entry)
}
