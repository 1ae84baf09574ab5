import { quoteValue, type ParseResult } from './input-values.ts'

/**
 * Parses the columns of a `sort`: a text with commas or a list of such texts; spaces around each
 * are removed. An empty text, as an empty form field sends it, gives no columns. `+price` in a URL
 * arrives as ` price`.
 */
export function parseSort(sort: unknown): ParseResult<string[]> {
  const texts: unknown[] = Array.isArray(sort) ? sort : [sort ?? '']
  if (!texts.every((text) => typeof text === 'string'))
    return {
      problem: `'sort' must be column names such as -price,make, not ${quoteValue(sort)}.`,
    }
  const columns = texts
    .join(',')
    .split(',')
    .map((column) => column.trim())
  if (columns.every((column) => column === '')) return { value: [] }
  return columns.includes('')
    ? { problem: `'sort' has an empty name in ${quoteValue(sort)}.` }
    : { value: columns }
}

/**
 * Appends the ID to a sort order, so that rows that are equal in all other columns keep their order
 * from page to page. If rows have a `createdAt`, the newest come first before that, which is how
 * Payload orders rows that are equal in the columns of `sort`.
 */
export function appendIdToSort(
  sort: string | readonly string[] | undefined,
  hasCreatedAt: boolean,
): string[] {
  const columns = (typeof sort === 'string' ? sort.split(',') : [...(sort ?? [])]).filter(
    (column) => column !== '',
  )
  const names = columns.map((column) => column.replace(/^-/, ''))
  if (names.includes('id')) return columns
  return [
    ...columns,
    ...(hasCreatedAt && !names.includes('createdAt') ? ['-createdAt'] : []),
    '-id',
  ]
}
