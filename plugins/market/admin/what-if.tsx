'use client'
import { useState } from 'react'
import { useCurrencySign, useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'
import { VerdictPill } from './verdict-pill.tsx'
import { formatPercent } from './format.ts'
import { parsePrice } from './parse-input.ts'
import { type PriceChange, usePriceChange } from './use-price-change.ts'

type Props = {
  car: MarketAnswer['car']
  whatIf: MarketAnswer['whatIf']
  mayAct: boolean
  /** A price in API format, or null. */
  onPriceChange: (price: string | null) => void
  onApplied: (change: PriceChange) => void
  onRefused: () => void
}

/** Evaluates another price while it is typed. */
export function WhatIf({ car, whatIf, mayAct, onPriceChange, onApplied, onRefused }: Props) {
  const formatPrice = useMoneyFormat()
  const [typed, setTyped] = useState('')
  const sign = useCurrencySign()
  const amount = parsePrice(typed, sign)
  const problem = typed.trim() !== '' && amount === null
  const { changePrice, sending, problem: refusal } = usePriceChange(car.id)
  const apply = async (price: number) => {
    const change = await changePrice({ from: car.price, to: price, reason: 'edit' })
    if (!change) return onRefused()
    handleInput('')
    onApplied(change)
  }
  const handleInput = (text: string) => {
    setTyped(text)
    onPriceChange(parsePrice(text, sign))
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
          placeholder={formatPrice(car.price)}
          value={typed}
        />
        {mayAct && isCurrent && whatIf.price !== car.price && (
          <ApplyButton onApply={apply} price={whatIf.price} sending={sending} />
        )}
      </div>
      {refusal && (
        <p className="jobs__problem" role="alert">
          {refusal}
        </p>
      )}
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

type ApplyButtonProps = {
  price: number
  sending: boolean
  onApply: (price: number) => Promise<void>
}

function ApplyButton({ price, sending, onApply }: ApplyButtonProps) {
  const formatPrice = useMoneyFormat()
  return (
    <button
      className="jobs__button"
      disabled={sending}
      onClick={() => void onApply(price)}
      type="button"
    >
      {sending ? 'Applying…' : `Apply ${formatPrice(price)}`}
    </button>
  )
}

function WhatIfResult({ whatIf }: { whatIf: NonNullable<MarketAnswer['whatIf']> }) {
  return (
    <>
      <p className="what-if__answer">
        <VerdictPill recommendation={whatIf.recommendation} />
        <strong>{formatPercent(whatIf.priceToMarket)}</strong> of the market price
        {whatIf.rank && `, ranked ${whatIf.rank.position} of ${whatIf.rank.of} by asking price`}
      </p>
      <p className="car-market__empty">{whatIf.explanation}</p>
    </>
  )
}
