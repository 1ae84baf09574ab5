import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { describeIssue } from '../../src/domain/describe-issue.ts'

const TEXT_OR_LIST = z.union([z.string().max(3), z.array(z.string()).max(1)])
const INVALID: [schema: z.ZodType, input: unknown, description: string][] = [
  [z.string(), undefined, 'is missing'],
  [z.enum(['mi', 'km']), undefined, 'is missing'],
  [z.string(), 5, 'must be text'],
  [z.number(), '5', 'must be a number'],
  [z.number().int(), 5.5, 'must be a whole number'],
  [z.boolean(), 'yes', 'must be true or false'],
  [z.object({}), null, 'must be an object'],
  [z.number().max(90), 91, 'must be at most 90'],
  [z.number().min(0.1), 0, 'must be at least 0.1'],
  [z.string().min(1), '', 'must not be empty'],
  [z.string().max(3), 'four', 'must have at most 3 characters'],
  [z.array(z.string()).max(1), ['a', 'b'], 'must have at most 1 entry'],
  [z.enum(['mi', 'km']), 'm', 'must be one of "mi", "km"'],
  [z.literal(true), false, 'must be true'],
  [z.strictObject({}), { price: 1 }, 'has unknown fields: price'],
  [z.guid(), '7', 'must be a UUID'],
  [z.iso.date(), 'soon', 'must be a date such as 2026-11-30'],
  [z.string().max(3, 'must be short'), 'four', 'must be short'],
  [TEXT_OR_LIST, 'four', 'must have at most 3 characters'],
  [TEXT_OR_LIST, ['a', 'b'], 'must have at most 1 entry'],
]

describe('an input that does not match its schema', () => {
  it.each(INVALID)('%# is described in plain English', (schema, input, description) => {
    const parsed = schema.safeParse(input, { error: describeIssue })
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual([description])
  })
})
