/**
 * Formats a JSON value as the same text for any key order or white space: `{"b":1,"a":2}` becomes
 * `{"a":2,"b":1}` (RFC 8785). Throws RangeError for a value that is nested too deeply.
 */
export function formatCanonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatCanonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  const sorted = entries.toSorted(([one], [other]) => (one < other ? -1 : 1))
  const members = sorted.map(([name, one]) => `${JSON.stringify(name)}:${formatCanonicalJson(one)}`)
  return `{${members.join(',')}}`
}
