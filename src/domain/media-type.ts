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
 * Why a body is not read as JSON, by its headers alone: another media type, charset or an encoding.
 * Null when it may be read.
 */
export function findJsonHeaderProblem(headers: Headers): string | null {
  const { type } = parseMediaType(headers.get('content-type'))
  if (type !== 'application/json') return 'The body must be sent as application/json.'
  return findEncodingProblem(headers)
}

/**
 * Why a body is not read at all: it is in a charset other than UTF-8, or compressed, which nothing
 * here undoes. Null when it may be read.
 */
export function findEncodingProblem(headers: Headers): string | null {
  const charset = parseMediaType(headers.get('content-type')).parameters.get('charset')
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')
    return 'The body must be sent in the charset utf-8.'
  const encoding = (headers.get('content-encoding') ?? '').trim().toLowerCase()
  return encoding === '' || encoding === 'identity'
    ? null
    : 'The body must be sent without a Content-Encoding.'
}
