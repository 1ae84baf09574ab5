/**
 * What cars can be filtered and counted by: the name of a parameter, and the column. A car has one
 * value of each; several values of a parameter mean any of them.
 */
export const CHOICES = {
  make: 'make',
  model: 'model',
  body: 'body_style',
  fuel: 'fuel_type',
  drivetrain: 'drivetrain',
  transmission: 'transmission',
  color: 'exterior_color',
} as const

/** The numbers of a car that a filter limits, and the column of each. */
export const RANGES = { year: 'year', price: 'price', miles: 'mileage' } as const

export type ChoiceName = keyof typeof CHOICES
export type RangeName = keyof typeof RANGES

export const CHOICE_NAMES = Object.keys(CHOICES) as ChoiceName[]
export const RANGE_NAMES = Object.keys(RANGES) as RangeName[]

/** The limits of a number; both are included. */
export type RangeFilter = { from: number | undefined; to: number | undefined }

/**
 * What a visitor looks for. A car matches if it has one of the values of each choice, every one of
 * the features, numbers within the ranges, and each of the words. Upper and lower case are the
 * same. Null without a search text; an empty list of words finds nothing.
 */
export type CarFilters = {
  choices: Readonly<Record<ChoiceName, readonly string[]>>
  features: readonly string[]
  ranges: Readonly<Record<RangeName, RangeFilter>>
  words: readonly string[] | null
}

/**
 * The orders of a search: by how well the words match, by when the car came on the lot (newest
 * first), or by a number, a minus for the highest first.
 */
export const SEARCH_SORTS = [
  'relevance',
  'newest',
  'price',
  '-price',
  'miles',
  '-miles',
  'year',
  '-year',
] as const

export type SearchSort = (typeof SEARCH_SORTS)[number]
