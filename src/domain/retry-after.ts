/**
 * The seconds that a Retry-After asks for (RFC 9110, 10.2.3), which holds them or a date; null
 * where it holds neither. A date that has passed is 0. Dates of HTTP are in GMT, also in the old
 * form that does not name it.
 */
export function parseRetryAfter(header: string | undefined, now: Date): number | null {
  const text = header?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Number(text)
  const at = /[a-z]{3}/i.test(text)
    ? Date.parse(/GMT$/.test(text) ? text : `${text} GMT`)
    : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - now.getTime()) / 1000))
}
