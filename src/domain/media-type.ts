/**
 * The media type and parameters of a Content-Type, in lower case and without white space:
 * `application/json`, `{ charset: 'utf-8' }`.
 */
export type MediaType = { type: string; parameters: ReadonlyMap<string, string> }

/**
 * Parses a Content-Type as leniently as the most lenient library that reads it later: white space
 * and case are ignored everywhere.
 */
export function parseMediaType(header: string | null): MediaType {
  const [type = '', ...parts] = (header ?? '').replace(/\s/g, '').toLowerCase().split(';')
  const parameters = parts.map((part): [string, string] => {
    const [name = '', ...value] = part.split('=')
    return [name, value.join('=').replace(/^"(.*)"$/, '$1')]
  })
  return { type, parameters: new Map(parameters) }
}

/**
 * Explains why a body is not read as JSON, judging by its headers: it has another media type,
 * another charset, or an encoding. Null if it may be read.
 */
export function findJsonHeaderProblem(headers: Headers): string | null {
  const { type } = parseMediaType(headers.get('content-type'))
  if (type !== 'application/json') return 'The body must be sent as application/json.'
  return findEncodingProblem(headers)
}

/**
 * Explains why a body is not read at all: its charset is not UTF-8, or it is compressed and would
 * not be decompressed. Null if it may be read.
 */
export function findEncodingProblem(headers: Headers): string | null {
  const charset = parseMediaType(headers.get('content-type')).parameters.get('charset')
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')
    return 'The body must be encoded as UTF-8.'
  const encoding = (headers.get('content-encoding') ?? '').trim().toLowerCase()
  return encoding === '' || encoding === 'identity'
    ? null
    : 'The body must be sent without a Content-Encoding.'
}
