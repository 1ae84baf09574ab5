import { z } from 'zod'
import type { CarIdentity } from '../domain/identity.ts'
import type { Draft } from '../domain/listing-draft.ts'
import { parseCount } from '../domain/listing-values.ts'
import { type Leaf, collectJsonLeaves, findIdentities } from '../domain/find-identities.ts'
import type { DroppedListing, Page } from '../domain/pages.ts'

/** A text or a number, or nothing: how answers write their totals. */
export const textOrNumber = z.union([z.string(), z.number()]).nullish()

/** A JSON answer in its shape, or the problem in a sentence. `what` names the answer. */
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
 * How many cars an answer says that there are. One that does not say it is none to read: nobody
 * could tell whether all were.
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

/** The value of a JSON text; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Where a page has its JSON-LD. */
export const LINKED_DATA = 'script[type*="ld+json" i]'

/**
 * The value of a script of JSON-LD, also with what templates leave in it; undefined where it is
 * none.
 */
export const linkedJsonIn = (text: string): unknown => parseJson(text) ?? parseJson(mendJson(text))

/** Where a comment or CDATA around JSON-LD begins and ends, also inside of a script's comment. */
const WRAPPER_START = /^[\s\uFEFF]*(?:\/\/\s*|\/\*\s*)?(?:<!--|<!\[CDATA\[)(?:\s*\*\/)?/
const WRAPPER_END = /(?:\/\/\s*|\/\*\s*)?(?:-->|\]\]>)(?:\s*\*\/)?\s*$/

/**
 * JSON-LD without what templates leave in it: comments and CDATA around it, breaks and tabs inside
 * of texts, a comma or a semicolon too much.
 */
const mendJson = (text: string): string =>
  text
    .replace(WRAPPER_START, '')
    .replace(WRAPPER_END, '')
    .replaceAll(/[\p{Cc}\uFEFF]+/gu, ' ')
    .replace(/;\s*$/, '')
    .replaceAll(/,\s*([}\]])/g, '$1')

/**
 * Each of a list in its shape, with the pieces that it came in. What is not an object is dropped,
 * with whatever names a car in it; `base` is what its addresses are relative to.
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
          `listing ${i + 1} of its page`,
          findIdentities(leaves(), base),
          formatFirstIssue(parsed.error),
        ),
      )
  }
  return { read, dropped }
}

/** One of a list, in its shape. */
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

/** The drafts of a list whose items are all cars. */
export const buildDrafts = <T>(
  read: readonly ParsedItem<T>[],
  buildDraft: (item: T) => Draft,
): Draft[] => read.map(({ item, leaves }) => ({ ...buildDraft(item), leaves, isCar: true }))

/**
 * A value of a listing: whatever it is, it loses no listing. What reads it knows what it can read.
 */
export const optionalUnknown = z.unknown().optional()

/**
 * A part of a listing with values of its own, the first of them where it is a list. One that has
 * none of these values is `odd` as a whole; undefined where there is nothing.
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

/** A list of such parts; one that stands alone is a list of one. */
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

/** `VehicleYear: Invalid input`. */
export function formatFirstIssue({ issues }: z.ZodError): string {
  const [issue] = issues
  return `${issue?.path.join('.') || 'the response'}: ${issue?.message ?? 'not as expected'}`.slice(
    0,
    300,
  )
}
