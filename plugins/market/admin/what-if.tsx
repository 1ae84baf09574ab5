'use client'
import { useForm } from '@payloadcms/ui'
import { useState } from 'react'
import { dollars } from '../../../src/admin/lot/figures.ts'
import type { MarketAnswer } from '../endpoints/answers.ts'
import { VerdictPill } from './verdict-pill.tsx'
import { percentWords } from './words.ts'

type Props = {
  price: number
  whatIf: MarketAnswer['whatIf']
  mayAct: boolean
  /** A price as the API takes it; null for none. */
  onAsk: (price: string | null) => void
}

/** What would be made of another price, while it is typed. */
export function WhatIf({ price, whatIf, mayAct, onAsk }: Props) {
  const [typed, setTyped] = useState('')
  const said = askable(typed)
  const problem = typed.trim() !== '' && said === null
  const type = (words: string) => {
    setTyped(words)
    onAsk(askable(words))
  }
  const isSettled = whatIf !== null && said !== null && whatIf.price === Number(said)
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
          onChange={({ target }) => type(target.value)}
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          placeholder={dollars(price)}
          value={typed}
        />
        {mayAct && isSettled && whatIf.price !== price && <Take price={whatIf.price} />}
      </div>
      <div aria-live="polite" id="what-if-answer">
        {problem && <p className="car-market__empty">Dollars such as 24500 or 24,500.50.</p>}
        {said !== null && (isSettled ? <Answer whatIf={whatIf} /> : <p className="car-market__empty">Reckoning …</p>)}
      </div>
    </section>
  )
}

function Answer({ whatIf }: { whatIf: NonNullable<MarketAnswer['whatIf']> }) {
  return (
    <>
      <p className="what-if__answer">
        <VerdictPill recommendation={whatIf.recommendation} />
        <strong>{percentWords(whatIf.priceToMarket)}</strong> of what is expected
        {whatIf.rank && `, ${whatIf.rank.position} of ${whatIf.rank.of} by price`}
      </p>
      <p className="car-market__empty">{whatIf.explanation}</p>
    </>
  )
}

/** Puts a price into the form, where it waits to be saved. */
function Take({ price }: { price: number }) {
  const { dispatchFields, setModified } = useForm()
  const [taken, setTaken] = useState<number | null>(null)
  const take = () => {
    dispatchFields({ type: 'UPDATE', path: 'price', value: price })
    setModified(true)
    setTaken(price)
  }
  if (taken === price) return <span role="status">It is in the form. Save to keep it.</span>
  return (
    <button className="jobs__button" onClick={take} type="button">
      Take {dollars(price)}
    </button>
  )
}

/** What was typed as the API takes a price: `$24,500` is `24500`; null where it is none. */
function askable(typed: string): string | null {
  const plain = typed.replaceAll(/[\s$,]/g, '')
  return /^\d{1,8}(\.\d{1,2})?$/.test(plain) && Number(plain) > 0 ? plain : null
}
