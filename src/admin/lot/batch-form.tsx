'use client'
import { useConfig } from '@payloadcms/ui'
import { useState } from 'react'
import { formatCount } from '../../domain/format-count.ts'
import {
  type BatchChange,
  type CarSelection,
  PRICE_RULES,
  type PriceRule,
} from '../../lot/domain/batch-price.ts'
import type { BatchPlan } from '../../lot/domain/price-batch.ts'
import { type ApiResult, sendCommand } from '../ui/api.ts'
import { Choice } from '../ui/choice.tsx'
import { BatchPreview } from './batch-preview.tsx'
import { parseNumber } from './parse-amount.ts'
import { WorkField, WorkSubmit } from './work-fields.tsx'

type Props = {
  selection: CarSelection
  /** The cars in words: `3 selected cars`. */
  subject: string
  /** Called when the prices are changed. */
  onApplied: (batch: AppliedBatch) => void
}

/** What the form has so far, as it was entered. */
type Draft = {
  rule: PriceRule
  value: string
  roundTo95: boolean
  note: string
}
const EMPTY: Draft = { rule: 'percent', value: '', roundTo95: true, note: '' }

const RULES = Object.entries(PRICE_RULES) as [PriceRule, string][]

/** A bulk change that was just applied, with a sentence about it. */
export type AppliedBatch = { id: string; message: string }

/** Asks how prices change, shows the preview, and changes them. */
export function BatchForm({ selection, subject, onApplied }: Props) {
  const [draft, setDraft] = useState(EMPTY)
  const { apply, isBusy, load, plan, problem, reset } = useBatch(selection, onApplied)
  const change = toChange(draft)
  const edit = (about: Partial<Draft>) => {
    setDraft({ ...draft, ...about })
    reset()
  }
  return (
    <div className="change-prices__form">
      <p>Changes the prices of {subject}. Sold cars keep theirs.</p>
      <DraftFields draft={draft} edit={edit} editNote={(note) => setDraft({ ...draft, note })} />
      {!plan && (
        <WorkSubmit
          isBusy={isBusy}
          isReady={change !== null}
          label="Preview"
          onSubmit={() => change && void load(change, draft)}
        />
      )}
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      {plan && change && (
        <Confirmation
          isBusy={isBusy}
          onApply={(allow) => void apply(change, draft, allow)}
          plan={plan}
        />
      )}
    </div>
  )
}

type DraftFieldsProps = {
  draft: Draft
  edit: (about: Partial<Draft>) => void
  editNote: (note: string) => void
}

/** The inputs of the form. A change of the note keeps the preview. */
function DraftFields({ draft, edit, editNote }: DraftFieldsProps) {
  return (
    <>
      <Choice
        label="How prices change"
        onChoose={(rule) => edit({ rule })}
        options={RULES}
        value={draft.rule}
      />
      <div className="change-prices__inputs">
        <WorkField
          hint={HINTS[draft.rule]}
          inputMode="decimal"
          label={draft.rule === 'amount' ? 'Amount' : 'Percent'}
          onChange={(value) => edit({ value })}
          value={draft.value}
        />
        <WorkField
          hint="Kept in the history of each price."
          label="Reason"
          onChange={editNote}
          value={draft.note}
        />
      </div>
      <label className="change-prices__check">
        <input
          checked={draft.roundTo95}
          onChange={({ target }) => edit({ roundTo95: target.checked })}
          type="checkbox"
        />
        Round to the nearest price ending in 95
      </label>
    </>
  )
}

const HINTS: Readonly<Record<PriceRule, string>> = {
  amount: 'Such as -500 or 250.',
  percent: 'Such as -5 or 2.5.',
  percentOfMarket: 'Such as 98. Cars without a market price keep theirs.',
}

/** The change that the form asks for; null while it is incomplete. */
function toChange({ rule, value }: Draft): BatchChange | null {
  const number = parseNumber(value)
  if (number === null || number === 0) return null
  if (rule === 'amount') return { amount: number }
  return rule === 'percent' ? { percent: number } : { percentOfMarket: number }
}

type ConfirmationProps = {
  plan: BatchPlan
  isBusy: boolean
  onApply: (allowBelowCost: boolean) => void
}

/** The preview, and the button that applies it; prices below cost need a confirmation. */
function Confirmation({ plan, isBusy, onApply }: ConfirmationProps) {
  const [isAllowed, setAllowed] = useState(false)
  const below = plan.rows.filter(({ belowCost }) => belowCost).length
  return (
    <>
      <BatchPreview plan={plan} />
      {below > 0 && (
        <label className="change-prices__check change-prices__check--warning">
          <input
            checked={isAllowed}
            onChange={({ target }) => setAllowed(target.checked)}
            type="checkbox"
          />
          {`Allow ${formatCount(below, 'price')} below cost`}
        </label>
      )}
      {plan.rows.length > 0 && (
        <WorkSubmit
          isBusy={isBusy}
          isReady={below === 0 || isAllowed}
          label={`Change ${formatCount(plan.rows.length, 'price')}`}
          onSubmit={() => onApply(isAllowed)}
        />
      )}
    </>
  )
}

/** Previews and applies a bulk change. */
function useBatch(selection: CarSelection, onApplied: (batch: AppliedBatch) => void) {
  const { config } = useConfig()
  const [plan, setPlan] = useState<BatchPlan | null>(null)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const address = `${config.routes.api}/inventory/price-batches`
  const send = async <Answer,>(path: string, body: object): Promise<ApiResult<Answer>> => {
    setBusy(true)
    const result = await sendCommand<Answer>(`${address}${path}`, body)
    setBusy(false)
    setProblem('problem' in result ? result.problem : null)
    return result
  }
  const load = async (change: BatchChange, { roundTo95 }: Draft) => {
    const result = await send<BatchPlan>('/preview', { ...selection, change, roundTo95 })
    setPlan('answer' in result ? result.answer : null)
  }
  const apply = async (change: BatchChange, draft: Draft, allowBelowCost: boolean) => {
    const { note, roundTo95 } = draft
    const rows = plan?.rows.map(({ id, oldPrice, newPrice }) => ({ id, oldPrice, newPrice }))
    const body = { rows, change, roundTo95, allowBelowCost, ...(note.trim() && { note }) }
    const result = await send<AppliedBatch>('', body)
    setPlan(null)
    if ('answer' in result) onApplied(result.answer)
  }
  const reset = () => {
    setPlan(null)
    setProblem(null)
  }
  return { plan, isBusy, problem, load, apply, reset }
}
