'use client'
import { useForm } from '@payloadcms/ui'
import { useState } from 'react'
import { formatDollars } from '../../../src/admin/lot/format-figures.ts'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'
import { VerdictPill } from './verdict-pill.tsx'
import { formatPercent } from './format.ts'

type Props = {
  price: number
  whatIf: MarketAnswer['whatIf']
  mayAct: boolean
  /** A price as the API takes it; null for none. */
  onPriceChange: (price: string | null) => void
}

/** What would be made of another price, while it is typed. */
export function WhatIf({ price, whatIf, mayAct, onPriceChange }: Props) {
  const [typed, setTyped] = useState('')
  const amount = toApiPrice(typed)
  const problem = typed.trim() !== '' && amount === null
  const handleInput = (text: string) => {
    setTyped(text)
    onPriceChange(toApiPrice(text))
  }
  const isCurrent = whatIf !== null && amount !== null && whatIf.price === Number(amount)
  return (
    <section aria-labelledby="what-if" className="what-if">
      <h3 id="what-if">What if it cost …</h3>
      <div className="what-if__asked">
        <label htmlFor="what-if-price">Another price in dollars</label>
        <input
          aria-describedby="what-if-answer"
          aria-invalid={problem}
          id="what-if-price"
          inputMode="decimal"
          onChange={({ target }) => handleInput(target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          placeholder={formatDollars(price)}
          value={typed}
        />
        {mayAct && isCurrent && whatIf.price !== price && <ApplyPrice price={whatIf.price} />}
      </div>
      <div aria-live="polite" id="what-if-answer">
        {problem && <p className="car-market__empty">Dollars such as 24500 or 24,500.50.</p>}
        {amount !== null &&
          (isCurrent ? (
            <WhatIfResult whatIf={whatIf} />
          ) : (
            <p className="car-market__empty">Reckoning …</p>
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
        <strong>{formatPercent(whatIf.priceToMarket)}</strong> of what is expected
        {whatIf.rank && `, ${whatIf.rank.position} of ${whatIf.rank.of} by price`}
      </p>
      <p className="car-market__empty">{whatIf.explanation}</p>
    </>
  )
}

/** Puts a price into the form, where it waits to be saved. */
function ApplyPrice({ price }: { price: number }) {
  const { dispatchFields, setModified } = useForm()
  const [applied, setApplied] = useState<number | null>(null)
  const apply = () => {
    dispatchFields({ type: 'UPDATE', path: 'price', value: price })
    setModified(true)
    setApplied(price)
  }
  if (applied === price) return <span role="status">It is in the form. Save to keep it.</span>
  return (
    <button className="jobs__button" onClick={apply} type="button">
      Take {formatDollars(price)}
    </button>
  )
}

/** What was typed as the API takes a price: `$24,500` is `24500`; null where it is none. */
function toApiPrice(typed: string): string | null {
  const plain = typed.replaceAll(/[\s$,]/g, '')
  return /^\d{1,8}(\.\d{1,2})?$/.test(plain) && Number(plain) > 0 ? plain : null
}
