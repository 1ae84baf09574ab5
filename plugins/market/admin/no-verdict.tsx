'use client'
import { useFormFields } from '@payloadcms/ui'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'
import { isBrandedTitle } from '../../../src/domain/branded-title.ts'
import { describeSearch } from './describe-search.ts'
import { SourceNote } from './price-position.tsx'
import { VerdictPill } from './verdict-pill.tsx'

type Props = {
  answer: MarketAnswer
  hasSource: boolean
  mayAct: boolean
  now: Date
}

/** Shown instead of a verdict: why there is none, and what helps. */
export function NoVerdict({ answer: { analysis, car }, hasSource, mayAct, now }: Props) {
  const titleStatus = useFormFields(([fields]) => fields['titleStatus']?.value)
  const branded = typeof titleStatus === 'string' && isBrandedTitle(titleStatus)
  if (!analysis)
    return <NeverAnalyzed hasSource={hasSource} mayAct={mayAct} sold={car.status === 'sold'} />
  const tips = [
    ...(branded
      ? [
          'This car has a branded title, so it is compared only with other cars with branded ' +
            'titles. Few of those are listed.',
        ]
      : []),
    ...(hasSource ? buildAdvice(analysis) : [NO_SOURCE]),
  ]
  return (
    <section aria-label="Market position" className="standing">
      <p className="standing__verdict">
        <VerdictPill recommendation="insufficient_data" />
      </p>
      <p>{analysis.explanation}</p>
      <ul className="standing__helps">
        {tips.map((tip) => (
          <li key={tip}>{tip}</li>
        ))}
      </ul>
      <SourceNote analysis={analysis} now={now} />
    </section>
  )
}

const NO_SOURCE =
  'No source to compare with. Set AUTODEV_API_KEY on the server, or add ' +
  'competitors to scrape. Cars are then compared automatically.'

function NeverAnalyzed({
  hasSource,
  mayAct,
  sold,
}: {
  hasSource: boolean
  mayAct: boolean
  sold: boolean
}) {
  const getMessage = () => {
    if (sold)
      return (
        'This car was sold before it was compared with the market. Only cars for sale are ' +
        'compared.'
      )
    if (!hasSource) return NO_SOURCE
    const by =
      'This car has not been compared with the market yet. Available cars are compared ' +
      'automatically every few days.'
    return mayAct ? `${by} To compare it immediately, click “Analyze now”.` : by
  }
  return <p className="car-market__empty">{getMessage()}</p>
}

function buildAdvice({ searched, source }: NonNullable<MarketAnswer['analysis']>): string[] {
  const { radius } = describeSearch(searched)
  if (source === 'competitors')
    return [
      'Only competitors’ stock was searched. Add more competitors, or auto.dev ' +
        '(AUTODEV_API_KEY), for more comparable cars.',
    ]
  if (radius !== null)
    return [`The search covered a radius of ${radius} mi. MARKET_RADIUS_MILES sets the radius.`]
  return [
    'Other listings may spell the model name differently. The name decoded from the VIN is the ' +
      'safest choice.',
  ]
}
