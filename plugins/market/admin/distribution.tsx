'use client'
import { useWidth } from '../../../src/admin/ui/use-width.ts'
import { useMoneyFormat } from '../../../src/admin/ui/use-money-format.ts'
import {
  type Dot,
  placeDots,
  type Scale,
  createScale,
  computeTicks,
  toX,
} from '../domain/dot-plot.ts'
import type { MarketAnswer } from '../endpoints/api-schemas.ts'
import { formatCarCount } from './describe-search.ts'
import { useEstimateFormat } from './use-estimate-format.ts'
import './distribution.css'

type Analysis = NonNullable<MarketAnswer['analysis']>
type Props = {
  analysis: Analysis
  figures: NonNullable<Analysis['figures']>
  price: number
  whatIf: MarketAnswer['whatIf']
}

type FormatPrice = (amount: number) => string

/** A price that is marked with a labeled line. */
type Mark = {
  kind: 'ours' | 'if' | 'expected' | 'median'
  amount: number
  label: string
}

const DOT = 13
const LABEL_HEIGHT = 21
const MAX_DOTS_HEIGHT = 104
const TICKS_HEIGHT = 24
/** The approximate width of a tick label; half of it stays free at each end. */
const TICK_WIDTH = 80
const MARGIN = 30

/**
 * A dot plot of the compared cars by price, with markers for our price, the median, and the
 * expected price.
 */
export function Distribution({ analysis, figures, price, whatIf }: Props) {
  const formatPrice = useMoneyFormat()
  const [frame, width] = useWidth()
  const formatEstimate = useEstimateFormat()
  const { interval } = analysis
  const marks = buildMarks(figures, price, whatIf, { formatPrice, formatEstimate })
  const amounts = analysis.comparables.filter(({ outlier }) => !outlier).map((other) => other.price)
  const scale = createScale(
    [...amounts, ...marks.map(({ amount }) => amount)],
    MARGIN,
    Math.max(200, width - MARGIN),
  )
  const dots = placeDots(amounts, scale, DOT)
  const top = marks.length * LABEL_HEIGHT + 6
  const base = top + Math.min(MAX_DOTS_HEIGHT, (findHighestRow(dots) + 1) * DOT + 14)
  return (
    <figure className="distribution" ref={frame}>
      {width > 0 && (
        <svg
          aria-label={describeDistribution(figures, marks, formatPrice)}
          height={base + TICKS_HEIGHT}
          role="img"
          width={width}
        >
          {interval && <IntervalBand base={base} interval={interval} scale={scale} top={top} />}
          <Axis base={base} scale={scale} />
          <Dots base={base} dots={dots} height={base - top} />
          <Marks base={base} marks={marks} scale={scale} />
        </svg>
      )}
      <figcaption>
        Each dot is one of {formatCarCount(figures.sampleSize)} for sale, at its listed price.
        {figures.outliers > 0 &&
          ` Not shown: ${formatCarCount(figures.outliers)} with prices far from the others.`}
        {interval &&
          ` Shaded: where the market price is with ${interval.level}% certainty, ` +
            `${formatEstimate(interval.low)} to ` +
            `${formatEstimate(interval.high)}.`}
      </figcaption>
    </figure>
  )
}

/**
 * Ordered from top to bottom. Without an adjustment, the median equals the expected price, and they
 * share a line.
 */
function buildMarks(
  { expectedPrice, medianPrice }: Props['figures'],
  price: number,
  whatIf: Props['whatIf'],
  { formatPrice, formatEstimate }: Record<'formatPrice' | 'formatEstimate', FormatPrice>,
): Mark[] {
  const one = expectedPrice === medianPrice
  return [
    { kind: 'ours', amount: price, label: `Ours ${formatPrice(price)}` },
    ...(whatIf
      ? [{ kind: 'if' as const, amount: whatIf.price, label: `If ${formatPrice(whatIf.price)}` }]
      : []),
    {
      kind: 'expected',
      amount: expectedPrice,
      label: `Market price${one ? '' : ' at our mileage'} ${formatEstimate(expectedPrice)}`,
    },
    ...(one
      ? []
      : [
          {
            kind: 'median' as const,
            amount: medianPrice,
            label: `Median ${formatPrice(medianPrice)}`,
          },
        ]),
  ]
}

