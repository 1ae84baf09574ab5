'use client'
import { useForm } from '@payloadcms/ui'
import { useState } from 'react'
import { useCurrencySign, useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'
import { VerdictPill } from './verdict-pill.tsx'
import { formatPercent } from './format.ts'

type Props = {
  price: number
  whatIf: MarketAnswer['whatIf']
  mayAct: boolean
  /** A price in API format, or null. */
  onPriceChange: (price: string | null) => void
}

/** Evaluates another price while it is typed. */
export function WhatIf({ price, whatIf, mayAct, onPriceChange }: Props) {
  const formatPrice = useMoneyFormat()
  const [typed, setTyped] = useState('')
  const sign = useCurrencySign()
  const amount = toApiPrice(typed, sign)
  const problem = typed.trim() !== '' && amount === null
  const handleInput = (text: string) => {
    setTyped(text)
    onPriceChange(toApiPrice(text, sign))
  }
  const isCurrent = whatIf !== null && amount !== null && whatIf.price === Number(amount)
  return (
    <section aria-labelledby="what-if" className="what-if">
      <h3 id="what-if">What if it cost …</h3>
      <div className="what-if__asked">
        <label htmlFor="what-if-price">Another price</label>
        <input
          aria-describedby="what-if-answer"
          aria-invalid={problem}
          id="what-if-price"
          inputMode="decimal"
          onChange={({ target }) => handleInput(target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          placeholder={formatPrice(price)}
          value={typed}
        />
        {mayAct && isCurrent && whatIf.price !== price && <ApplyPrice price={whatIf.price} />}
      </div>
      <div aria-live="polite" id="what-if-answer">
        {problem && (
          <p className="car-market__empty">Enter an amount, such as 24500 or 24,500.50.</p>
        )}
        {amount !== null &&
          (isCurrent ? (
            <WhatIfResult whatIf={whatIf} />
          ) : (
            <p className="car-market__empty">Calculating …</p>
          ))}
      </div>
    </section>
  )
}

function WhatIfResult({ whatIf }: { whatIf: NonNullable<MarketAnswer['whatIf']> }) {
  return (
    <>
      <p className="what-if__answer">
        <VerdictPill recommendation={whatIf.recommendation} />
        <strong>{formatPercent(whatIf.priceToMarket)}</strong> of the expected price
        {whatIf.rank && `, ranked ${whatIf.rank.position} of ${whatIf.rank.of} by price`}
      </p>
      <p className="car-market__empty">{whatIf.explanation}</p>
    </>
  )
}

/** Puts a price into the form, to be saved later. */
function ApplyPrice({ price }: { price: number }) {
  const formatPrice = useMoneyFormat()
  const { dispatchFields, setModified } = useForm()
  const [applied, setApplied] = useState<number | null>(null)
  const apply = () => {
    dispatchFields({ type: 'UPDATE', path: 'price', value: price })
    setModified(true)
    setApplied(price)
  }
  if (applied === price)
    return <span role="status">The price is in the form. Save to keep it.</span>
  return (
    <button className="jobs__button" onClick={apply} type="button">
      Use {formatPrice(price)}
    </button>
  )
}

/** Converts typed text to API format: `$24,500` is `24500`; null if it is not a price. */
function toApiPrice(typed: string, sign: string): string | null {
  const plain = typed.replaceAll(sign, '').replaceAll(/[\s,]/g, '')
  return /^\d{1,8}(\.\d{1,2})?$/.test(plain) && Number(plain) > 0 ? plain : null
}
