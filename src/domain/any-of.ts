/**
 * The source of a regular expression that matches any of several patterns, tried in order. It has a
 * group around it that captures nothing, so that it can stand anywhere in a longer source.
 */
export const anyOf = (patterns: readonly string[]): string => `(?:${patterns.join('|')})`
