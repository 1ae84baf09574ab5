import { isBrandedTitle } from '../../../src/domain/branded-title.ts'
import { formatMoney } from '../../../src/domain/money.ts'
import { isWrittenAsVin, parseVin } from '../../../src/domain/vin.ts'
import { findModelYearCandidates } from '../../../src/domain/vin-year.ts'
import { findCarState } from './car-facts.ts'
import type { FeedCar } from './feed-car.ts'
import type { FeedProblem, ProblemCode } from './feed-problem.ts'
import type { Feed, FeedContext, Strictness } from './feed.ts'
import { describeCondition, findFailedCondition, type MappingRule } from './mapping.ts'

/** In cents: less than $500 or more than $1,000,000 is more likely a typing error. */
const PRICE_RANGE = { min: 50_000, max: 100_000_000 }
const MAX_MILES = 500_000
const MILES = new Intl.NumberFormat('en-US')
const OR = new Intl.ListFormat('en-US', { type: 'disjunction' })

type Check = (car: FeedCar, feed: Feed, context: FeedContext) => FeedProblem | null

/**
 * Everything that keeps a car out of a feed, or that its receiver may object to. A car that staff
 * or a rule left out has this problem alone.
 */
export function checkCar(
  car: FeedCar,
  feed: Feed,
  { mapping, ...context }: FeedContext & { mapping: readonly MappingRule[] },
): FeedProblem[] {
  const decision = findDecision(car, feed, context, mapping)
  if (decision) return [decision]
  return [
    ...CHECKS.map((check) => check(car, feed, context)),
    ...checkValues(car, feed, context),
  ].filter((problem) => problem !== null)
}

/** Whether the car was left out on purpose. */
function findDecision(
  car: FeedCar,
  feed: Feed,
  context: FeedContext,
  mapping: readonly MappingRule[],
): FeedProblem | null {
  const failed = findFailedCondition(car, mapping)
  if (!isWanted(car, feed, context)) return refuseStatus(car, feed)
  if (car.isExcluded)
    return refuse('excluded', 'It is switched off for this feed.', 'Switch it on for this feed.')
  if (!failed) return null
  return refuse(
    'condition',
    `A rule of the feed leaves it out: ${describeCondition(failed)}.`,
    'Change the rule in the settings of the feed.',
  )
}

const DAY_MS = 86_400_000

/** Whether a feed takes a car by its status: sold cars may stay for some days. */
function isWanted({ status, soldAt }: FeedCar, feed: Feed, { now }: FeedContext): boolean {
  if (status !== 'sold') return feed.statuses.includes(status)
  return soldAt !== null && now.getTime() - soldAt.getTime() < feed.soldDays * DAY_MS
}

const STATUS_WORDS = { available: 'available', pending: 'pending', hold: 'on hold', sold: 'sold' }

function refuseStatus({ status }: FeedCar, { statuses }: Feed): FeedProblem {
  const wanted = OR.format(statuses.map((one) => STATUS_WORDS[one]))
  return refuse(
    'status',
    `It is ${STATUS_WORDS[status]}; this feed takes cars that are ${wanted}.`,
    status === 'sold' ? 'Nothing to do.' : 'Make the car available.',
  )
}

const checkTitle: Check = ({ titleStatus }, { rules: { brandedTitle } }) => {
  if (!isBrandedTitle(titleStatus)) return null
  const reason = `Its title status is ${titleStatus}; this feed takes clean titles only.`
  const fix =
    'If the title is clean, correct Title Status. Otherwise the car cannot be listed here.'
  return judge(brandedTitle, 'branded_title', reason, fix)
}

const checkPrice: Check = ({ price }, { rules }, { currency }) => {
  if (price <= 0) return refuse('no_price', 'It has no price.', 'Enter the price.')
  const { min, max } = PRICE_RANGE
  if (price >= min && price <= max) return null
  const [written, from, to] = [price, min, max].map((cents) => formatMoney({ cents, currency }))
  const reason = `Its price of ${written} looks like a typing error.`
  return judge(
    rules.implausible,
    'implausible_price',
    reason,
    `Enter a price from ${from} to ${to}.`,
  )
}

