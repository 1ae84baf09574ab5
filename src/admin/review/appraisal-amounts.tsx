'use client'
import { useCurrencySign, useMoneyFormat } from '../ui/use-money-format.ts'
import {
  AMOUNTS,
  type AmountField,
  type AppraisalDraft,
  computeDraftShare,
} from './appraisal-draft.ts'

type Props = { draft: AppraisalDraft; onChange: (draft: AppraisalDraft) => void }

/** The amounts of a sheet, and what the customer gets by them. */
export function AppraisalAmounts({ draft, onChange }: Props) {
  const sign = useCurrencySign()
  const formatPrice = useMoneyFormat()
  const share = computeDraftShare(draft)
  const change = (field: AmountField, text: string) =>
    onChange({ ...draft, amounts: { ...draft.amounts, [field]: text } })
  return (
    <div className="appraisal__amount-fields">
      {Object.entries(AMOUNTS).map(([field, label]) => (
        <label className="input-field" key={field}>
          {`${label} (${sign})`}
          <input
            inputMode="decimal"
            onChange={({ target }) => change(field as AmountField, target.value)}
            value={draft.amounts[field as AmountField]}
          />
        </label>
      ))}
      <p aria-live="polite" className="appraisal__share">
        <span>The customer {share !== null && share < 0 ? 'pays' : 'gets'}</span>
        <strong>{share === null ? '–' : formatPrice(Math.abs(share))}</strong>
      </p>
    </div>
  )
}
