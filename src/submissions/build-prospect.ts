import type { PayloadRequest } from 'payload'
import type { Prospect } from '../adf/domain/prospect.ts'
import { getCurrency } from '../settings/lot-currency.ts'
import type { Submission } from './store/submissions.ts'

/** A submission as a lead: somebody wants to sell us their car. */
export function buildSubmissionProspect(
  { payload }: Pick<PayloadRequest, 'payload'>,
  submission: Submission,
): Omit<Prospect, 'vendor'> {
  const { askingPrice: price, reference, submittedAt } = submission
  const currency = getCurrency(payload.config)
  return {
    id: reference,
    source: 'Forecourt submissions',
    requestedAt: (submittedAt ?? new Date()).toISOString(),
    vehicle: {
      interest: 'sell',
      year: submission.year,
      make: submission.make,
      model: submission.model,
      trim: submission.trim,
      vin: submission.vin,
      stockNumber: null,
      mileage: submission.mileage,
      condition: submission.condition,
      transmission: submission.transmission,
      exteriorColor: submission.exteriorColor,
      interiorColor: submission.interiorColor,
      price: price === null ? null : { amount: price, currency },
    },
    customer: {
      name: submission.customerName,
      email: submission.customerEmail,
      phone: submission.customerPhone,
      comments: submission.additionalNotes,
    },
  }
}
