'use client'
import { toast } from '@payloadcms/ui'
import { useState } from 'react'
import type { Appraisal } from '../../generated/payload-types.ts'
import { sendCommand } from '../ui/api.ts'
import '../ui/job-table.css'
import { AppraisalAmounts } from './appraisal-amounts.tsx'
import { ConditionGrid } from './condition-grid.tsx'
import { buildAppraisal, readDraft } from './appraisal-draft.ts'

type Props = {
  address: string
  appraisal: Appraisal | null
  submission: string
  onSaved: () => void
}

/**
 * The sheet as a manager fills it in, saved by its own button: it stands inside the form of the
 * submission, so its inputs are not a form of their own.
 */
export function AppraisalForm({ address, appraisal, submission, onSaved }: Props) {
  const [draft, setDraft] = useState(() => readDraft(appraisal))
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setIsBusy(true)
    const body = buildAppraisal(draft)
    const result = appraisal
      ? await sendCommand(
          `${address}/${encodeURIComponent(appraisal.id)}`,
          { ...body, updatedAt: appraisal.updatedAt },
          'PATCH',
        )
      : await sendCommand(address, { ...body, submission })
    setIsBusy(false)
    setProblem('problem' in result ? result.problem : null)
    if ('problem' in result) return
    toast.success('The appraisal is saved.')
    onSaved()
  }
  return (
    <div aria-busy={isBusy} className="appraisal__form">
      <ConditionGrid draft={draft} onChange={setDraft} />
      <AppraisalAmounts draft={draft} onChange={setDraft} />
      <label className="input-field">
        Notes
        <textarea
          onChange={({ target }) => setDraft({ ...draft, notes: target.value })}
          rows={3}
          value={draft.notes}
        />
      </label>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
      <div className="input-form__buttons">
        <button
          className="jobs__button"
          disabled={isBusy}
          onClick={() => void save()}
          type="button"
        >
          {isBusy ? 'Saving…' : 'Save appraisal'}
        </button>
      </div>
    </div>
  )
}
