import { z } from 'zod'
import { buildRowSchema } from '../../api/openapi/operation.ts'
import { isCalendarDay } from '../../domain/calendar.ts'
import { centsToAmount, MAX_CENTS } from '../../domain/money.ts'

/** A price in the currency of the lot, as a decimal. */
export const AMOUNT = z.number().min(0.01).max(centsToAmount(MAX_CENTS))

/** A calendar day, `YYYY-MM-DD`. */
export const DAY = z.iso.date().refine(isCalendarDay, 'must be a date such as 2026-03-31')

/** The car after a change, with a sentence about it. */
export const CAR_ANSWER = z.strictObject({ doc: buildRowSchema('inventory'), message: z.string() })
