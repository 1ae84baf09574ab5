import type { CollectionAfterChangeHook } from 'payload'
import { isBrandedTitle } from '../../../src/domain/branded-title.ts'
import { isNewCondition, type Subject } from '../domain/listing.ts'
import { isDifferentCar } from '../domain/search.ts'
import { deleteAnalysis, deleteAnalysisWithVin } from '../store/analyses.ts'

type Car = {
  id: string
  vin: string
  year: number
  make: string
  model: string
  trim?: string | null
  drivetrain?: string | null
  engine?: string | null
  condition?: string | null
  mileage: number
  titleStatus?: string | null
}

/**
 * Removes the analysis of a car that was corrected to a different car, in the transaction of the
 * correction: its comparables no longer match, or its VIN shows that it was one of them. The next
 * sweep analyzes the car first. `doc` contains only the selected fields.
 */
export const removeOutdatedAnalysis: CollectionAfterChangeHook = async ({
  data,
  doc,
  previousDoc,
  operation,
  req,
}) => {
  if (operation !== 'update') return
  const [before, after] = [previousDoc as Car, { ...previousDoc, ...data, ...doc } as Car]
  if (isDifferentCar(toSubject(before), toSubject(after))) await deleteAnalysis(req, before.id)
  else if (before.vin !== after.vin)
    await deleteAnalysisWithVin(req, { car: before.id, vin: after.vin })
}

const toSubject = ({
  vin,
  year,
  make,
  model,
  trim = null,
  drivetrain = null,
  engine = null,
  condition,
  mileage: miles,
  titleStatus,
}: Car): Subject => ({
  vin,
  year,
  make,
  model,
  trim,
  drivetrain,
  engine,
  isNew: isNewCondition(condition) === true,
  miles,
  branded: isBrandedTitle(titleStatus),
})
