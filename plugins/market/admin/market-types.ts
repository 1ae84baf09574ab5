import type { MarketAnswer } from '../endpoints/api-schemas.ts'

/** The last analysis of a car. */
export type Analysis = NonNullable<MarketAnswer['analysis']>

/** A car that ours is compared with. */
export type ComparableAnswer = Analysis['comparables'][number]

/** The suggested prices, one for each goal. */
export type Advice = NonNullable<Analysis['advice']>

/** A comparable car that is no longer for sale. */
export type SoldCar = NonNullable<Analysis['sold']>[number]
