import type { JsonObject } from './json.ts'

/**
 * Returns the selector of the button that shows more cars from a competitor's platform settings: `{
 * "next": { "loadMore": { "selector": … } } }`. A browser clicks it until it shows no new cars.
 * Undefined if it is not configured.
 */
export function getMoreButtonSelector(config: JsonObject): string | undefined {
  const selector = readProperty(readProperty(readProperty(config, 'next'), 'loadMore'), 'selector')
  return isSelector(selector) ? selector : undefined
}

/**
 * Where a value is in a listing: the text or an attribute of the first match of `selector`. An
 * empty selector is the listing itself, and an empty attribute is the text.
 */
export type CarKeySelector = { selector: string; attribute: string }

/**
 * How a browser distinguishes the cars of a page: the selector of listings, and the identifiers
 * within them, strongest first.
 */
export type CarSelectors = { listing: string; keys: readonly CarKeySelector[] }

/**
 * Returns the selectors that identify cars (VIN, stock number, URL) from the platform settings.
 * Undefined if the settings do not specify listings.
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
 * Reads a field of the settings: a selector, or a selector and an attribute. `defaultAttribute`
 * applies if there is only a selector.
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
