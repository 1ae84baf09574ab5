import { z } from 'zod'
import { MAX_CENTS, centsToAmount } from '../../domain/money.ts'
import { uuidInput } from '../../domain/input-schemas.ts'
import { SUBMISSION_STATUSES, type SubmissionStatus } from '../../submissions/domain/status.ts'

/** The path parameter that identifies a submission. */
export const SUBMISSION_ID = z.object({ id: uuidInput() })

/** An amount in the currency of the lot, above zero. */
export const AMOUNT = z
  .number()
  .min(0.01)
  .max(centsToAmount(MAX_CENTS))
  .refine((amount) => Math.abs(amount * 100 - Math.round(amount * 100)) < 1e-6, {
    message: 'must have at most two decimal places',
  })

/** A text of a few sentences to a customer or about a decision. */
export const PARAGRAPH = z
  .string()
  .trim()
  .min(1)
  .max(2_000)
  .refine((text) => !text.includes('\0'), { message: 'contains a NUL character. Remove it' })

export const STATUS = z.enum(
  Object.keys(SUBMISSION_STATUSES) as [SubmissionStatus, ...SubmissionStatus[]],
)

/** What a step of the review returns. */
export const STEP_ANSWER = z.strictObject({ status: STATUS, message: z.string() })