const checkPhotos: Check = ({ photos }, { rules }) => {
  const { length } = photos
  if (length >= rules.minPhotos) return null
  if (length === 0) {
    const reason = 'It has no photo; placeholders do not count.'
    return judge(rules.fewPhotos, 'no_photo', reason, 'Upload photos of the car.')
  }
  const reason = `It has ${length} photo; this receiver wants at least ${rules.minPhotos}.`
  return judge(rules.fewPhotos, 'few_photos', reason, 'Upload more photos of the car.')
}

const checkMiles: Check = (car, { rules }) => {
  const { mileage } = car
  const words = `It has ${MILES.format(mileage)} miles`
  if (mileage <= 0 || mileage > MAX_MILES) {
    const reason = `${words}, which looks like a typing error.`
    return judge(rules.implausible, 'implausible_miles', reason, 'Correct the odometer reading.')
  }
  if (mileage > rules.minMiles || findCarState(car) === 'new') return null
  return refuse(
    'few_miles',
    `${words}; this receiver takes used cars with more than ${rules.minMiles} miles.`,
    'Correct the odometer reading if it is wrong.',
  )
}

const checkVin: Check = ({ vin, year }, { rules }) => {
  if (vin === '') return refuse('no_vin', 'It has no VIN.', 'Enter the VIN.')
  const parsed = parseVin(vin, { modelYear: year })
  const doubt = 'problem' in parsed ? parsed.problem : parsed.warnings[0]
  if (isWrittenAsVin(vin) && !doubt) return null
  const isForeign = isWrittenAsVin(vin) && !('problem' in parsed && !parsed.problem.confirmable)
  return judge(
    isForeign ? 'warn' : rules.wrongVin,
    'wrong_vin',
    toSentence(doubt?.message ?? `${vin} is not a VIN of 17 characters.`),
    'Compare the VIN with the plate and the title, and correct it.',
  )
}

const toSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const checkYear: Check = ({ vin, year }, { rules }, { now }) => {
  const { years, confidence } = findModelYearCandidates(vin, { latest: now.getUTCFullYear() + 1 })
  if (confidence === 'unknown' || years.includes(year)) return null
  const written = OR.format(years.map(String))
  const reason = `Its VIN is of model year ${written}, but its year is ${year}.`
  return judge(rules.wrongVin, 'vin_year', reason, 'Correct the year or the VIN.')
}

const checkDuplicate: Check = ({ isDuplicate, vin }) =>
  isDuplicate
    ? refuse(
        'duplicate_vin',
        `Another car of the lot has the number ${vin} too; receivers refuse both.`,
        'Delete one of the two cars, or correct its VIN.',
      )
    : null

const CHECKS: readonly Check[] = [
  checkTitle,
  checkPrice,
  checkPhotos,
  checkMiles,
  checkVin,
  checkYear,
  checkDuplicate,
]

/** The columns that a receiver demands and this car does not fill. */
function checkValues(car: FeedCar, feed: Feed, context: FeedContext): (FeedProblem | null)[] {
  return feed.columns.map(({ name, required, fact, read }) => {
    const isDemanded = required !== undefined && (!fact || Boolean(context.dealership[fact]))
    if (!isDemanded || read(car, context)) return null
    const reason = `It has no ${name}, which this receiver demands.`
    return refuse('missing_value', reason, `Enter ${required}.`)
  })
}

function judge(
  strictness: Strictness,
  code: ProblemCode,
  reason: string,
  fix: string,
): FeedProblem | null {
  if (strictness === 'ignore') return null
  if (strictness === 'refuse') return refuse(code, reason, fix)
  return { code, severity: 'warning', reason, fix }
}

const refuse = (code: ProblemCode, reason: string, fix: string): FeedProblem => ({
  code,
  severity: 'refused',
  reason,
  fix,
})
