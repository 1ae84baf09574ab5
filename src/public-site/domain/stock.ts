import {
  type CarFilters,
  CHOICE_NAMES,
  type ChoiceName,
  RANGE_NAMES,
  type RangeFilter,
  type RangeName,
  type SearchSort,
} from './filters.ts'
import { listWordNeedles } from './search-words.ts'

/** A text as it is written, and in lower case. */
export type Spelling = { value: string; lower: string }

/**
 * What searches and facets need to know of a car on show. `text` is what a search looks for words
 * in. Equal spellings are the same object, so that they are counted quickly.
 */
export type StockCar = {
  id: string
  choices: Readonly<Record<ChoiceName, Spelling | null>>
  ranges: Readonly<Record<RangeName, number>>
  features: readonly Spelling[]
  text: string
}

/**
 * The cars on show, the newest first. `terms` has each word of their names once, and all of their
 * numbers, so that an unknown word is found without reading each car; `vocabulary` has the words
 * that a misspelled one can be corrected to.
 */
export type Stock = {
  cars: readonly StockCar[]
  terms: string
  vocabulary: readonly string[]
}

/** The smallest and the largest number of the cars; null without any car. */
export type Bounds = { min: number | null; max: number | null }

type FilterName = ChoiceName | RangeName | 'features'
type Condition = { name: FilterName; matches: (car: StockCar) => boolean }

/** The cars that count for a facet or range, by its name, and those that match every filter. */
export type FilteredStock = {
  matching: StockCar[]
  without: Readonly<Record<ChoiceName | RangeName, StockCar[]>>
}

/**
 * Filters the stock. A facet or range counts the cars that match every filter but its own, so a car
 * counts for it if it fails no filter, or only that one.
 */
export function filterStock(cars: readonly StockCar[], filters: CarFilters): FilteredStock {
  const conditions = buildConditions(filters)
  const hasWords = buildWordTest(filters.words)
  const matching: StockCar[] = []
  const failing = new Map<FilterName, StockCar[]>()
  for (const car of cars) {
    if (!hasWords(car)) continue
    const failed = findFailed(car, conditions)
    if (failed === null) matching.push(car)
    else if (failed !== 'several') pushTo(failing, failed, car)
  }
  const withFailing = (name: FilterName) => [...matching, ...(failing.get(name) ?? [])]
  return {
    matching,
    without: {
      make: withFailing('make'),
      model: withFailing('model'),
      body: withFailing('body'),
      fuel: withFailing('fuel'),
      drivetrain: withFailing('drivetrain'),
      transmission: withFailing('transmission'),
      color: withFailing('color'),
      year: withFailing('year'),
      price: withFailing('price'),
      miles: withFailing('miles'),
    },
  }
}

/** The only filter that a car does not match; null if it matches all. */
function findFailed(
  car: StockCar,
  conditions: readonly Condition[],
): FilterName | 'several' | null {
  let failed: FilterName | null = null
  for (const { name, matches } of conditions) {
    if (name === failed || matches(car)) continue
    if (failed !== null) return 'several'
    failed = name
  }
  return failed
}

function pushTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

function buildConditions({ choices, features, ranges }: CarFilters): Condition[] {
  const ofChoices = CHOICE_NAMES.filter((name) => choices[name].length > 0).map((name) => {
    const wanted = new Set(choices[name].map((value) => value.toLowerCase()))
    return { name, matches: (car: StockCar) => wanted.has(car.choices[name]?.lower ?? '') }
  })
  const ofRanges = RANGE_NAMES.filter((name) => isSet(ranges[name])).map((name) => {
    const { from = -Infinity, to = Infinity } = ranges[name]
    return { name, matches: (car: StockCar) => car.ranges[name] >= from && car.ranges[name] <= to }
  })
  const ofFeatures = features.map((feature) => {
    const wanted = feature.toLowerCase()
    return {
      name: 'features' as const,
      matches: (car: StockCar) => car.features.some(({ lower }) => lower === wanted),
    }
  })
  return [...ofChoices, ...ofRanges, ...ofFeatures]
}

const isSet = ({ from, to }: RangeFilter) => from !== undefined || to !== undefined

type CarTest = (car: Pick<StockCar, 'text'>) => boolean

/** Whether the text of a car has each of the words; every car has none. */
function buildWordTest(words: readonly string[] | null): CarTest {
  if (words === null) return () => true
  if (words.length === 0) return () => false
  const tests = words.map(buildTestOfWord)
  return ({ text }) => tests.every((test) => test(text))
}

function buildTestOfWord(word: string): (text: string) => boolean {
  const needles = listWordNeedles(word)
  return (text) => needles.some((needle) => text.includes(needle))
}

/** The words that no car has, by the terms of the stock. */
export const findUnknownWords = (terms: string, words: readonly string[]): readonly string[] =>
  words.filter((word) => !buildTestOfWord(word)(terms))

/** The cars that match every filter, in the order of the stock. */
export function matchStock(cars: readonly StockCar[], filters: CarFilters): StockCar[] {
  const conditions = buildConditions(filters)
  const hasWords = buildWordTest(filters.words)
  return cars.filter((car) => hasWords(car) && conditions.every(({ matches }) => matches(car)))
}

/**
 * Sorts cars that are in the order of the stock. Cars that are equal stay the newest first. By
 * relevance, the cars come first that have most of the words as whole words.
 */
export function sortStock(
  cars: readonly StockCar[],
  sort: SearchSort,
  words: readonly string[],
): readonly StockCar[] {
  if (sort === 'newest') return cars
  if (sort === 'relevance') return sortByNumber(cars, buildScore(words), -1)
  const [name, direction] = sort.startsWith('-') ? [sort.slice(1), -1] : [sort, 1]
  return sortByNumber(cars, ({ ranges }) => ranges[name as RangeName], direction)
}

function sortByNumber(
  cars: readonly StockCar[],
  compute: (car: StockCar) => number,
  direction: number,
): StockCar[] {
  const keys = new Map(cars.map((car) => [car, direction * compute(car)]))
  return cars.toSorted((one, other) => (keys.get(one) ?? 0) - (keys.get(other) ?? 0))
}

function buildScore(words: readonly string[]): (car: StockCar) => number {
  const needles = words.map((word) => ` ${word} `)
  return ({ text }) => needles.filter((needle) => text.includes(needle)).length
}

/** Counts the spellings of some cars, in no order. */
export function countSpellings(
  cars: readonly StockCar[],
  list: (car: StockCar) => readonly Spelling[],
): { value: string; count: number }[] {
  const counts = new Map<Spelling, number>()
  for (const car of cars)
    for (const spelling of list(car)) counts.set(spelling, (counts.get(spelling) ?? 0) + 1)
  return [...counts].map(([{ value }, count]) => ({ value, count }))
}

/** The bounds of a number of some cars. */
export function findBounds(cars: readonly StockCar[], name: RangeName): Bounds {
  let [min, max] = [Infinity, -Infinity]
  for (const { ranges } of cars) {
    min = Math.min(min, ranges[name])
    max = Math.max(max, ranges[name])
  }
  return cars.length === 0 ? { min: null, max: null } : { min, max }
}
