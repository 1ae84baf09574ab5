import type { z } from 'zod'
import { formatCount } from './format-count.ts'

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const FORMATS: Readonly<Record<string, string>> = {
  guid: 'a UUID',
  uuid: 'a UUID',
  date: 'a date such as 2026-11-30',
  datetime: 'a time such as 2026-11-30T08:00:00Z',
  email: 'an e-mail address',
  url: 'a URL',
}

/**
 * Describes in plain English why an input does not match its schema, to follow the name of the
 * input: `must be at most 90`. An error map for `safeParse`: a schema’s own message stays as it is,
 * and `undefined` leaves zod’s.
 */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== 'custom' && issue.input === undefined) return 'is missing'
  switch (issue.code) {
    case 'invalid_type':
      return describeKind(TYPES[issue.expected])
    case 'invalid_format':
      return describeKind(FORMATS[issue.format])
    case 'too_big':
      return describeSize(issue.origin, 'at most', issue.maximum)
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1
        ? 'must not be empty'
        : describeSize(issue.origin, 'at least', issue.minimum)
    case 'invalid_value':
      return describeKind(formatChoices(issue.values))
    case 'unrecognized_keys':
      return `has unknown fields: ${issue.keys.join(', ')}`
    case 'invalid_union':
      return describeUnion(issue.errors)
    default:
      return undefined
  }
}

/**
 * What is wrong with an input of several possible kinds: the first problem of the only kind that it
 * has, such as the length of a list where a text or a list is possible.
 */
function describeUnion(problems: readonly (readonly z.core.$ZodIssue[])[]): string | undefined {
  const ofItsKind = problems.filter(([first]) => first && !isOtherKind(first))
  return ofItsKind.length === 1 ? ofItsKind[0]?.[0]?.message : undefined
}

const isOtherKind = ({ code, path }: z.core.$ZodIssue): boolean =>
  code === 'invalid_type' && path.length === 0

const describeKind = (kind: string | undefined): string | undefined =>
  kind === undefined ? undefined : `must be ${kind}`

function describeSize(origin: string, bound: string, limit: number | bigint): string {
  if (origin === 'string') return `must have ${bound} ${formatCount(Number(limit), 'character')}`
  if (origin === 'array' || origin === 'set')
    return `must have ${bound} ${formatCount(Number(limit), 'entry', 'entries')}`
  return `must be ${bound} ${limit}`
}

function formatChoices(values: readonly unknown[]): string {
  const names = values.map((value) => JSON.stringify(value))
  return names.length === 1 ? String(names[0]) : `one of ${names.join(', ')}`
}
