import { formatCount } from '../../../src/domain/format-count.ts'
import { formatMoney } from '../../../src/domain/money.ts'
import { findWebAddressProblem } from '../../../src/domain/web-address.ts'
import type { CompetitorCar, CompetitorChanges } from './competitor-change.ts'
import { formatEstimate } from './estimate.ts'
import type { PriceDecision } from './price-decision.ts'

/** An open alert that was raised in the period of a digest, or whose snooze ended in it. */
export type ReportedAlert = {
  car: string | null
  message: string
  severity: string
}

/** What a digest reports. */
export type DigestContent = {
  decisions: readonly PriceDecision[]
  alerts: readonly ReportedAlert[]
  changes: CompetitorChanges
}

/** One line of a digest, with the address of the page about it. */
export type DigestLine = { text: string; url: string | null }

/** A digest before it is rendered. */
export type Digest = {
  subject: string
  sections: { title: string; lines: DigestLine[] }[]
}

/** The currency of prices, and the address of the panel. */
type DigestOptions = { currency: string; adminUrl: string }

/** The maximum number of our cars and of alerts in a digest. */
const MAX_LINES = 20

/**
 * Builds a digest; null if nothing is new: competitors changed nothing, no alert is new, and every
 * price that is not in line with the market was not in the last digest either.
 */
export function buildDigest(content: DigestContent, options: DigestOptions): Digest | null {
  const { decisions, alerts, changes } = content
  const changeCount = changes.listed.count + changes.repriced.count + changes.sold.count
  const isNew = decisions.some((decision) => decision.isNew)
  if (!isNew && alerts.length === 0 && changeCount === 0) return null
  const counts = [
    {
      count: decisions.length,
      text: formatCount(decisions.length, 'price to review', 'prices to review'),
    },
    { count: alerts.length, text: formatCount(alerts.length, 'alert') },
    {
      count: changeCount,
      text: formatCount(changeCount, 'change at competitors', 'changes at competitors'),
    },
  ].filter(({ count }) => count > 0)
  return {
    subject: `Market: ${counts.map(({ text }) => text).join(', ')}`,
    sections: [
      buildDecisions(decisions, options),
      buildAlerts(alerts, options),
      ...buildChanges(changes, options.currency),
    ].filter(({ lines }) => lines.length > 0),
  }
}

function buildDecisions(decisions: readonly PriceDecision[], options: DigestOptions) {
  const sorted = decisions.toSorted(
    (one, other) =>
      Number(other.isNew) - Number(one.isNew) || Math.abs(other.percent) - Math.abs(one.percent),
  )
  const lines = sorted.map((decision) => ({
    text: describeDecision(decision, options.currency),
    url: buildCarUrl(options, decision.id),
  }))
  return { title: 'Prices to review', lines: cutLines(lines, decisions.length, 'car') }
}

const KEPT_FOR_GOAL = 'suits the goal of our prices'

function describeDecision(decision: PriceDecision, currency: string): string {
  const { action, cents, costCents, expectedCents, isLimitedByCost, isNew, kept } = decision
  const { percent, stockNumber, suggestedCents, title } = decision
  const format = (amount: number) => formatMoney({ cents: amount, currency })
  const name = stockNumber === null ? title : `${title} (stock ${stockNumber})`
  const advice =
    suggestedCents === null
      ? `${format(cents)} ${kept === 'cost' ? 'is close to our cost' : KEPT_FOR_GOAL}.`
      : `${action} ${format(cents)} to ${format(suggestedCents)}.`
  const estimate = formatEstimate({ cents: expectedCents, currency })
  const cost = isLimitedByCost && costCents !== null ? ` Our cost is ${format(costCents)}.` : ''
  return (
    `${isNew ? 'New: ' : ''}${name}: ${advice} It is ${Math.abs(percent).toFixed(1)}% ` +
    `${action === 'lower' ? 'above' : 'below'} the market price of ${estimate}.${cost}`
  )
}

function buildAlerts(alerts: readonly ReportedAlert[], options: DigestOptions) {
  const lines = alerts.map(({ car, message, severity }) => ({
    text: `${severity === 'critical' ? 'Critical: ' : ''}${message}`,
    url: car === null ? null : buildCarUrl(options, car),
  }))
  return { title: 'Alerts', lines: cutLines(lines, alerts.length, 'alert') }
}

function buildChanges({ listed, repriced, sold }: CompetitorChanges, currency: string) {
  const format = (cents: number) => formatMoney({ cents, currency })
  const toLine = (car: CompetitorCar, price: string): DigestLine => {
    const miles = car.miles === null ? '' : `, ${formatCount(car.miles, 'mile')}`
    const url = car.url !== null && findWebAddressProblem(car.url) === null ? car.url : null
    return { text: `${car.title} at ${car.dealer}${miles}: ${price}`, url }
  }
  const formatPrice = ({ cents }: CompetitorCar) => (cents === null ? 'no price' : format(cents))
  const section = (title: string, lines: DigestLine[], count: number) => ({
    title,
    lines: cutLines(lines, count, 'car'),
  })
  return [
    section(
      'Listed by competitors',
      listed.cars.map((car) => toLine(car, formatPrice(car))),
      listed.count,
    ),
    section(
      'New prices at competitors',
      repriced.cars.map((car) =>
        toLine(car, `${formatPrice(car)}, was ${format(car.previousCents)}`),
      ),
      repriced.count,
    ),
    section(
      'Sold by competitors',
      sold.cars.map((car) => toLine(car, `last asked ${formatPrice(car)}`)),
      sold.count,
    ),
  ]
}

/** Keeps the first lines, and adds one that counts the rest. */
function cutLines(lines: readonly DigestLine[], count: number, noun: string): DigestLine[] {
  const shown = lines.slice(0, MAX_LINES)
  const more = count - shown.length
  return more > 0
    ? [...shown, { text: `And ${formatCount(more, `more ${noun}`)}.`, url: null }]
    : shown
}

/** The Market screen opens the car on its Market tab; the address of a car opens the last one. */
const buildCarUrl = ({ adminUrl }: DigestOptions, id: string): string =>
  `${adminUrl}/market?car=${id}`
