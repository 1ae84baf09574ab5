import type { Difference } from './schema-differences.ts'

/**
 * A property that the database has otherwise than the documents on purpose, where it does, and the
 * page of src/decisions that says why.
 */
export type Deviation = Omit<Difference, 'at'> & { page: number; at: readonly string[] }

/**
 * Every deviation from the schema documents. test/database/schema-documents.spec.ts holds it to the
 * database both ways.
 */
export const DEVIATIONS: readonly Deviation[] = [
  ...typeDeviations(),
  ...stampDeviations(),
  ...stricterDeviations(),
  ...identityDeviations(),
]

function typeDeviations(): Deviation[] {
  const type = { page: 33, kind: 'type' } as const
  const zoned = [
    ...listStamps(['documents', 'engines', 'transmissions', 'vehicle_options']),
    'documents.deleted_at',
  ]
  const texts =
    splitWords(`activity_logs.user_agent backup_history.error_message backup_settings.setting_value competitors.scrape_error
    documents.notes email_templates.body email_templates.description export_logs.error_message fuel_logs.notes inventory.description
    inventory.warranty job_history.error maintenance_logs.notes maintenance_schedules.notes notification_logs.error_message
    pending_submissions.additional_notes pending_submissions.rejection_reason stations.address storage_alerts.message
    terms_agreements.user_agent users.avatar_url`)
  const wide =
    splitWords(`export_logs.platform job_history.job_name job_history.status session.sid storage_alerts.alert_type
    storage_alerts.severity`)
  return [
    {
      ...type,
      is: 'timestamp with time zone',
      documented: 'timestamp without time zone',
      at: zoned,
    },
    { ...type, is: 'character varying', documented: 'text', at: texts },
    { ...type, is: 'character varying(255)', documented: 'character varying', at: wide },
    {
      ...type,
      is: 'character varying(100)',
      documented: 'character varying',
      at: splitWords('activity_logs.action activity_logs.resource_type'),
    },
    {
      ...type,
      is: 'character varying(64)',
      documented: 'character varying',
      at: ['activity_logs.ip_address'],
    },
    {
      ...type,
      is: 'character varying(20)',
      documented: 'character varying',
      at: ['export_logs.status'],
    },
  ]
}

/**
 * The documents give a trigger to vehicles, admin_users and user_profiles, and no default to the
 * stamps of the tables in `bare`.
 */
function stampDeviations(): Deviation[] {
  const garage = splitWords('vehicles fuel_logs maintenance_logs maintenance_schedules stations')
  const lot = splitWords(
    'pending_submissions inventory market_research_results competitors competitor_inventory',
  )
  const rest =
    splitWords(`user_preferences terms_agreements documents engines transmissions vehicle_options email_templates
    backup_schedules`)
  const bare = [...listStamps([...garage, ...lot]), 'users.created_at']
  const untouched = [
    ...garage.filter((table) => table !== 'vehicles'),
    ...lot,
    ...rest,
    'backup_settings',
  ]
  const notNull = [...bare, ...listStamps([...rest, 'admin_users', 'user_profiles'])]
  return [
    {
      page: 35,
      kind: 'trigger',
      is: 'forecourt_touch_updated_at',
      documented: 'none',
      at: untouched,
    },
    { page: 35, kind: 'null', is: 'NOT NULL', documented: 'NULL', at: notNull },
    {
      page: 35,
      kind: 'default',
      is: 'now()',
      documented: 'none',
      at: [...bare, 'activity_logs.created_at', 'storage_alerts.created_at'],
    },
  ]
}