const describeDistribution = (
  { sampleSize, minPrice, maxPrice }: Props['figures'],
  marks: readonly Mark[],
  formatPrice: FormatPrice,
) =>
  `${formatCarCount(sampleSize)} from ${formatPrice(minPrice)} to ` +
  `${formatPrice(maxPrice)}. ${marks.map(({ label }) => label).join('. ')}.`

type BandProps = {
  interval: NonNullable<Analysis['interval']>
  scale: Scale
  top: number
  base: number
}

/** The interval of the market price, as far as the chart reaches. */
function IntervalBand({ interval: { low, high }, scale, top, base }: BandProps) {
  const clamp = (x: number) => Math.min(scale.right, Math.max(scale.left, x))
  const [left, right] = [clamp(toX(scale, low)), clamp(toX(scale, high))]
  return (
    <rect
      className="distribution__interval"
      height={base - top}
      width={Math.max(1, right - left)}
      x={left}
      y={top}
    />
  )
}

function Axis({ scale, base }: { scale: Scale; base: number }) {
  const formatPrice = useMoneyFormat()
  return (
    <g className="distribution__axis">
      <line x1={scale.left} x2={scale.right} y1={base + 0.5} y2={base + 0.5} />
      {computeTicks(scale, Math.floor((scale.right - scale.left) / TICK_WIDTH)).map((amount) => (
        <text key={amount} textAnchor="middle" x={toX(scale, amount)} y={base + 18}>
          {formatPrice(amount)}
        </text>
      ))}
    </g>
  )
}

const findHighestRow = (dots: readonly Dot[]) => Math.max(0, ...dots.map(({ row }) => row))

/** Compresses a column of dots that is taller than the chart. */
function Dots({ dots, base, height }: { dots: readonly Dot[]; base: number; height: number }) {
  const step = Math.min(DOT, (height - DOT) / Math.max(1, findHighestRow(dots)))
  return (
    <g className="distribution__dots">
      {dots.map(({ x, row }, index) => (
        <circle cx={x} cy={base - DOT / 2 - row * step} key={index} r={DOT / 2 - 1} />
      ))}
    </g>
  )
}

/** Places the labels in separate rows above the lines, so that they never overlap. */
function Marks({ marks, scale, base }: { marks: readonly Mark[]; scale: Scale; base: number }) {
  const placed = marks.map((mark, row) => ({
    ...mark,
    x: toX(scale, mark.amount),
    y: row * LABEL_HEIGHT + 15,
  }))
  return (
    <>
      {placed.map(({ kind, x, y }) => (
        <line
          className={`distribution__line distribution__mark--${kind}`}
          key={kind}
          x1={x}
          x2={x}
          y1={y + 5}
          y2={base}
        />
      ))}
      {placed.map(({ kind, label, x, y }) => (
        <MarkLabel key={kind} kind={kind} label={label} scale={scale} x={x} y={y} />
      ))}
    </>
  )
}

/**
 * Centers a label on its line, or moves it to one side where it would leave the chart. A letter is
 * about eight pixels wide.
 */
function MarkLabel({
  kind,
  label,
  scale,
  x,
  y,
}: Omit<Mark, 'amount'> & { scale: Scale; x: number; y: number }) {
  const half = label.length * 4
  const anchor =
    x - half < scale.left - MARGIN ? 'start' : x + half > scale.right + MARGIN ? 'end' : 'middle'
  return (
    <text
      className={`distribution__name distribution__mark--${kind}`}
      textAnchor={anchor}
      x={x}
      y={y}
    >
      {label}
    </text>
  )
}
