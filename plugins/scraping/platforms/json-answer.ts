import { z } from 'zod'
import { countOf } from '../domain/listing-values.ts'
import type { Dropped, Page } from '../domain/pages.ts'

/** A text or a number, or nothing: how platforms write almost everything. */
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

/** Each of a list in its shape; those of another are dropped, by the VIN that stands somewhere in them. */
export function readEach<T>(values: readonly unknown[], schema: z.ZodType<T>): { read: T[]; dropped: Dropped[] } {
  const read: T[] = []
  const dropped: Dropped[] = []
  for (const [i, value] of values.entries()) {
    const parsed = schema.safeParse(value)
    if (parsed.success) read.push(parsed.data)
    else
      dropped.push({
        what: vinIn(value) ?? `listing ${i + 1} of its page`,
        why: `It is of another shape: ${firstIssue(parsed.error)}`,
      })
  }
  return { read, dropped }
}

const vinIn = (value: unknown) => /"([A-HJ-NPR-Z0-9]{17})"/i.exec(JSON.stringify(value))?.[1]

/** `VehicleYear: Invalid input`. */
export function firstIssue({ issues }: z.ZodError): string {
  const [issue] = issues
  return `${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'not as expected'}`.slice(0, 300)
}
