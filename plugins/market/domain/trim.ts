import { anyOf } from '../../../src/domain/pattern-choice.ts'
import { isSameName, normalizeName } from './listing.ts'

/**
 * A name under which sellers list a trim: `XLT SuperCrew` of a Ford F-150 is an `XLT`. `model` is
 * null for all models of the make.
 */
export type TrimName = {
  make: string
  model: string | null
  listedAs: string
  trim: string
}

/** A car with the trim as its seller writes it. */
type NamedCar = {
  make: string
  model: string
  trim: string | null
}

/**
 * Words in names of trims that say something else: the cab, the body, the bed, the drivetrain, the
 * doors, the engine, the transmission. Not a convertible or a hybrid, which have their own prices,
 * nor `Turbo`, which is a trim of its own at Porsche.
 */
const GENERAL_WORDS = anyOf([
  'super ?crew|super ?cab|crew ?max',
  '(?:crew|quad|double|access|king|mega|club|regular|reg|extended|ext|standard) cab|crew|cab',
  'sport utility|sedan|coupe|hatchback|fastback|wagon|suv|pick-?up|truck|minivan|van',
  '(?:short|long|standard|std)[ -]?(?:bed|box)|styleside|fleetside',
  String.raw`\d(?:[ .-]\d(?:/\d)?)?(?:['’"]| ?ft\.?| ?foot)? ?(?:bed|box)`,
  '[42]wd|[afr]wd|[42]x[42]|4matic|quattro|xdrive|sh-awd',
  '(?:all|four|front|rear|two)[ -]wheel[ -]drive',
  '[2-5][ -]?(?:d|dr|doors?)',
  String.raw`\d\.\d ?(?:l|t|liters?)?|[vil]-?(?:3|4|5|6|8|10|12)|\d{1,2}[ -]?cyl(?:inders?)?`,
  'eco ?boost|hemi|pentastar',
  String.raw`cvt|auto(?:matic)?|manual|\d{1,2}[ -]?speed`,
])
const GENERAL = new RegExp(String.raw`(?<![\p{L}\p{N}])${GENERAL_WORDS}(?![\p{L}\p{N}])`, 'giu')

/**
 * Normalizes the name of a trim, so that two names of one trim are equal: the table of trim names
 * first, then the general words, which are removed. Returns null if that leaves nothing: the trim
 * is unknown.
 */
export function normalizeTrim(car: NamedCar, names: readonly TrimName[]): string | null {
  if (car.trim === null) return null
  const listed = removeGeneralWords(car.trim, car)
  const row = findTrimName(car, car.trim, names) ?? findTrimName(car, listed, names)
  return row ? followTrimNames(car, row, names) : normalizeName(listed) || null
}

/**
 * Follows the rows of the table from one to the next: if `Lux` is `Luxury` and `Luxury` is
 * `Lariat`, then `Lux` is `Lariat`. Names whose rows lead back to them are all one trim.
 */
function followTrimNames(car: NamedCar, first: TrimName, names: readonly TrimName[]) {
  const path: string[] = []
  for (let row: TrimName | undefined = first; row; row = findTrimName(car, row.trim, names)) {
    const name = normalizeName(removeGeneralWords(row.trim, car) || row.trim)
    if (path.includes(name)) return path.slice(path.indexOf(name)).toSorted()[0] ?? null
    path.push(name)
  }
  return path.at(-1) || null
}

/**
 * Removes the general words, and the names of the make and the model if the trim begins with them:
 * `Ford F150 XLT` is `XLT`.
 */
function removeGeneralWords(trim: string, { make, model }: NamedCar): string {
  const name = [make, model].reduce(removePrefix, trim)
  return name.replaceAll(GENERAL, ' ').trim()
}

/** Removes the first words of a trim if together they are the prefix: `F 150` is `F-150`. */
function removePrefix(trim: string, prefix: string): string {
  const [name, wanted] = [trim.trim(), normalizeName(prefix)]
  const end = [...name.matchAll(/\s/g)].find(
    ({ index }) => wanted !== '' && normalizeName(name.slice(0, index)) === wanted,
  )
  return end ? name.slice(end.index).trim() : name
}

/** Finds the row of a name; one of the model comes before one of all models of the make. */
function findTrimName(
  { make, model }: NamedCar,
  listedAs: string,
  names: readonly TrimName[],
): TrimName | undefined {
  const rows = names.filter(
    (row) => isSameName(row.make, make) && isSameName(row.listedAs, listedAs),
  )
  return (
    rows.find((row) => row.model !== null && isSameName(row.model, model)) ??
    rows.find((row) => row.model === null)
  )
}
