import type { JsonObject } from './json.ts'

/**
 * The selector of the button that shows more cars, by a competitor's special settings: `{ "next": {
 * "loadMore": { "selector": … } } }`. A browser presses it until it brings no car. Undefined where
 * they name none.
 */
export function getMoreButtonSelector(config: JsonObject): string | undefined {
  const selector = readProperty(readProperty(readProperty(config, 'next'), 'loadMore'), 'selector')
  return isSelector(selector) ? selector : undefined
}

/**
 * Where in a listing something stands: the text of the first that `selector` finds, or its
 * attribute; `''` is the listing, the text.
 */
export type CarKeySelector = { selector: string; attribute: string }

/**
 * How a browser tells the cars of a page apart: what a listing is, and what it is known by, the
 * surest first.
 */
export type CarSelectors = { listing: string; keys: readonly CarKeySelector[] }

/**
 * How the special settings tell cars apart: by VIN, stock number or address. Undefined where they
 * do not say what a listing is.
 */
export function getCarSelectors(config: JsonObject): CarSelectors | undefined {
  const listing = readProperty(config, 'listing')
  if (!isSelector(listing)) return undefined
  const fields = readProperty(config, 'fields')
  const keys = (['vin', 'stockNumber', 'url'] as const).flatMap((field) =>
    readKeySelector(readProperty(fields, field), field === 'url' ? 'href' : ''),
  )
  return { listing, keys }
}

/**
 * A place of the settings: a selector, or a selector and an attribute. `usual` is the attribute
 * that a selector alone stands for.
 */
function readKeySelector(setting: unknown, defaultAttribute: string): CarKeySelector[] {
  if (isSelector(setting)) return [{ selector: setting, attribute: defaultAttribute }]
  const [selector, attribute] = [
    readProperty(setting, 'selector'),
    readProperty(setting, 'attribute'),
  ]
  return isSelector(attribute)
    ? [{ selector: isSelector(selector) ? selector : '', attribute }]
    : []
}

const isSelector = (value: unknown): value is string => typeof value === 'string' && value !== ''

const readProperty = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
