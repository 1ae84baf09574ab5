'use client'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import { type Goal, GOALS } from '../domain/advice.ts'
import { formatPercent } from './format.ts'
import type { Advice } from './market-types.ts'
import { type PriceChange, usePriceChange } from './use-price-change.ts'
import './suggested-prices.css'

/** The goals in the order of their prices. */
const GOAL_NAMES = ['fast', 'market', 'margin'] as const

type Car = {
  id: string
  title: string
  price: number
}
type Props = {
  advice: Advice
  car: Car
  mayAct: boolean
  onApplied: (change: PriceChange) => void
  onRefused: () => void
}

/** The suggested price for each goal, with its range, rank and reason. Managers apply them. */
export function SuggestedPrices({ advice, ...props }: Props) {
  return (
    <section aria-labelledby="suggested-prices">
      <h3 id="suggested-prices">Suggested prices</h3>
      <ul className="suggested-prices">
        {GOAL_NAMES.map((goal) => (
          <SuggestedPrice
            advised={advice[goal]}
            goal={goal}
            isOurs={goal === advice.goal}
            key={goal}
            {...props}
          />
        ))}
      </ul>
    </section>
  )
}

type PriceProps = Omit<Props, 'advice'> & {
  advised: Advice[Goal]
  goal: Goal
  isOurs: boolean
}

function SuggestedPrice({ advised, goal, isOurs, ...props }: PriceProps) {
  const formatPrice = useMoneyFormat()
  const { price, low, high, sentence, rank, priceToMarket } = advised
  const figures = [
    rank && `rank ${rank.position} of ${rank.of} by asking price`,
    priceToMarket !== null && `${formatPercent(priceToMarket)} of the market price`,
  ]
  return (
    <li className={isOurs ? 'suggested-price suggested-price--ours' : 'suggested-price'}>
      <p className="suggested-price__goal">
        {GOALS[goal]}
        {isOurs && <span>our goal</span>}
      </p>
      <p className="suggested-price__figure">
        <strong>{formatPrice(price)}</strong>
        {low < high && (
          <span>
            {formatPrice(low)} to {formatPrice(high)}
          </span>
        )}
      </p>
      <p className="suggested-price__note">{figures.filter(Boolean).join(', ')}</p>
      <p className="suggested-price__note">{sentence}</p>
      {props.mayAct && <ApplyPrice {...props} goal={GOALS[goal]} price={price} />}
    </li>
  )
}

type ApplyProps = Omit<Props, 'advice' | 'mayAct'> & { goal: string; price: number }

function ApplyPrice({ car, goal, price, onApplied, onRefused }: ApplyProps) {
  const formatPrice = useMoneyFormat()
  const { changePrice, sending, problem } = usePriceChange(car.id)
  const apply = async () => {
    const change = await changePrice({ from: car.price, to: price, reason: 'suggestion' })
    if (change) onApplied(change)
    else onRefused()
  }
  if (price === car.price) return <p className="suggested-price__now">This is the price now.</p>
  return (
    <>
      <button
        aria-label={`Apply ${formatPrice(price)}: ${goal.toLowerCase()}`}
        className="jobs__button"
        disabled={sending}
        onClick={() => void apply()}
        type="button"
      >
        {sending ? 'Applying…' : 'Apply'}
      </button>
      {problem && (
        <p className="jobs__problem" role="alert">
          {problem}
        </p>
      )}
    </>
  )
}
