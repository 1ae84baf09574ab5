/**
 * The events that have a template, with their labels. The CHECK constraint of `email_templates`
 * lists the same keys.
 */
export const TEMPLATE_KEYS = {
  maintenance_due_soon: 'Maintenance due soon',
  maintenance_overdue: 'Maintenance overdue',
  document_expiring: 'Document expiring',
  document_expired: 'Document expired',
} as const

type TemplateKey = keyof typeof TEMPLATE_KEYS

const MAINTENANCE_PLACEHOLDERS = [
  'userName',
  'vehicleName',
  'category',
  'subtypes',
  'dueDate',
  'dueMileage',
] as const
const DOCUMENT_PLACEHOLDERS = [
  'userName',
  'vehicleName',
  'documentType',
  'documentTitle',
  'expirationDate',
] as const

/** The placeholders that are filled in for each owner, by event. */
const PLACEHOLDERS: Readonly<Record<TemplateKey, readonly string[]>> = {
  maintenance_due_soon: MAINTENANCE_PLACEHOLDERS,
  maintenance_overdue: MAINTENANCE_PLACEHOLDERS,
  document_expiring: DOCUMENT_PLACEHOLDERS,
  document_expired: DOCUMENT_PLACEHOLDERS,
}

/** Returns why a text is not the key of a template; null if it is one. */
export function findTemplateKeyProblem(key: string): string | null {
  if (isTemplateKey(key)) return null
  return (
    `must be one of ${Object.keys(TEMPLATE_KEYS).join(', ')}, not ` +
    `${JSON.stringify(key).slice(0, 60)}`
  )
}

/** Returns the placeholders of an event; none for an unknown key. */
export const findPlaceholders = (key: unknown): readonly string[] =>
  typeof key === 'string' && isTemplateKey(key) ? PLACEHOLDERS[key] : []

const isTemplateKey = (key: string): key is TemplateKey => Object.hasOwn(TEMPLATE_KEYS, key)
