/**
 * An order that ends with the id, so that rows which are equal in every other column keep their places from page to page. The id goes in
 * the direction of the first column. Without an order it is Payload's: the newest first where rows have a `createdAt`.
 */
export function endWithId(sort: string | readonly string[] | undefined, hasCreatedAt: boolean): string[] {
  const given = (typeof sort === 'string' ? sort.split(',') : [...(sort ?? [])]).filter((column) => column !== '')
  const columns = given.length > 0 ? given : hasCreatedAt ? ['-createdAt'] : []
  if (columns.some((column) => column === 'id' || column === '-id')) return columns
  return [...columns, columns[0]?.startsWith('-') === false ? 'id' : '-id']
}
