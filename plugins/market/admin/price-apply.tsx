'use client'
import { useState } from 'react'
import { useCurrencySign, useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import { parsePrice } from './parse-input.ts'
import { type PriceChange, usePriceChange } from './use-price-change.ts'
import './price-apply.css'

type Car = {
  id: string
  title: string
  price: number
}

type ApplyProps = {
  car: Car
  suggested: number
  onApplied: (change: PriceChange) => void
  /** Called when the price could not be changed, such as after someone else changed it. */
  onRefused: () => void
}

/** A suggested price that can be edited and applied. */
export function PriceApply({ car, suggested, onApplied, onRefused }: ApplyProps) {
  const formatPrice = useMoneyFormat()
  const sign = useCurrencySign()
  const [typed, setTyped] = useState<string | null>(null)
  const { changePrice, sending, problem } = usePriceChange(car.id)
  const price = parsePrice(typed ?? String(suggested), sign)
  const canApply = price !== null && Number(price) !== car.price && !sending
  const apply = async () => {
    if (!canApply) return
    const requested = { from: car.price, to: Number(price), reason: 'suggestion' as const }
    const change = await changePrice(requested)
    if (!change) return onRefused()
    setTyped(null)
    onApplied(change)
  }
  return (
    <div className="price-apply">
      <div className="price-apply__line">
        <input
          aria-invalid={price === null}
          aria-label={`New price of ${car.title}`}
          inputMode="decimal"
          onChange={({ target }) => setTyped(target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            void apply()
          }}
          value={typed ?? formatPrice(suggested)}
        />
        <button
          aria-label={`Apply the new price of ${car.title}`}
          className="jobs__button jobs__button--first"
          disabled={!canApply}
          onClick={() => void apply()}
          type="button"
        >
          {sending ? 'Applying…' : 'Apply'}
        </button>
      </div>
      {price === null && <p className="jobs__empty">Enter an amount, such as 24,500.</p>}
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

type AppliedProps = {
  car: Car
  change: PriceChange
  /** Called with the change back to the old price. */
  onUndone: (change: PriceChange) => void
}

/** What was done to a price, and a button that undoes it, which has the focus. */
export function PriceApplied({ car, change, onUndone }: AppliedProps) {
  const { changePrice, sending, problem } = usePriceChange(car.id)
  const describeChange = useChangeText()
  const undo = async () => {
    const undone = await changePrice({
      from: change.to,
      to: change.from,
      reason: 'edit',
      note: 'The change before was undone.',
    })
    if (undone) onUndone(undone)
  }
  return (
    <div className="price-applied">
      <p>{describeChange(change)}</p>
      <button
        aria-label={`Undo the new price of ${car.title}`}
        className="jobs__button"
        disabled={sending}
        onClick={() => void undo()}
        ref={focusOnce}
        type="button"
      >
        {sending ? 'Undoing…' : 'Undo'}
      </button>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}

/** The button that was pressed is gone; this one appears in its place. */
const focusOnce = (button: HTMLButtonElement | null) => button?.focus()

/** Returns the function that describes a change: `Changed from $24,500 to $23,900.` */
export function useChangeText(): (change: PriceChange) => string {
  const formatPrice = useMoneyFormat()
  return ({ from, to }) => `Changed from ${formatPrice(from)} to ${formatPrice(to)}.`
}
