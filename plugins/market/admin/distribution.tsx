'use client'
import { useWidth } from '../../../src/admin/jobs/use-width.ts'
import { formatDollars } from '../../../src/admin/lot/format-figures.ts'
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
import './distribution.css'

type Analysis = NonNullable<MarketAnswer['analysis']>
type Props = {
  analysis: Analysis
  figures: NonNullable<Analysis['figures']>
  price: number
  whatIf: MarketAnswer['whatIf']
}

/** A price that is marked with a line, and its name. */
type Mark = { kind: 'ours' | 'if' | 'expected' | 'median'; amount: number; label: string }

const DOT = 13
const LABEL_HEIGHT = 21
const MAX_DOTS_HEIGHT = 104
const TICKS_HEIGHT = 24
/** About as much room as a tick's amount takes; the half of it stays free at each end. */
const TICK_WIDTH = 80
const MARGIN = 30

/**
 * Every compared car as a dot at its price, with ours, the median and what is expected marked among
 * them.
 */
export function Distribution({ analysis, figures, price, whatIf }: Props) {
  const [frame, width] = useWidth()
  const marks = buildMarks(figures, price, whatIf)
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
          aria-label={describeDistribution(figures, marks)}
          height={base + TICKS_HEIGHT}
          role="img"
          width={width}
        >
          <Axis base={base} scale={scale} />
          <Dots base={base} dots={dots} height={base - top} />
          <Marks base={base} marks={marks} scale={scale} />
        </svg>
      )}
      <figcaption>
        Each dot is one of {formatCarCount(figures.sampleSize)} for sale, at the price it is
        advertised for.
        {figures.outliers > 0 &&
          ` Not drawn: ${formatCarCount(figures.outliers)} with prices far from the others.`}
      </figcaption>
    </figure>
  )
}

/**
 * From the top down; where nothing is adjusted the median is what is expected, and one line says
 * both.
 */
function buildMarks(
  { expectedPrice, medianPrice }: Props['figures'],
  price: number,
  whatIf: Props['whatIf'],
): Mark[] {
  const one = expectedPrice === medianPrice
  return [
    { kind: 'ours', amount: price, label: `Ours ${formatDollars(price)}` },
    ...(whatIf
      ? [{ kind: 'if' as const, amount: whatIf.price, label: `If ${formatDollars(whatIf.price)}` }]
      : []),
    {
      kind: 'expected',
      amount: expectedPrice,
      label: `${one ? 'Median' : 'Expected at our miles'} ${formatDollars(expectedPrice)}`,
    },
    ...(one
      ? []
      : [
          {
            kind: 'median' as const,
            amount: medianPrice,
            label: `Median ${formatDollars(medianPrice)}`,
          },
        ]),
  ]
}

const describeDistribution = (
  { sampleSize, minPrice, maxPrice }: Props['figures'],
  marks: readonly Mark[],
) =>
  `${formatCarCount(sampleSize)} from ${formatDollars(minPrice)} to ${formatDollars(maxPrice)}. ` +
  `${marks.map(({ label }) => label).join('. ')}.`

function Axis({ scale, base }: { scale: Scale; base: number }) {
  return (
    <g className="distribution__axis">
      <line x1={scale.left} x2={scale.right} y1={base + 0.5} y2={base + 0.5} />
      {computeTicks(scale, Math.floor((scale.right - scale.left) / TICK_WIDTH)).map((amount) => (
        <text key={amount} textAnchor="middle" x={toX(scale, amount)} y={base + 18}>
          {formatDollars(amount)}
        </text>
      ))}
    </g>
  )
}

const findHighestRow = (dots: readonly Dot[]) => Math.max(0, ...dots.map(({ row }) => row))

/** A column that is higher than the drawing is pressed together. */
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

/**
 * The names stand below each other, so that they never meet however close the prices are, and above
 * all lines.
 */
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
 * A name in the middle of its line, or beside it where it would leave the drawing. A letter is
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
