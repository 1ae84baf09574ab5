'use client'
import { formatMiles } from '../../../src/admin/ui/format-figures.ts'
import { formatAge } from '../../../src/admin/ui/relative-time.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import { GOALS } from '../domain/advice.ts'
import type { EvaluationAnswer } from '../endpoints/api-schemas.ts'
import { ComparableCars } from './comparable-cars.tsx'
import { formatCarCount } from './describe-search.ts'
import type { Advice } from './market-types.ts'
import { useEstimateFormat } from './use-estimate-format.ts'

/** The decoded car, the suggested prices, and the cars that these are based on. */
export function VinEvaluation({ answer, now }: { answer: EvaluationAnswer; now: Date }) {
  const { cached, cachedAt, comparedAs, market, source, vehicle } = answer
  const name = [vehicle.year, vehicle.make, vehicle.model, vehicle.trim].filter(Boolean).join(' ')
  const facts = [
    vehicle.bodyStyle,
    vehicle.engine,
    vehicle.drivetrain,
    vehicle.transmission,
    vehicle.manufacturer,
  ]
  return (
    <>
      <div>
        <p>
          <strong>{name || 'Unknown car'}</strong> {vehicle.vin}
        </p>
        <p className="jobs__empty">{facts.filter(Boolean).join(' · ')}</p>
        {vehicle.partial && (
          <p className="jobs__empty">The VIN does not identify the car completely.</p>
        )}
      </div>
      <p>{describeComparison(comparedAs)}</p>
      {market?.advice && <AdvisedPrices advice={market.advice} />}
      {market ? (
        <MarketFigures market={market} />
      ) : (
        <p>No such cars are for sale, so there is no market price.</p>
      )}
      <p className="jobs__empty">
        From {source}, {formatAge(cachedAt, now)}
        {cached && ' (cached)'}.
      </p>
      {market?.comparables && market.comparables.length > 0 && (
        <ComparableCars car={null} comparables={market.comparables} />
      )}
    </>
  )
}

/** `Compared as EX with 31,200 mi.` */
function describeComparison({
  trim,
  mileage,
}: NonNullable<EvaluationAnswer['comparedAs']>): string {
  const miles = mileage === null ? 'any mileage' : formatMiles(mileage)
  return `Compared as ${trim ?? 'a car of any trim'} with ${miles}.`
}

function AdvisedPrices({ advice }: { advice: Advice }) {
  const formatPrice = useMoneyFormat()
  const { price, low, high, sentence, rank } = advice[advice.goal]
  return (
    <div>
      <p className="vin-evaluation__price">
        <strong>{formatPrice(price)}</strong> suggested, {formatPrice(low)} to {formatPrice(high)}
      </p>
      <p>
        {sentence} {rank && `It would rank ${rank.position} of ${rank.of} by asking price.`}
      </p>
      <p className="jobs__empty">
        {GOALS.fast}: {formatPrice(advice.fast.price)} · {GOALS.market}:{' '}
        {formatPrice(advice.market.price)} · {GOALS.margin}: {formatPrice(advice.margin.price)}
      </p>
    </div>
  )
}

function MarketFigures({ market }: { market: NonNullable<EvaluationAnswer['market']> }) {
  const formatPrice = useMoneyFormat()
  const formatEstimate = useEstimateFormat()
  const { confidence, interval, maxPrice, medianPrice, minPrice, outliers, sampleSize, tier } =
    market
  return (
    <p>
      {formatCarCount(sampleSize)} for sale from {formatPrice(minPrice)} to {formatPrice(maxPrice)},
      median {formatPrice(medianPrice)}. {tier && `Compared: ${tier}. `}
      {interval &&
        `With ${interval.level}% certainty, the market price is ` +
          `${formatEstimate(interval.low)} to ${formatEstimate(interval.high)}. `}
      {outliers > 0 && `${formatCarCount(outliers)} with outlying prices excluded. `}
      {confidence === 'none' ? 'Too few cars for a reliable price.' : `Confidence: ${confidence}.`}
    </p>
  )
}
