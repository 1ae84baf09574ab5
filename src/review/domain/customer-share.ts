/** What an appraisal offers for a car, and what its loan still costs. In cents. */
export type OfferTerms = { offerCents: number | null; payoffCents: number | null }

/**
 * What the customer gets: the offer minus the payoff of their loan. Negative if they have to pay
 * the rest of the loan; null without an offer.
 */
export const computeCustomerShare = ({ offerCents, payoffCents }: OfferTerms): number | null =>
  offerCents === null ? null : offerCents - (payoffCents ?? 0)
