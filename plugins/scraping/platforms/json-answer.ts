import { z } from 'zod'
import type { Named } from '../domain/identity.ts'
import type { Draft } from '../domain/listing-draft.ts'
import { countOf } from '../domain/listing-values.ts'
import { type Leaf, leavesOf, namesIn } from '../domain/names-in.ts'
import type { Dropped, Page } from '../domain/pages.ts'

/** A text or a number, or nothing: how answers write their totals. */
export const word = z.union([z.string(), z.number()]).nullish()

/** A JSON answer in its shape, or the problem in a sentence. `what` names the answer. */
export function readAnswer<T>(page: Page, schema: z.ZodType<T>, what: string): { answer: T } | { problem: string } {
  const value = jsonIn(page.body)
  if (value === undefined) return { problem: `${what} is no JSON (it begins with ${JSON.stringify(page.body.slice(0, 60))}).` }
  const read = schema.safeParse(value)
  return read.success ? { answer: read.data } : { problem: `${what} is of another shape: ${firstIssue(read.error)}` }
}

/** How many cars an answer says that there are. One that does not say it is none to read: nobody could tell whether all were. */
export function totalIn(said: unknown, page: Page, what: string): { total: number } | { problem: string } {
  const total = countOf(said)
  return total === null ? { problem: `${what} does not say how many cars there are: ${page.url}` } : { total }
}

/** The value of a JSON text; undefined where it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Where a page has its JSON-LD. */
export const LINKED_DATA = 'script[type*="ld+json" i]'

/** The value of a script of JSON-LD, also with what templates leave in it; undefined where it is none. */
export const linkedJsonIn = (text: string): unknown => jsonIn(text) ?? jsonIn(mendJson(text))

/**
 * JSON-LD without what templates leave in it: comments and CDATA around it, breaks and tabs inside of texts, a comma or a semicolon too much.
 */
const mendJson = (text: string): string =>
  text
    .replaceAll(
      /^[\s\uFEFF]*(?:\/\/\s*|\/\*\s*)?(?:<!--|<!\[CDATA\[)(?:\s*\*\/)?|(?:\/\/\s*|\/\*\s*)?(?:-->|\]\]>)(?:\s*\*\/)?\s*$/g,
      '',
    )
    .replaceAll(/[\p{Cc}\uFEFF]+/gu, ' ')
    .replace(/;\s*$/, '')
    .replaceAll(/,\s*([}\]])/g, '$1')

/**
 * Each of a list in its shape, with the pieces that it came in. What is not an object is dropped, with whatever names a car in it; `base` is
 * what its addresses are relative to.
 */
export function readEach<T>(
  values: readonly unknown[],
  schema: z.ZodType<T>,
  base: string,
): { read: ReadItem<T>[]; dropped: Dropped[] } {
  const read: ReadItem<T>[] = []
  const dropped: Dropped[] = []
  for (const [i, value] of values.entries()) {
    const parsed = schema.safeParse(value)
    const leaves = () => leavesOf(value)
    if (parsed.success) read.push({ item: parsed.data, leaves })
    else dropped.push(refusedItem(`listing ${i + 1} of its page`, namesIn(leaves(), base), firstIssue(parsed.error)))
  }
  return { read, dropped }
}

/** One of a list, in its shape. */
export type ReadItem<T> = { item: T; leaves: () => Leaf[] }

const refusedItem = (what: string, mentions: Named[], issue: string): Dropped => ({
  what: mentions.find(({ vin }) => vin !== null)?.vin ?? what,
  why: `It is of another shape: ${issue}`,
  ...(mentions.length > 0 && { mentions }),
})

/** The drafts of a list whose items are all cars. */
export const draftsOf = <T>(read: readonly ReadItem<T>[], draftOf: (item: T) => Draft): Draft[] =>
  read.map(({ item, leaves }) => ({ ...draftOf(item), leaves, isCar: true }))

/** A value of a listing: whatever it is, it loses no listing. What reads it knows what it can read. */
export const anything = z.unknown().optional()

/**
 * A part of a listing with values of its own, the first of them where it is a list. One that has none of these values is `odd` as a whole;
 * undefined where there is nothing.
 */
export function partOf<Shape extends z.ZodRawShape>(shape: Shape) {
  const object = z.object(shape)
  return z
    .unknown()
    .transform((value): Part<Shape> | undefined => partIn(object, Array.isArray(value) ? (value[0] as unknown) : value))
    .optional()
}

/** A list of such parts; one that stands alone is a list of one. */
export function listOf<Shape extends z.ZodRawShape>(shape: Shape) {
  const object = z.object(shape)
  return z
    .unknown()
    .transform((value): Part<Shape>[] => {
      const all: unknown[] = Array.isArray(value) ? value : [value]
      const parts = all.slice(0, MOST_PARTS).map((one) => partIn(object, one))
      return parts.filter((part) => part !== undefined)
    })
    .optional()
}

const MOST_PARTS = 500

type Part<Shape extends z.ZodRawShape> = z.output<z.ZodObject<Shape>> & { odd?: unknown }

function partIn<Shape extends z.ZodRawShape>(object: z.ZodObject<Shape>, value: unknown): Part<Shape> | undefined {
  if (value === null || value === undefined) return undefined
  const read = object.safeParse(value)
  const isKnown = read.success && (Object.keys(read.data).length > 0 || Object.keys(value).length === 0)
  return isKnown ? read.data : { ...object.parse({}), odd: value }
}

/** `VehicleYear: Invalid input`. */
export function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues
  return `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'not as expected'}`.slice(0, 300)
}
