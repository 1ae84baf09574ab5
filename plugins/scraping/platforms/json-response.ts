import { z } from 'zod'
import type { CarIdentity } from '../domain/identity.ts'
import type { Draft } from '../domain/listing-draft.ts'
import { parseCount } from '../domain/listing-values.ts'
import { type Leaf, collectJsonLeaves, findIdentities } from '../domain/find-identities.ts'
import type { DroppedListing, Page } from '../domain/pages.ts'

/** A text or number, or nothing; responses write totals in either form. */
export const textOrNumber = z.union([z.string(), z.number()]).nullish()

/**
 * Parses a JSON response with its schema; returns the problem in one sentence if it is invalid.
 * `what` is the name of the response.
 */
export function parseAnswer<T>(
  page: Page,
  schema: z.ZodType<T>,
  what: string,
): { answer: T } | { problem: string } {
  const value = parseJson(page.body)
  if (value === undefined)
    return {
      problem: `${what} is not JSON (it starts with ${JSON.stringify(page.body.slice(0, 60))}).`,
    }
  const read = schema.safeParse(value)
  return read.success
    ? { answer: read.data }
    : { problem: `${what} has an unexpected format: ${formatFirstIssue(read.error)}` }
}

/**
 * Parses the total number of cars in a response. A response without a total is a problem, because
 * it would be unknown whether all cars were read.
 */
export function parseTotal(
  value: unknown,
  page: Page,
  what: string,
): { total: number } | { problem: string } {
  const total = parseCount(value)
  return total === null
    ? { problem: `${what} does not include the number of cars: ${page.url}` }
    : { total }
}

/** Parses JSON; returns undefined if the text is not valid JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Matches the JSON-LD scripts of a page. */
export const LINKED_DATA = 'script[type*="ld+json" i]'

/**
 * Parses a JSON-LD script, also with common errors of templates; returns undefined if it is not
 * valid JSON.
 */
export const linkedJsonIn = (text: string): unknown => parseJson(text) ?? parseJson(mendJson(text))

/** The start of a comment or CDATA section around JSON-LD, including one in a script comment. */
const WRAPPER_START = /^[\s\uFEFF]*(?:\/\/\s*|\/\*\s*)?(?:<!--|<!\[CDATA\[)(?:\s*\*\/)?/
const WRAPPER_END = /(?:\/\/\s*|\/\*\s*)?(?:-->|\]\]>)(?:\s*\*\/)?\s*$/

/**
 * Removes common errors of templates from JSON-LD: surrounding comments and CDATA, line breaks and
 * tabs in texts, and superfluous commas and semicolons.
 */
const mendJson = (text: string): string =>
  text
    .replace(WRAPPER_START, '')
    .replace(WRAPPER_END, '')
    .replaceAll(/[\p{Cc}\uFEFF]+/gu, ' ')
    .replace(/;\s*$/, '')
    .replaceAll(/,\s*([}\]])/g, '$1')

/**
 * Parses each item of a list with its schema, and keeps its original values. Drops invalid items
 * with everything that may identify a car in them; relative URLs are resolved against `base`.
 */
export function parseItems<T>(
  values: readonly unknown[],
  schema: z.ZodType<T>,
  base: string,
): { read: ParsedItem<T>[]; dropped: DroppedListing[] } {
  const read: ParsedItem<T>[] = []
  const dropped: DroppedListing[] = []
  for (const [i, value] of values.entries()) {
    const parsed = schema.safeParse(value)
    const leaves = () => collectJsonLeaves(value)
    if (parsed.success) read.push({ item: parsed.data, leaves })
    else
      dropped.push(
        buildDroppedItem(
          `listing ${i + 1} on its page`,
          findIdentities(leaves(), base),
          formatFirstIssue(parsed.error),
        ),
      )
  }
  return { read, dropped }
}

/** A parsed item of a list, with its original values. */
export type ParsedItem<T> = { item: T; leaves: () => Leaf[] }

const buildDroppedItem = (
  what: string,
  mentions: CarIdentity[],
  issue: string,
): DroppedListing => ({
  what: mentions.find(({ vin }) => vin !== null)?.vin ?? what,
  why: `It has an unexpected format: ${issue}`,
  ...(mentions.length > 0 && { mentions }),
})

/** Builds the drafts of a list in which every item is a car. */
export const buildDrafts = <T>(
  read: readonly ParsedItem<T>[],
  buildDraft: (item: T) => Draft,
): Draft[] => read.map(({ item, leaves }) => ({ ...buildDraft(item), leaves, isCar: true }))

/**
 * Any value of a listing: no value makes a listing invalid. The code that reads it decides what it
 * can use.
 */
export const optionalUnknown = z.unknown().optional()

/**
 * An object within a listing, or the first item if it is a list. A non-empty value with none of the
 * known properties becomes `malformed` as a whole. Undefined if there is no value.
 */
export function lenientObject<Shape extends z.ZodRawShape>(shape: Shape) {
  const object = z.object(shape)
  return z
    .unknown()
    .transform((value): Part<Shape> | undefined =>
      parsePart(object, Array.isArray(value) ? (value[0] as unknown) : value),
    )
    .optional()
}

/** A list of such objects; a single object counts as a list of one. */
export function lenientList<Shape extends z.ZodRawShape>(shape: Shape) {
  const object = z.object(shape)
  return z
    .unknown()
    .transform((value): Part<Shape>[] => {
      const all: unknown[] = Array.isArray(value) ? value : [value]
      const parts = all.slice(0, MAX_PARTS).map((one) => parsePart(object, one))
      return parts.filter((part) => part !== undefined)
    })
    .optional()
}

const MAX_PARTS = 500

type Part<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>> & { malformed?: unknown }

function parsePart<Shape extends z.ZodRawShape>(
  object: z.ZodObject<Shape>,
  value: unknown,
): Part<Shape> | undefined {
  if (value === null || value === undefined) return undefined
  const read = object.safeParse(value)
  const isKnown =
    read.success && (Object.keys(read.data).length > 0 || Object.keys(value).length === 0)
  return isKnown ? read.data : { ...object.parse({}), malformed: value }
}

/** Formats the first issue of a validation error: `VehicleYear: Invalid input`. */
export function formatFirstIssue({ issues }: z.ZodError): string {
  const [issue] = issues
  return `${issue?.path.join('.') || 'the response'}: ${issue?.message ?? 'not as expected'}`.slice(
    0,
    300,
  )
}
