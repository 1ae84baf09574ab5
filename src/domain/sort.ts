/**
 * An order that ends with the id, so that rows which are equal in every other column keep their places from page to page. Before it come
 * the newest rows first, where rows have a `createdAt`, as Payload orders rows that are equal in the columns of `sort`.
 */
export function endWithId(sort: string | readonly string[] | undefined, hasCreatedAt: boolean): string[] {
  const given = (typeof sort === 'string' ? sort.split(',') : [...(sort ?? [])]).filter((column) => column !== '')
  const names = given.map((column) => column.replace(/^-/, ''))
  if (names.includes('id')) return given
  return [...given, ...(hasCreatedAt && !names.includes('createdAt') ? ['-createdAt'] : []), '-id']
}
