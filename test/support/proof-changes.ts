import { randomUUID } from 'node:crypto'

/** A text of each table that a change of a row is tried with. */
const TEXTS: Readonly<Record<string, string>> = {
  users: 'name',
  vehicles: 'nickname',
  'fuel-logs': 'notes',
  'maintenance-logs': 'notes',
  'maintenance-schedules': 'notes',
  'ownership-costs': 'notes',
  documents: 'notes',
  'terms-agreements': 'termsVersion',
  stations: 'address',
  'saved-stations': 'nickname',
  engines: 'displacement',
  transmissions: 'speeds',
  'vehicle-options': 'trim',
  'maintenance-subtypes': 'name',
  inventory: 'trim',
  media: 'alt',
  'pending-submissions': 'customerName',
  appraisals: 'notes',
  dealership: 'name',
  'price-changes': 'note',
  'price-batches': 'note',
  'market-alert-rules': 'name',
  'market-trim-names': 'trim',
  'feed-deliveries': 'fileName',
  'feed-overrides': 'title',
  'export-feeds': 'dealerId',
  'market-research-results': 'dataSource',
  'vin-evaluation-cache': 'source',
  'competitor-inventory': 'make',
  competitors: 'name',
  'email-templates': 'subject',
  'notification-logs': 'subject',
  'export-logs': 'platform',
  'job-history': 'jobName',
  'outgoing-mails': 'subject',
  'activity-logs': 'action',
  'admin-audit-logs': 'action',
  'backup-schedules': 'name',
  'backup-history': 'filename',
}

/** A change of a row that is one for whoever may change the row at all. */
export function buildChange(slug: string): Record<string, unknown> {
  const text = TEXTS[slug]
  const word = `new ${randomUUID()}`
  return text ? { [text]: word } : { ...OTHERS[slug]?.(word) }
}

const OTHERS: Readonly<Record<string, (word: string) => Record<string, unknown>>> = {
  'user-profiles': (displayName) => ({ displayName, subscriptionTier: 'pro' }),
  'user-preferences': () => ({ currencyCode: 'GBP' }),
  'admin-users': () => ({ role: 'super_admin' }),
  'community-stations': () => ({ removedAt: '2026-04-01T00:00:00.000Z' }),
  'market-price-history': () => ({ sampleSize: 42 }),
  'competitor-price-history': () => ({ mileage: 42 }),
  'competitor-metrics': () => ({ totalInventory: 42 }),
  'market-digests': () => ({ sendHour: 9 }),
  enquiries: () => ({ status: 'closed' }),
  'market-alerts': () => ({ dismissed: true }),
  'storage-alerts': () => ({ dismissed: true }),
  'backup-settings': () => ({ settingValue: 'new@x.example' }),
  sessions: () => ({ expire: '2098-01-01T00:00:00.000Z' }),
}
