'use client'
import { useConfig, useDocumentInfo, useForm, useFormFields } from '@payloadcms/ui'
import type { FormState } from 'payload'
import { useState } from 'react'
import { normalizeVin } from '../../domain/vin.ts'
import type { VinDecoding } from '../../vin/domain/decoding.ts'
import type { VinField } from '../../vin/domain/facts.ts'
import { type FillPlan, planFill } from '../../vin/domain/plan-fill.ts'
import { type ApiResult, fetchAnswer } from '../ui/api.ts'
import '../ui/jobs.css'
import { DecodedVin } from './decoded-vin.tsx'
import './decode-vin.css'

type Props = {
  /** The facts that the form has fields for. */
  fields: readonly VinField[]
}

/** What a VIN filled in, and the VIN, which may change afterward. */
type Outcome = { vin: string; result: ApiResult<{ decoding: VinDecoding; plan: FillPlan }> }

/**
 * A button below the VIN of a form. It fills in empty fields from the VIN, never changes what was
 * entered, and says what it did.
 */
export function DecodeVin({ fields }: Props) {
  const { hasSavePermission } = useDocumentInfo()
  const vin = useFormFields(([state]) => readText(state['vin']?.value))
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [sending, setSending] = useState(false)
  const decodeVin = useVinDecoder(fields)
  if (!hasSavePermission) return null
  const decode = async () => {
    setSending(true)
    setOutcome({ vin, result: await decodeVin(vin) })
    setSending(false)
  }
  const shown = outcome?.vin === vin ? outcome.result : null
  return (
    <div className="decode-vin">
      <button
        className="jobs__button"
        disabled={vin === '' || sending}
        onClick={() => void decode()}
        type="button"
      >
        {sending ? 'Decoding…' : 'Decode VIN'}
      </button>
      <p className="decode-vin__help">Fills in the empty fields that the VIN stands for.</p>
      <div aria-busy={sending} aria-live="polite" className="decode-vin__result">
        {shown && 'answer' in shown && <DecodedVin {...shown.answer} />}
        {shown && 'problem' in shown && <p className="jobs__problem">{shown.problem}</p>}
      </div>
    </div>
  )
}

/** Returns the function that decodes a VIN and fills in the form. */
function useVinDecoder(fields: readonly VinField[]) {
  const { config } = useConfig()
  const { dispatchFields, getFields, setModified } = useForm()
  return async (vin: string): Promise<Outcome['result']> => {
    const year = readYear(getFields()['year']?.value)
    const address = `${config.routes.api}/vin/decode/${encodeURIComponent(vin)}`
    const query = year === null ? '' : `?year=${year}`
    const result = await fetchAnswer<VinDecoding>(address + query)
    if ('problem' in result) return result
    const state = getFields()
    // the server may take seconds, and this VIN may not be the one in the form anymore
    if (readText(state['vin']?.value) !== vin)
      return { problem: 'The VIN has changed in the meantime. Decode it again.' }
    const typed = Object.fromEntries(fields.map((field) => [field, state[field]?.value]))
    const plan = planFill(result.answer, typed, { fields, fillsGuessedYear: true })
    if (plan.filled.length > 0) {
      dispatchFields({ type: 'UPDATE_MANY', formState: buildFilled(state, plan) })
      setModified(true)
    }
    return { answer: { decoding: result.answer, plan } }
  }
}

/** The fields that a plan fills in, as the form has them. */
function buildFilled(state: FormState, { filled }: FillPlan): FormState {
  return Object.fromEntries(
    filled.map(({ field, value }) => {
      const { errorMessage: _, ...rest } = state[field] ?? {}
      return [field, { ...rest, value, valid: true }]
    }),
  )
}

const readText = (value: unknown): string => (typeof value === 'string' ? normalizeVin(value) : '')

/** An entered year that the API accepts; null for anything else. */
function readYear(value: unknown): number | null {
  const year = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof year === 'number' && Number.isInteger(year) && year >= 1900 && year <= 2100
    ? year
    : null
}
