import type { Appraisal } from '../../generated/payload-types.ts'
import {
  type ConditionGrade,
  type ConditionPart,
  getNoteField,
  LISTED_PARTS,
} from '../../review/domain/condition.ts'
import { readAmount } from './read-approval.ts'

/** The amounts of the sheet, in the order in which it shows them. */
export const AMOUNTS = {
  reconditioning: 'Reconditioning estimate',
  offer: 'Offer',
  payoff: 'Payoff of the loan',
} as const

export type AmountField = keyof typeof AMOUNTS

/** The sheet as it is filled in: amounts are texts until it is saved. */
export type AppraisalDraft = {
  grades: Record<ConditionPart, ConditionGrade>
  comments: Record<ConditionPart, string>
  amounts: Record<AmountField, string>
  notes: string
}

/** The sheet of an appraisal; an empty one without it. */
export function readDraft(appraisal: Appraisal | null): AppraisalDraft {
  const readParts = <Value>(read: (part: ConditionPart) => Value) =>
    Object.fromEntries(LISTED_PARTS.map((part) => [part, read(part)])) as Record<
      ConditionPart,
      Value
    >
  return {
    grades: readParts((part) => appraisal?.[part] ?? 'not_checked'),
    comments: readParts((part) => appraisal?.[getNoteField(part)] ?? ''),
    amounts: {
      reconditioning: String(appraisal?.reconditioning ?? ''),
      offer: String(appraisal?.offer ?? ''),
      payoff: String(appraisal?.payoff ?? ''),
    },
    notes: appraisal?.notes ?? '',
  }
}

/** The body that saves a sheet. What is not an amount is sent as entered, to be refused. */
export function buildAppraisal({ grades, comments, amounts, notes }: AppraisalDraft): object {
  const texts = LISTED_PARTS.map((part) => [getNoteField(part), comments[part].trim() || null])
  const money = Object.entries(amounts).map(([name, text]) => [name, readMoney(text)])
  return {
    ...grades,
    ...Object.fromEntries(texts),
    ...Object.fromEntries(money),
    notes: notes.trim() || null,
  }
}

/**
 * What the customer gets by a sheet: the offer minus the payoff. Null without an offer, or if one
 * of them is not a number.
 */
export function computeDraftShare({ amounts }: AppraisalDraft): number | null {
  const [offer, payoff] = [readMoney(amounts.offer), readMoney(amounts.payoff) ?? 0]
  return typeof offer === 'number' && typeof payoff === 'number' ? offer - payoff : null
}

const readMoney = (text: string): number | string | null =>
  text.trim() === '' ? null : readAmount(text.trim())
