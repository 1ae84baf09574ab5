/**
 * Returns the source of a regular expression that matches any of several patterns, tried in order.
 * It is wrapped in a non-capturing group, so it can be part of a longer source.
 */
export const anyOf = (patterns: readonly string[]): string => `(?:${patterns.join('|')})`
