import type { CollectionSlug, SanitizedConfig, Where } from 'payload'

/** Where the panel and the API are mounted. */
export type Routes = SanitizedConfig['routes']

type Props = {
  label: string
  value: string
  where: Where
  routes: Routes
  mark?: string
  wide?: boolean
}

/** A figure with a link to its cars. */
export function Tile({ label, value, where, routes, mark, wide }: Props) {
  return (
    <a className={`lot-tile${wide ? ' lot-tile--wide' : ''}`} href={buildListLink(routes, where)}>
      <span className="lot-tile__value">{value}</span>
      <span className={mark ? `lot-tile__label lot-tile__label--${mark}` : 'lot-tile__label'}>
        {label}
      </span>
    </a>
  )
}

/**
 * A link to the list of cars, or of another collection, that match `where`. The conditions are in
 * one `and`, because that is what the list's filters show.
 */
export function buildListLink(
  { admin }: Pick<Routes, 'admin'>,
  { and = [] }: Where,
  collection: CollectionSlug = 'inventory',
): string {
  const query = and.flatMap((part, index) =>
    Object.entries(part).flatMap(([field, condition]) =>
      Object.entries(condition as Record<string, unknown>).map(([operator, value]) => [
        `where[or][0][and][${index}][${field}][${operator}]`,
        String(value),
      ]),
    ),
  )
  return `${admin}/collections/${collection}?${new URLSearchParams(query).toString()}`
}
