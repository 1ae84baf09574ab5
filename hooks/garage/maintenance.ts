import {
  type CollectionAfterChangeHook,
  type CollectionAfterDeleteHook,
  type CollectionBeforeChangeHook,
  type PayloadRequest,
  ValidationError,
} from 'payload'
import { z } from 'zod'
import { getTransaction } from '../../src/database/transaction.ts'
import { isCalendarDay } from '../../src/domain/calendar.ts'
import type { Warning } from '../../src/domain/warning.ts'
import { isUuid } from '../../src/fields/uuid.ts'
import { checkMaintenanceWords } from '../../src/garage/domain/maintenance-words.ts'
import { computeNextDue, type Milestone } from '../../src/garage/domain/next-due.ts'
import { loadMaintenanceSubtypes } from '../../src/garage/store/maintenance-subtypes.ts'
import { lockOdometer } from '../../src/garage/store/odometer.ts'
import { loadLoggedServices, moveSchedules } from '../../src/garage/store/schedules.ts'
import type { MaintenanceLog, MaintenanceSchedule } from '../../src/generated/payload-types.ts'
import { addWarnings } from '../add-warnings.ts'
import { getId } from './odometer.ts'

/** Hooks run before fields are validated. What does not match is left to the fields to refuse. */
const DAY = z.string().refine(isCalendarDay).nullish()
const MILES = z.number().int().min(0).nullish()
const WORDS = z.object({
  category: z.string().trim().min(1),
  subtypes: z.array(z.string().trim().min(1)).nullable(),
})
const SCHEDULE = z.object({
  userId: z.string(),
  anchor: z.enum(['service', 'fixed']).nullish(),
  intervalMonths: z.number().int().min(1).max(600).nullish(),
  intervalMiles: z.number().int().min(1).nullish(),
  lastServiceDate: DAY,
  lastServiceMileage: MILES,
  nextDueDate: DAY,
  nextDueMileage: MILES,
})

/**
 * Spells the category and the subtypes of a log or a schedule as the catalog does; refuses those
 * that it does not have, unless the row had them before.
 */
export const resolveMaintenanceWords: CollectionBeforeChangeHook<
  MaintenanceLog | MaintenanceSchedule
> = async ({ collection, data, operation, originalDoc, req }) => {
  const before = operation === 'update' && originalDoc ? readWords(originalDoc) : null
  const words = readWords(data)
  if (!WORDS.safeParse(words).success || JSON.stringify(before) === JSON.stringify(words))
    return data
  const catalog = await loadMaintenanceSubtypes(getTransaction(req).db)
  const checked = checkMaintenanceWords(catalog, words, before)
  if ('words' in checked) return { ...data, ...checked.words }
  throw new ValidationError({ collection: collection.slug, errors: checked.errors }, req.t)
}

const readWords = ({ category, subtypes }: Partial<MaintenanceLog | MaintenanceSchedule>) => ({
  category: category ?? '',
  subtypes: subtypes ?? null,
})

/**
 * Keeps what the owner entered about the last service and the next due date, and computes both from
 * it, the intervals and the logs. Locks the vehicle, so that no log changes in between.
 */
export const computeSchedule: CollectionBeforeChangeHook<MaintenanceSchedule> = async ({
  data,
  operation,
  originalDoc,
  req,
}) => {
  const vehicle = getId(data.vehicle)
  const { success, data: checked } = SCHEDULE.safeParse(data)
  const words = WORDS.safeParse(readWords(data))
  if (!success || !words.success || !isUuid(vehicle)) return data
  const { db } = getTransaction(req)
  if ((await lockOdometer(db, vehicle, checked.userId)) === null) return data
  const before = operation === 'update' ? originalDoc : undefined
  const enteredService = findEnteredService(data, before)
  const enteredDue = findEnteredDue(data, before)
  const plan = {
    anchor: checked.anchor ?? 'service',
    intervalMonths: checked.intervalMonths ?? null,
    intervalMiles: checked.intervalMiles ?? null,
    enteredService,
    enteredDue,
  }
  const services = await loadLoggedServices(db, { vehicle, ...words.data })
  const { lastService, due } = computeNextDue(plan, services)
  addWarnings(req, [
    ...warnAboutReplaced('lastService', data, before, lastService),
    ...warnAboutReplaced('nextDue', data, before, due),
  ])
  return {
    ...data,
    lastServiceDate: lastService.date,
    lastServiceMileage: lastService.miles,
    nextDueDate: due.date,
    nextDueMileage: due.miles,
    enteredServiceDate: enteredService.date,
    enteredServiceMileage: enteredService.miles,
    enteredDueDate: enteredDue.date,
    enteredDueMileage: enteredDue.miles,
  }
}

