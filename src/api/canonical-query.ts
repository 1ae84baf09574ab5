/**
 * Parameters whose meaning does not depend on their order, and that do not lead to another table.
 */
const PARAMETER = /^(?:limit|page|sort|pagination|depth|(?:where|select)(?:\[\w+\])+(?:\[\])?)$/
const KEY_LENGTH = 1_000

/** Whether a name is one of the parameters of lists and rows. */
const isReadParameter = (name: string) => PARAMETER.test(name)

/**
 * Sorts the parameters by name, keeps the order of equal names, and spells equal texts in the same
 * way, so that it can be part of a key; null if a parameter is not understood. By default, only the
 * parameters of lists and rows are.
 */
export function canonicalizeQuery(
  query: string,
  isKnown: (name: string) => boolean = isReadParameter,
): string | null {
  if (query.length > KEY_LENGTH) return null
  const pairs: [string, string][] = []
  for (const part of query.split('&')) {
    if (part === '') continue
    const at = part.indexOf('=')
    const name = decodePart(at === -1 ? part : part.slice(0, at))
    const value = decodePart(at === -1 ? '' : part.slice(at + 1))
    if (
      name === null ||
      value === null ||
      !isKnown(name) ||
      name.includes('__') ||
      value.includes(']=')
    )
      return null
    if (findInheritedName(name) !== undefined) return null
    if (name === 'depth' && value !== '0') return null
    pairs.push([encodeURIComponent(name), encodeURIComponent(value)])
  }
  if (pairs.length > 1) pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const key = pairs.map(([name, value]) => `${name}=${value}`).join('&')
  return key.length > KEY_LENGTH ? null : key
}

/**
 * Decodes a part of a query; null if its escapes are malformed or its characters are not allowed in
 * a text.
 */
function decodePart(part: string): string | null {
  if (!/[%+]/.test(part)) return /^[\x21-\x7e]*$/.test(part) ? part : null
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}

/**
 * The first part of a parameter's name that is a name of `Object.prototype`; undefined when there
 * is none.
 */
export const findInheritedName = (name: string): string | undefined =>
  name.split(/[[\].]/).find((segment) => segment in Object.prototype)
