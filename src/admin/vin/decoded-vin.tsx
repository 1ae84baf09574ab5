import type { VinDecoding } from '../../vin/domain/decoding.ts'
import { FIELD_LABELS, type VinField } from '../../vin/domain/facts.ts'
import type { FillPlan } from '../../vin/domain/plan-fill.ts'

type Props = { decoding: VinDecoding; plan: FillPlan }

/** What was filled in from a VIN, what was kept, what contradicts it, and what is not known. */
export function DecodedVin({ decoding, plan }: Props) {
  const { contradictions, filled, kept, unknown } = plan
  const remarks = Object.values(decoding.sources).flatMap(({ status, message }) =>
    message === null || status === 'off' ? [] : [message],
  )
  return (
    <>
      <Filled plan={plan} />
      {contradictions.map(({ field, message }) => (
        <p className="jobs__problem" key={field}>
          {message}
        </p>
      ))}
      {kept.length > 0 && <p>Kept as entered: {listFields(kept)}.</p>}
      {unknown.length > 0 && filled.length > 0 && <p>Not known: {listFields(unknown)}.</p>}
      <YearChoice decoding={decoding} />
      {remarks.map((remark) => (
        <p className="decode-vin__remark" key={remark}>
          {remark}
        </p>
      ))}
    </>
  )
}

function Filled({ plan: { contradictions, filled } }: Pick<Props, 'plan'>) {
  if (filled.length === 0) {
    const isOfOtherMake = contradictions.some(({ field }) => field === 'make')
    return (
      <p>
        {isOfOtherMake
          ? 'Nothing was filled in. Check the VIN and the make, and decode again.'
          : 'Nothing was filled in.'}
      </p>
    )
  }
  return (
    <>
      <p>Filled in:</p>
      <ul className="decode-vin__filled">
        {filled.map(({ field, value, confidence }) => (
          <li key={field}>
            {FIELD_LABELS[field]} <strong>{value}</strong>
            {confidence === 'likely' && <span className="decode-vin__likely"> likely</span>}
          </li>
        ))}
      </ul>
      {filled.some(({ confidence }) => confidence === 'likely') && (
        <p className="decode-vin__remark">Check what is only likely before you save.</p>
      )}
    </>
  )
}

/** The other year that a VIN can stand for, if its year is a guess. */
function YearChoice({ decoding: { fields, modelYears } }: Pick<Props, 'decoding'>) {
  if (modelYears.length < 2 || fields.year?.source === 'typed') return null
  return (
    <p className="decode-vin__remark">
      The VIN can stand for model year {modelYears.join(' or ')}. Check the title.
    </p>
  )
}

const listFields = (fields: readonly VinField[]): string =>
  fields.map((field) => FIELD_LABELS[field]).join(', ')
