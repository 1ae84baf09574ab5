/** The occasions that there is a template for, and what people read. Each is also held by the CHECK of `email_templates`. */
export const TEMPLATE_KEYS = {
  maintenance_due_soon: 'Maintenance due soon',
  maintenance_overdue: 'Maintenance overdue',
  document_expiring: 'Document expiring',
  document_expired: 'Document expired',
} as const

/** Why a text is the key of no template; null when it is one. */
export function templateKeyProblem(key: string): string | null {
  if (Object.hasOwn(TEMPLATE_KEYS, key)) return null
  return `must be one of ${Object.keys(TEMPLATE_KEYS).join(', ')}, not ${JSON.stringify(key).slice(0, 60)}`
}
