import { type CatalogName, findModel } from './models.ts'

/**
 * The facts in a car's title. A fact is null if the title does not contain it or uses unknown
 * words.
 */
export type NamedInTitle = {
  year: number | null
  make: string | null
  model: string | null
  trim: string | null
}

/**
 * The makes that are recognized in a title, as their manufacturers write them. The catalog may
 * contain more.
 */
export const MAKES: readonly string[] = [
  'Acura',
  'Alfa Romeo',
  'AM General',
  'Aston Martin',
  'Audi',
  'Austin-Healey',
  'Bentley',
  'BMW',
  'Bugatti',
  'Buick',
  'Cadillac',
  'Chevrolet',
  'Chrysler',
  'Daewoo',
  'Daihatsu',
  'Datsun',
  'De Tomaso',
  'DeLorean',
  'Dodge',
  'Eagle',
  'Ferrari',
  'FIAT',
  'Fisker',
  'Ford',
  'Freightliner',
  'Genesis',
  'Geo',
  'GMC',
  'Great Wall',
  'Harley-Davidson',
  'Honda',
  'Hummer',
  'Hyundai',
  'INEOS',
  'INFINITI',
  'International',
  'Isuzu',
  'Jaguar',
  'Jeep',
  'Karma',
  'Kia',
  'Koenigsegg',
  'Lamborghini',
  'Land Rover',
  'Lexus',
  'Lincoln',
  'Lotus',
  'Lucid',
  'Lynk & Co',
  'Maserati',
  'Maybach',
  'Mazda',
  'McLaren',
  'Mercedes-Benz',
  'Mercury',
  'MG',
  'MINI',
  'Mitsubishi',
  'Morgan',
  'Nissan',
  'Oldsmobile',
  'Pagani',
  'Peugeot',
  'Plymouth',
  'Polestar',
  'Pontiac',
  'Porsche',
  'Ram',
  'Renault',
  'Rivian',
  'Rolls-Royce',
  'Saab',
  'Saturn',
  'Scion',
  'SEAT',
  'Shelby',
  'smart',
  'SsangYong',
  'Subaru',
  'Suzuki',
  'Tesla',
  'Toyota',
  'VinFast',
  'Volkswagen',
  'Volvo',
  'Škoda',
  'Citroën',
]

/** Common other names of makes, in letters only, as `toLetters` returns them. */
const ALIASES: Readonly<Record<string, string>> = {
  chevy: 'Chevrolet',
  vw: 'Volkswagen',
  mercedes: 'Mercedes-Benz',
  mercedesamg: 'Mercedes-Benz',
  mercedesmaybach: 'Mercedes-Benz',
  benz: 'Mercedes-Benz',
  alfa: 'Alfa Romeo',
  landrovers: 'Land Rover',
  dodgetruck: 'Dodge',
  ramtrucks: 'Ram',
  smartcar: 'smart',
}
const BY_LETTERS = new Map([
  ...MAKES.map((make) => [toLetters(make), make] as const),
  ...Object.entries(ALIASES),
])
const MAX_WORDS = 4
const MAX_TITLE_LENGTH = 300

/**
 * Splits a text into the make that it begins with and the rest: `Land Rover` and `Defender 110` for
 * `land-rover Defender 110`. Spaces, hyphens, accents and case are ignored; the longest make wins.
 * `Range Rover` and `Mazda3` are models that sellers write without the make, so they stay in the
 * rest. Null if the make is unknown.
 */
export function parseMake(
  text: string,
  extraMakes: readonly CatalogName[] = [],
): { make: string; rest: string } | null {
  const words = text.slice(0, MAX_TITLE_LENGTH).trim().split(/\s+/)
  const openings = Array.from({ length: Math.min(MAX_WORDS, words.length) }, (_, i) =>
    words.slice(0, i + 1),
  ).reverse()
  if (toLetters(words.slice(0, 2).join('')) === 'rangerover')
    return { make: 'Land Rover', rest: words.join(' ') }
  if (/^mazda[2356]$/i.test(words[0] ?? '')) return { make: 'Mazda', rest: words.join(' ') }
  const findKnown = (letters: string) => BY_LETTERS.get(letters)
  const makes = extraMakes.filter((name) => typeof name === 'string')
  const findExtra = (letters: string) =>
    makes.find((make) => letters !== '' && toLetters(make) === letters)
  for (const findMake of [findKnown, findExtra])
    for (const opening of openings) {
      const make = findMake(toLetters(opening.join('')))
      if (make !== undefined) return { make, rest: words.slice(opening.length).join(' ') }
    }
  return null
}

/**
 * The make as its manufacturer writes it, if the whole text is a make: `Mercedes-Benz` for
 * `MERCEDES BENZ`; any other text is returned unchanged.
 */
export function normalizeMake(text: string, extraMakes: readonly CatalogName[] = []): string {
  const found = parseMake(text, extraMakes)
  return found?.rest === '' ? found.make : text
}

/**
 * Parses `Certified 2021 Land Rover Range Rover Sport HSE | Riverside` as 2021, Land Rover, Range
 * Rover Sport, HSE. `knownTrim` is a trim that is known from another source: the model is then
 * everything between the make and the trim. Models of several words are recognized by a catalog
 * (`models.ts`) and by `extraMakes`. For a title without a known make, only the year is returned,
 * because a guessed make would be wrong in every comparison. Never throws; reads at most 300
 * characters.
 */
export function parseCarTitle(
  title: string,
  extraMakes: readonly CatalogName[] = [],
  knownTrim?: string | null,
): NamedInTitle {
  const text = title
    .slice(0, MAX_TITLE_LENGTH)
    .replaceAll(/[®™℠©]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const dated = /(?:^|[^\w-])((?:19|20)\d{2})(?= |$)/.exec(text)
  const afterYear = dated ? text.slice(dated.index + dated[0].length).trim() : ''
  const start = text.replace(
    /^(?:(?:brand|new|used|certified|pre-owned|preowned|cpo)\b[ :-]*)+/i,
    '',
  )
  const behindYear = parseMake(afterYear, extraMakes)
  const named = behindYear ?? parseMake(start, extraMakes)
  const year = dated ? Number(dated[1]) : null
  if (!named) return { year, make: null, model: null, trim: null }
  const names = (named.rest.split(/ [|–—-] |[|,(]| for sale\b/i, 1)[0] ?? '').trim()
  const rest = behindYear ? names : names.replace(/ (?:19|20)\d{2}$/, '').trim()
  const model = removeTrim(rest, knownTrim ?? '') ?? findModel(named.make, rest, extraMakes)
  return {
    year,
    make: named.make,
    model: model || null,
    trim: rest.slice(model.length).trim() || null,
  }
}

/** Removes a known trim from the end of a text; null if the text does not end with it. */
function removeTrim(rest: string, knownTrim: string): string | null {
  const length = rest.length - knownTrim.length - 1
  const ends =
    knownTrim !== '' && length > 0 && rest.toLowerCase().endsWith(` ${knownTrim.toLowerCase()}`)
  return ends ? rest.slice(0, length) : null
}

/** `Mercedes-Benz` becomes `mercedesbenz`, `Citroën` becomes `citroen`. */
function toLetters(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
}
