import { fromNow } from '../../../jobs/schedule/schedule-words.ts'
import { momentWords } from '../../../src/admin/jobs/words.ts'
import { dollars } from '../../../src/admin/lot/figures.ts'
import type { MarketAnswer } from '../endpoints/answers.ts'
import { carsWords, searchWords } from './searched.ts'
import { VerdictPill } from './verdict-pill.tsx'
import { apartWords, CONFIDENCES, percentWords, sourceWords } from './words.ts'

type Analysis = NonNullable<MarketAnswer['analysis']>
type Props = { analysis: Analysis; car: MarketAnswer['car']; now: Date }

/** What the market makes of the price, in figures and in words. */
export function Standing({ analysis, car, now }: Props) {
  const { confidence, explanation, figures, priceToMarket, rank, recommendation } = analysis
  return (
    <section aria-label="Where the price stands" className="standing">
      <p className="standing__verdict">
        <VerdictPill recommendation={recommendation} />
        <strong>{dollars(car.price)}</strong>
        {priceToMarket !== null && <span>{apartWords(priceToMarket)} what is expected</span>}
      </p>
      <dl className="standing__figures">
        <Figure name="Price to market" value={percentWords(priceToMarket)} />
        <Figure name="Expected" value={figures ? dollars(figures.expectedPrice) : '–'} />
        <Figure name="Rank by price" value={rank ? `${rank.position} of ${rank.of}` : '–'} note="the cheapest is 1" />
        <Figure name="Confidence" value={CONFIDENCES[confidence]} note={carsWords(figures?.sampleSize ?? 0)} />
      </dl>
      <p>{explanation}</p>
      <Source analysis={analysis} now={now} />
    </section>
  )
}

function Figure({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value}
        {note && <span>{note}</span>}
      </dd>
    </div>
  )
}

/** Where the figures are from, how old they are, and what was looked for. */
export function Source({ analysis: { analysedAt, searched, source }, now }: { analysis: Analysis; now: Date }) {
  const { leftOut, lookedFor, notes, wider } = searchWords(searched)
  return (
    <div className="standing__source">
      <p>
        From {sourceWords(source)}, {momentWords(analysedAt, now)} ({fromNow(new Date(analysedAt), now)}).
        {lookedFor && ` Looked for: ${lookedFor}.`} {wider}
      </p>
      {leftOut.length > 0 && <p>Left out: {leftOut.join('; ')}.</p>}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  )
}
