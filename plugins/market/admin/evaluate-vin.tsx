'use client'
import { useConfig } from '@payloadcms/ui'
import { type FormEvent, useState } from 'react'
import { type ApiResult, sendCommand } from '../../../src/admin/ui/api.ts'
import type { EvaluationAnswer } from '../endpoints/api-schemas.ts'
import { parseMileage } from './parse-input.ts'
import { VinEvaluation } from './vin-evaluation.tsx'
import '../../../src/admin/ui/job-table.css'
import './evaluate-vin.css'

type Props = {
  mayAct: boolean
  now: Date
  /** Whether anything decodes VINs. */
  hasVinSource: boolean
}
type Draft = {
  vin: string
  trim: string
  mileage: string
  refresh: boolean
}

const EMPTY: Draft = { vin: '', trim: '', mileage: '', refresh: false }
const VIN_LENGTH = 17

/** Evaluates a car that is not on the lot by its VIN. Managers can bypass the cached response. */
export function EvaluateVin({ mayAct, now, hasVinSource }: Props) {
  return (
    <section aria-labelledby="evaluate-vin" className="jobs__section">
      <h2 id="evaluate-vin">Evaluate a VIN</h2>
      {hasVinSource ? (
        <VinForm mayAct={mayAct} now={now} />
      ) : (
        <p className="jobs__empty">
          This needs auto.dev, which decodes VINs. Set AUTODEV_API_KEY on the server.
        </p>
      )}
    </section>
  )
}

function VinForm({ mayAct, now }: Omit<Props, 'hasVinSource'>) {
  const { config } = useConfig()
  const [draft, setDraft] = useState(EMPTY)
  const [sending, setSending] = useState(false)
  const [result, setResult] = useState<ApiResult<EvaluationAnswer> | null>(null)
  const mileage = parseMileage(draft.mileage)
  const isWrongMileage = draft.mileage.trim() !== '' && mileage === null
  const handleChange = (changed: Draft) => {
    setDraft(changed)
    if (result && 'problem' in result) setResult(null)
  }
  const evaluate = async (event: FormEvent) => {
    event.preventDefault()
    if (isWrongMileage) return
    setSending(true)
    const body = buildBody(draft, mileage)
    setResult(await sendCommand<EvaluationAnswer>(`${config.routes.api}/vin-evaluation`, body))
    setSending(false)
  }
  return (
    <>
      <form className="input-form" onSubmit={(event) => void evaluate(event)}>
        <VinFields
          draft={draft}
          isWrongMileage={isWrongMileage}
          mayAct={mayAct}
          onChange={handleChange}
        />
        <div className="input-form__buttons">
          <button className="jobs__button jobs__button--first" disabled={sending} type="submit">
            {sending ? 'Evaluating…' : 'Evaluate'}
          </button>
        </div>
      </form>
      <div aria-busy={sending} aria-live="polite" className="vin-evaluation">
        {result && 'answer' in result && <VinEvaluation answer={result.answer} now={now} />}
      </div>
      {result && 'problem' in result && (
        <p className="jobs__problem" role="alert">
          {result.problem}
        </p>
      )}
    </>
  )
}

/** Sends only what was entered. */
const buildBody = ({ vin, trim, refresh }: Draft, mileage: number | null) => ({
  vin,
  ...(trim.trim() !== '' && { trim: trim.trim() }),
  ...(mileage !== null && { mileage }),
  ...(refresh && { refresh }),
})

type FieldsProps = {
  draft: Draft
  isWrongMileage: boolean
  mayAct: boolean
  onChange: (draft: Draft) => void
}

function VinFields({ draft, isWrongMileage, mayAct, onChange }: FieldsProps) {
  return (
    <>
      <div className="input-field">
        <label htmlFor="evaluate-vin-number">VIN</label>
        <input
          autoCapitalize="characters"
          autoComplete="off"
          id="evaluate-vin-number"
          minLength={VIN_LENGTH}
          onChange={({ target }) => onChange({ ...draft, vin: target.value })}
          required
          spellCheck={false}
          value={draft.vin}
        />
      </div>
      <div className="input-field">
        <label htmlFor="evaluate-vin-trim">Trim (optional)</label>
        <input
          id="evaluate-vin-trim"
          maxLength={100}
          onChange={({ target }) => onChange({ ...draft, trim: target.value })}
          value={draft.trim}
        />
      </div>
      <div className="input-field">
        <label htmlFor="evaluate-vin-mileage">Mileage (optional)</label>
        <input
          aria-describedby={isWrongMileage ? 'evaluate-vin-mileage-problem' : undefined}
          aria-invalid={isWrongMileage}
          id="evaluate-vin-mileage"
          inputMode="numeric"
          onChange={({ target }) => onChange({ ...draft, mileage: target.value })}
          value={draft.mileage}
        />
        {isWrongMileage && (
          <p className="jobs__empty" id="evaluate-vin-mileage-problem" role="alert">
            Enter a whole number of miles, such as 31,200.
          </p>
        )}
      </div>
      {mayAct && (
        <label className="evaluate-vin__refresh">
          <input
            checked={draft.refresh}
            onChange={({ target }) => onChange({ ...draft, refresh: target.checked })}
            type="checkbox"
          />
          Request the data again, even if this VIN was evaluated recently
        </label>
      )}
    </>
  )
}