function stricterDeviations(): Deviation[] {
  const check = (at: string, is: string): Deviation => ({
    page: 34,
    kind: 'check',
    is,
    documented: 'none',
    at: [at],
  })
  const required = splitWords(
    'community_stations.station_id inventory.status pending_submissions.submission_status ' +
      'users.role',
  )
  const keys =
    'admin_email, compression_enabled, email_on_failure, email_on_success, max_backup_size_mb'
  return [
    { page: 34, kind: 'null', is: 'NOT NULL', documented: 'NULL', at: required },
    check('admin_users.role', 'admin, super_admin'),
    check('user_profiles.subscription_tier', 'enterprise, free, pro'),
    check('user_preferences.unit_system', 'imperial, metric'),
    check('backup_settings.setting_key', keys),
    check('inventory.mileage', 'mileage > 0'),
    check('inventory.price', 'price > 0'),
    check('documents', 'expiration_date > issued_date'),
    check('vehicles', 'vin IS NOT NULL OR license_plate IS NOT NULL'),
    {
      page: 34,
      kind: 'foreign key',
      is: 'users, no action',
      documented: 'none',
      at: ['activity_logs.user_id'],
    },
    {
      page: 14,
      kind: 'trigger',
      is: 'forecourt_keep_trail',
      documented: 'none',
      at: ['activity_logs', 'admin_audit_logs'],
    },
  ]
}

function identityDeviations(): Deviation[] {
  const unique = (at: string, is: string, documented = 'none'): Deviation => ({
    page: 36,
    kind: 'unique',
    is,
    documented,
    at: [at],
  })
  const cascade = (table: string, at: string[]): Deviation => {
    return {
      page: 36,
      kind: 'foreign key',
      is: `${table}, cascade`,
      documented: `${table}, no action`,
      at,
    }
  }
  const ids = { page: 36, kind: 'default', is: 'gen_random_uuid()' } as const
  const named = splitWords(
    'user_profiles.id terms_agreements.id email_templates.id notification_logs.id',
  )
  const withoutDefault =
    splitWords(`activity_logs community_stations competitor_inventory competitor_metrics competitor_price_history competitors
    documents export_logs fuel_logs inventory job_history maintenance_logs maintenance_schedules market_price_history
    market_research_results pending_submissions stations storage_alerts user_preferences users vehicles vin_evaluation_cache`)
  return [
    unique('inventory (vin)', "vin <> ''", 'all rows'),
    unique(
      'pending_submissions (vin)',
      "submission_status = ANY (ARRAY['pending', 'in_review', 'info_wanted'])",
      'all rows',
    ),
    {
      page: 67,
      kind: 'check',
      is: 'approved, in_review, info_wanted, pending, rejected, withdrawn',
      documented: 'approved, pending, rejected',
      at: ['pending_submissions.submission_status'],
    },
    {
      page: 68,
      kind: 'unique',
      is: 'source_submission_id IS NOT NULL',
      documented: 'none',
      at: ['inventory (source_submission_id)'],
    },
    {
      page: 68,
      kind: 'trigger',
      is: 'forecourt_note_stage',
      documented: 'none',
      at: ['pending_submissions'],
    },
    {
      page: 69,
      kind: 'trigger',
      is: 'forecourt_end_history',
      documented: 'none',
      at: ['pending_submissions'],
    },
    {
      page: 73,
      kind: 'trigger',
      is: 'forecourt_set_slug',
      documented: 'none',
      at: ['inventory'],
    },
    unique('vehicles (user_id, vin)', 'deleted_at IS NULL'),
    unique('community_stations (station_id, user_id)', 'removed_at IS NULL'),
    unique("storage_alerts (metadata ->> 'cause')", 'dismissed IS NOT TRUE'),
    unique('terms_agreements (user_id)', 'all rows'),
    unique('users (oauth_provider, oauth_id)', 'all rows'),
    cascade(
      'inventory',
      splitWords('market_research_results.inventory_id market_price_history.inventory_id'),
    ),
    cascade(
      'competitors',
      splitWords('competitor_inventory.competitor_id competitor_metrics.competitor_id'),
    ),
    cascade('competitor_inventory', ['competitor_price_history.competitor_inventory_id']),
    { ...ids, documented: 'uuid_generate_v4()', at: named },
    { ...ids, documented: 'none', at: withoutDefault.map((table) => `${table}.id`) },
    {
      page: 36,
      kind: 'default',
      is: 'false',
      documented: 'none',
      at: ['storage_alerts.dismissed'],
    },
    { page: 36, kind: 'table', is: 'none', documented: 'a table', at: ['_migrations'] },
  ]
}

function splitWords(text: string): string[] {
  return text.trim().split(/\s+/)
}

function listStamps(tables: readonly string[]): string[] {
  return tables.flatMap((table) => [`${table}.created_at`, `${table}.updated_at`])
}
