import type { ValidationError } from 'payload'

/** What a refusal says, field by field: `mileage — must be 1 or more, not 0`. No colon: the panel would take what follows for a list. */
export function refusalWords({ data }: ValidationError): string {
  return data.errors.map(({ path, message }) => `${path} — ${message}`).join(' ')
}
