import type { JsonObject } from './json.ts'

/**
 * The selector of the button that shows more cars, by a competitor's special settings: `{ "next": { "loadMore": { "selector": … } } }`.
 * A browser presses it until it is gone. Undefined where they name none.
 */
export function moreButton(config: JsonObject): string | undefined {
  const selector = within(within(within(config, 'next'), 'loadMore'), 'selector')
  return typeof selector === 'string' && selector !== '' ? selector : undefined
}

const within = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