type Schedule = Partial<MaintenanceSchedule>

const readService = ({ lastServiceDate, lastServiceMileage }: Schedule): Milestone => ({
  date: lastServiceDate ?? null,
  miles: lastServiceMileage ?? null,
})

const readDue = ({ nextDueDate, nextDueMileage }: Schedule): Milestone => ({
  date: nextDueDate ?? null,
  miles: nextDueMileage ?? null,
})

/**
 * The last service that the owner entered. A service is one thing: changing its date confirms its
 * mileage.
 */
function findEnteredService(data: Schedule, before: Schedule | undefined): Milestone {
  const written = readService(data)
  if (!before) return written
  const { date, miles } = readService(before)
  return date === written.date && miles === written.miles
    ? { date: before.enteredServiceDate ?? null, miles: before.enteredServiceMileage ?? null }
    : written
}

/** The next due date and mileage that the owner entered, each on its own. */
function findEnteredDue(data: Schedule, before: Schedule | undefined): Milestone {
  const written = readDue(data)
  if (!before) return written
  const { date, miles } = readDue(before)
  return {
    date: date === written.date ? (before.enteredDueDate ?? null) : written.date,
    miles: miles === written.miles ? (before.enteredDueMileage ?? null) : written.miles,
  }
}

const REPLACED = {
  lastService: {
    read: readService,
    code: 'service_in_log',
    reason: 'A later maintenance log satisfies this schedule. Correct the log to change this',
  },
  nextDue: {
    read: readDue,
    code: 'due_computed',
    reason:
      'It is computed from the last service and the interval. Remove the interval, or choose ' +
      'fixed dates, to enter it',
  },
}

/** Warns that a value that this write changed is not the one that was saved, and why. */
function warnAboutReplaced(
  prefix: keyof typeof REPLACED,
  data: Schedule,
  before: Schedule | undefined,
  saved: Milestone,
): Warning[] {
  const { read, code, reason } = REPLACED[prefix]
  const [sent, earlier] = [read(data), read(before ?? {})]
  const halves = [
    { field: `${prefix}Date`, sent: sent.date, earlier: earlier.date, kept: saved.date },
    { field: `${prefix}Mileage`, sent: sent.miles, earlier: earlier.miles, kept: saved.miles },
  ]
  return halves
    .filter((half) => half.sent !== null && half.sent !== half.earlier && half.sent !== half.kept)
    .map((half) => ({
      field: half.field,
      code,
      message: `${half.field} is ${half.kept ?? 'empty'}, not ${half.sent}. ${reason}`,
    }))
}

/**
 * Moves the schedules of a vehicle after one of its logs was added or changed; a log that moved to
 * another vehicle moves the schedules of both.
 */
export const moveVehicleSchedules: CollectionAfterChangeHook<MaintenanceLog> = async ({
  doc,
  previousDoc,
  operation,
  req,
}) => {
  const before = operation === 'update' ? previousDoc : undefined
  if (before && describeService(doc) === describeService(before)) return doc
  const [vehicle, earlier] = [getId(doc.vehicle), getId(before?.vehicle)]
  if (typeof earlier === 'string' && earlier !== vehicle) await moveLocked(req, earlier)
  await moveSchedules(getTransaction(req).db, String(vehicle))
  return doc
}

/** The same as moveVehicleSchedules, for a deleted log. */
export const moveVehicleSchedulesBack: CollectionAfterDeleteHook<MaintenanceLog> = async ({
  doc,
  req,
}) => {
  await moveLocked(req, String(getId(doc.vehicle)))
  return doc
}

/** What of a log the schedules depend on. */
const describeService = (log: Partial<MaintenanceLog>): string =>
  JSON.stringify([
    getId(log.vehicle),
    log.category,
    log.subtypes ?? null,
    log.serviceDate,
    log.odometer ?? null,
  ])

async function moveLocked(req: PayloadRequest, vehicle: string): Promise<void> {
  const { db } = getTransaction(req)
  await lockOdometer(db, vehicle)
  await moveSchedules(db, vehicle)
}
