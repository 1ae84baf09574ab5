import { quoteValue, type ParseResult } from './input-values.ts'

/**
 * The columns of a `sort`, as a text with commas or a list of such texts, without the spaces around
 * each; none for an empty text, as an empty field of a form sends it. `+price` in an address is `
 * price`.
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
 * An order that ends with the id, so that rows which are equal in every other column keep their
 * places from page to page. Before it come the newest rows first, where rows have a `createdAt`, as
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
