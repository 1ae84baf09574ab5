'use client'
import type { Appraisal } from '../../generated/payload-types.ts'
import {
  CONDITION_GRADES,
  CONDITION_PARTS,
  getNoteField,
  LISTED_PARTS,
} from '../../review/domain/condition.ts'
import { useNow } from '../ui/clock.ts'
import { formatMoment } from '../ui/format.ts'
import { useMoneyFormat } from '../ui/use-money-format.ts'

type Props = { appraisal: Appraisal | null; share: number | null }

/** An appraisal to read: for viewers, without money, and for everyone once it is decided. */
export function AppraisalSheet({ appraisal, share }: Props) {
  const now = useNow(0, 30_000)
  if (!appraisal) return <p className="appraisal__empty">This car was not appraised.</p>
  return (
    <>
      <dl className="appraisal__grades">
        {LISTED_PARTS.map((part) => (
          <div key={part}>
            <dt>{CONDITION_PARTS[part]}</dt>
            <dd>
              <span className={`grade grade--${appraisal[part]}`}>
                {CONDITION_GRADES[appraisal[part]]}
              </span>
              {appraisal[getNoteField(part)]}
            </dd>
          </div>
        ))}
      </dl>
      <Amounts appraisal={appraisal} share={share} />
      {appraisal.notes && <p className="appraisal__notes">{appraisal.notes}</p>}
      {appraisal.appraisedAt && (
        <p className="appraisal__empty">Appraised {formatMoment(appraisal.appraisedAt, now)}.</p>
      )}
    </>
  )
}

function Amounts({ appraisal, share }: { appraisal: Appraisal; share: number | null }) {
  const formatPrice = useMoneyFormat()
  const { offer, payoff, reconditioning } = appraisal
  const amounts = [
    ['Reconditioning estimate', reconditioning],
    ['Offer', offer],
    ['Payoff of the loan', payoff],
    ['The customer gets', share],
  ] as const
  const known = amounts.filter(([, amount]) => typeof amount === 'number')
  if (known.length === 0) return null
  return (
    <dl className="appraisal__amounts">
      {known.map(([label, amount]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{formatPrice(amount ?? 0)}</dd>
        </div>
      ))}
    </dl>
  )
}
