'use client'
import { useFormFields } from '@payloadcms/ui'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'
import { isBrandedTitle } from '../domain/listing.ts'
import { describeSearch } from './describe-search.ts'
import { SourceNote } from './price-position.tsx'
import { VerdictPill } from './verdict-pill.tsx'

type Props = { answer: MarketAnswer; hasSource: boolean; mayAct: boolean; now: Date }

/** In the place of a verdict that there is none of: why, and what helps. */
export function NoVerdict({ answer: { analysis, car }, hasSource, mayAct, now }: Props) {
  const titleStatus = useFormFields(([fields]) => fields['titleStatus']?.value)
  const branded = typeof titleStatus === 'string' && isBrandedTitle(titleStatus)
  if (!analysis)
    return <NeverAnalyzed hasSource={hasSource} mayAct={mayAct} sold={car.status === 'sold'} />
  const tips = [
    ...(branded
      ? [
          'Its title is branded, so it is compared with branded ones alone. Few of them are ' +
            'advertised.',
        ]
      : []),
    ...(hasSource ? buildAdvice(analysis) : [NO_SOURCE]),
  ]
  return (
    <section aria-label="Where the price stands" className="standing">
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
  'There is nothing to compare with: whoever runs the server sets AUTODEV_API_KEY, or has ' +
  'competitors scraped. Then cars are compared by themselves.'

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
      return 'This car is sold and was never compared with the market. Cars that are for sale are.'
    if (!hasSource) return NO_SOURCE
    const by =
      'This car was not compared with the market yet. Every available car is, every few days, ' +
      'by itself.'
    return mayAct ? `${by} Analyse now does it at once.` : by
  }
  return <p className="car-market__empty">{getMessage()}</p>
}

function buildAdvice({ searched, source }: NonNullable<MarketAnswer['analysis']>): string[] {
  const { radius } = describeSearch(searched)
  if (source === 'competitors')
    return [
      'Only what competitors have was looked at. More competitors, or auto.dev ' +
        '(AUTODEV_API_KEY), give more to compare with.',
    ]
  if (radius !== null)
    return [
      `Nobody further away than ${radius} mi was asked. MARKET_RADIUS_MILES sets how far to look.`,
    ]
  return [
    'The model may be written otherwise than the market writes it; the VIN’s own words are ' +
      'the safest.',
  ]
}
