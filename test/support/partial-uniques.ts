import type { Values } from './schema-rows.ts'

/**
 * For which rows a partial unique index holds: values of a key, and what else puts a row inside or
 * outside of it.
 */
export type PartialUnique = {
  where: string
  key: Values
  inside: readonly Values[]
  outside: readonly Values[]
}

const VIN = '1HGCM82633A004352'
const THEN = '2026-03-01T10:00:00.000Z'

/**
 * Every partial unique index by name. Key columns that refer to another row take the one that the
 * first row has.
 */
export const PARTIAL_UNIQUES: Readonly<Record<string, PartialUnique>> = {
  pending_submissions_open_vin_idx: {
    where: "submission_status = ANY (ARRAY['pending', 'in_review', 'info_wanted'])",
    key: { vin: VIN },
    inside: [
      { submission_status: 'pending' },
      { submission_status: 'in_review' },
      { submission_status: 'info_wanted' },
    ],
    outside: [
      { submission_status: 'approved' },
      { submission_status: 'rejected' },
      { submission_status: 'withdrawn' },
    ],
  },
  inventory_submission_unique_idx: {
    where: 'source_submission_id IS NOT NULL',
    key: {},
    inside: [{}, { status: 'sold' }],
    outside: [{ source_submission_id: null }],
  },
  inventory_vin_idx: {
    where: "vin <> ''",
    key: { vin: VIN },
    inside: [{}, { status: 'sold' }],
    outside: [{ vin: '' }],
  },
  vehicles_owner_vin_idx: {
    where: 'deleted_at IS NULL',
    key: { user_id: 'auth0|one', vin: VIN },
    inside: [{ deleted_at: null }, { deleted_at: null, is_active: false }],
    outside: [{ deleted_at: THEN }, { vin: null }],
  },
  community_stations_standing_idx: {
    where: 'removed_at IS NULL',
    key: { user_id: 'auth0|one' },
    inside: [{ removed_at: null }, { removed_at: null, has_93_octane: true }],
    outside: [{ removed_at: THEN }],
  },
  market_alerts_open_idx: {
    where: 'dismissed IS NOT TRUE',
    key: {},
    inside: [{ dismissed: false }, { dismissed: null }],
    outside: [{ dismissed: true }, { rule_id: null }, { inventory_id: null }],
  },
  market_sightings_current_idx: {
    where: 'ended_at IS NULL',
    key: { source: 'auto.dev', listing: VIN, place: 'Northside Motors' },
    inside: [{ ended_at: null }, { ended_at: null, price: 20_000 }],
    outside: [{ ended_at: THEN }],
  },
  storage_alerts_open_cause_idx: {
    where: 'dismissed IS NOT TRUE',
    key: { metadata: { cause: 'one' } },
    inside: [{ dismissed: false }, { dismissed: null }],
    outside: [{ dismissed: true }, { metadata: {} }],
  },
  job_history_one_open_idx: {
    where: 'completed_at IS NULL',
    key: { job_id: '00000000-0000-4000-8000-000000000001' },
    inside: [{ completed_at: null }, { completed_at: null, status: 'failure' }],
    outside: [{ completed_at: THEN }, { job_id: null }],
  },
  scrape_runs_fetching_idx: {
    where: "state = 'fetching'",
    key: {},
    inside: [{ state: 'fetching' }],
    outside: [{ state: 'applied' }, { state: 'failed' }],
  },
}
