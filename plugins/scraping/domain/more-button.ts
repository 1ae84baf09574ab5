import type { JsonObject } from './json.ts'

/**
 * The selector of the button that shows more cars, by a competitor's special settings: `{ "next": { "loadMore": { "selector": … } } }`.
 * A browser presses it until it brings no car. Undefined where they name none.
 */
export function moreButton(config: JsonObject): string | undefined {
  const selector = within(within(within(config, 'next'), 'loadMore'), 'selector')
  return isSelector(selector) ? selector : undefined
}

/** Where in a listing something stands: the text of the first that `selector` finds, or its attribute; `''` is the listing, the text. */
export type CarMark = { selector: string; attribute: string }

/** How a browser tells the cars of a page apart: what a listing is, and what it is known by, the surest first. */
export type CarMarks = { listing: string; marks: readonly CarMark[] }

/** How the special settings tell cars apart: by VIN, stock number or address. Undefined where they do not say what a listing is. */
export function carMarks(config: JsonObject): CarMarks | undefined {
  const listing = within(config, 'listing')
  if (!isSelector(listing)) return undefined
  const fields = within(config, 'fields')
  const marks = (['vin', 'stockNumber', 'url'] as const).flatMap((field) =>
    markAt(within(fields, field), field === 'url' ? 'href' : ''),
  )
  return { listing, marks }
}

/** A place of the settings: a selector, or a selector and an attribute. `usual` is the attribute that a selector alone stands for. */
function markAt(place: unknown, usual: string): CarMark[] {
  if (isSelector(place)) return [{ selector: place, attribute: usual }]
  const [selector, attribute] = [within(place, 'selector'), within(place, 'attribute')]
  return isSelector(attribute) ? [{ selector: isSelector(selector) ? selector : '', attribute }] : []
}

const isSelector = (value: unknown): value is string => typeof value === 'string' && value !== ''

const within = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
