/** What a manager enters to approve a submission. Money in decimals, mileage in miles. */
export type ApprovalInput = {
  price?: number | undefined
  cost?: number | undefined
  mileage?: number | undefined
  vin?: string | undefined
}

/** What is known about the car before: from the customer, and from the appraisal. */
export type KnownFacts = {
  vin: string | null
  mileage: number | null
  offer: number | null
}

/** The facts of the car that an approval makes, or the field that is missing and why. */
export type ApprovalPlan =
  | { facts: { price: number; cost: number | null; mileage: number; vin: string } }
  | { path: 'price' | 'mileage' | 'vin'; problem: string }

/**
 * Completes the facts of an approval. The price has to be entered: the customer's asking price is
 * what we would pay, not what we sell for. The cost is the offer of the appraisal unless another
 * one is entered.
 */
export function planApproval(input: ApprovalInput, known: KnownFacts): ApprovalPlan {
  const { price, vin } = input
  if (price === undefined)
    return {
      path: 'price',
      problem:
        'is required: what the car is offered for. The customer’s asking price is what they want ' +
        'from us, so it is not used.',
    }
  const mileage = input.mileage ?? known.mileage
  if (mileage === null || mileage < 1)
    return { path: 'mileage', problem: 'is required: the customer did not give one' }
  if (vin !== undefined && known.vin !== null && vin !== known.vin)
    return {
      path: 'vin',
      problem: `is ${known.vin} in the submission. Correct it there, then approve it.`,
    }
  const carVin = known.vin ?? vin ?? ''
  if (carVin === '') return { path: 'vin', problem: 'is required: the customer did not give one' }
  const cost = input.cost ?? known.offer
  return { facts: { price, cost, mileage, vin: carVin } }
}
