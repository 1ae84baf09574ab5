import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { isExhaustive, SEED } from '../support/sampling.ts'
import { setTimeZone } from '../support/time-zone.ts'
import { type Kind, type InputCase, listInputCases } from '../support/input-cases.ts'
import { COMPUTED, findInputFields, mayRefuse, type InputField } from '../support/input-fields.ts'
import { openInputStage, type Outcome, type InputStage } from '../support/input-stage.ts'

/** What the clock of this process reads at noon UTC on the first of January, by its time zone. */
const ZONES = { UTC: 12, 'America/New_York': 7, 'Pacific/Auckland': 1 } as const
const ZONE_NAMES = Object.keys(ZONES)
const KINDS: readonly Kind[] = [
  'number',
  'instant',
  'day',
  'checkbox',
  'line',
  'lines',
  'list',
  'json',
  'reference',
  'choice',
]

let forecourt: TestForecourt
let stage: InputStage
let fields: InputField[]
beforeAll(async () => {
  forecourt = await openForecourt()
  stage = await openInputStage(forecourt)
  fields = findInputFields(forecourt)
})
afterAll(async () => {
  await stage.close()
  await forecourt.close()
})
afterEach(() => setTimeZone('UTC'))

type Try = { about: InputField; way: InputField['ways'][number]; place: number }

/**
 * The tries of a kind in a zone. An exhaustive run writes each value to each field in each way. Any
 * other run chooses by its seed: each value meets each kind, moments and days in each zone, and
 * each field meets some values.
 */
function triesOf(kind: Kind, zone: number): Try[] {
  const ofKind = fields.filter((one) => one.kind === kind)
  const values = listInputCases(0).length
  const all = ofKind.flatMap((about) =>
    about.ways.flatMap((way) =>
      Array.from({ length: values }, (_, place) => ({ about, way, place })),
    ),
  )
  if (isExhaustive()) return all
  const isOfTime = kind === 'instant' || kind === 'day'
  const rounds = Array.from({ length: Math.max(values, ofKind.length) }, (_, round) => round)
  return rounds
    .filter((round) => isOfTime || round % ZONE_NAMES.length === zone)
    .map((round) => {
      const turn = round + SEED + zone
      const about = ofKind[turn % ofKind.length] as InputField
      const way = about.ways[
        (turn + Math.floor(round / ofKind.length)) % about.ways.length
      ] as Try['way']
      return { about, way, place: round % values }
    })
}

async function tryValue({ about, way, place }: Try): Promise<string[]> {
  const written = listInputCases(about.validNumber)[place] as InputCase
  if (written.untried?.includes(about.kind)) return []
  const outcome = await stage.write(about, way, written)
  const problem = findProblem(about, way.way, written, outcome)
  return problem
    ? [`${about.slug}.${about.field.name} (${about.kind}), ${way.way}, ${written.name}: ${problem}`]
    : []
}

function findProblem(
  about: InputField,
  way: string,
  written: InputCase,
  outcome: Outcome,
): string | undefined {
  const { status, text, isUnchanged, stored } = outcome
  const shown = `${status} ${text.slice(0, 300)}`
  const isRefused = status >= 400 || text.includes('"errors"')
  if (status >= 500 || text.includes('Something went wrong')) return shown
  if (isRefused && !isUnchanged) return `refused, but changed: ${shown}`
  const takes = about.kind in written.stored && !isOfAnotherType(about, way, written)
  if (!takes)
    return isRefused ? findVagueness(about, written, outcome) : `stored ${JSON.stringify(stored)}`
  const meant = written.stored[about.kind]
  const hasDuplicate = text.includes(' already') // of a row of another try
  if (isRefused)
    return hasDuplicate || mayRefuse(about, meant)
      ? findVagueness(about, written, outcome)
      : `refused: ${shown}`
  return COMPUTED.has(about.field.name) || isSame(about.kind, stored, meant)
    ? undefined
    : `stored ${JSON.stringify(stored)}`
}

/**
 * The schema of GraphQL refuses a number that is a text, and a text where one of a few values
 * stands.
 */
function isOfAnotherType({ kind, field }: InputField, way: string, { value }: InputCase): boolean {
  if (way !== 'GraphQL') return false
  if (
    kind === 'number' ||
    (kind === 'reference' && ['engine', 'transmission'].includes(field.name))
  )
    return typeof value !== 'number'
  return (kind === 'checkbox' && typeof value !== 'boolean') || kind === 'choice'
}

/**
 * What a refusal does not name: the status of a body that is not read, else the field, and the
 * value where it is short and plain.
 */
function findVagueness(
  { field, kind }: InputField,
  { contentType, latin1, value }: InputCase,
  { status, text }: Outcome,
) {
  const isForeign = contentType !== undefined && !/utf-8/i.test(contentType)
  if (isForeign) return status === 415 ? undefined : `${status} instead of 415`
  if (latin1) return status === 400 ? undefined : `${status} instead of 400`
  if (!text.includes(field.name)) return `does not name the field: ${text.slice(0, 300)}`
  const isPlain =
    ['number', 'instant', 'day', 'checkbox'].includes(kind) &&
    value !== '' &&
    typeof value !== 'object'
  const named = [
    JSON.stringify(value).slice(0, 40),
    JSON.stringify(JSON.stringify(value)).slice(1, 41),
  ]
  return isPlain && !named.some((one) => text.includes(one))
    ? `does not name the value: ${text.slice(0, 300)}`
    : undefined
}

function isSame(kind: Kind, stored: unknown, meant: unknown): boolean {
  if (kind === 'instant' && typeof meant === 'string')
    return Date.parse(String(stored)) === Date.parse(meant)
  return JSON.stringify(stored) === JSON.stringify(meant)
}

describe('a written value', () => {
  it('is tried in every collection that somebody writes, and in every kind of field', () => {
    expect(KINDS.filter((kind) => !fields.some((one) => one.kind === kind))).toEqual([])
    expect(new Set(fields.map(({ slug }) => slug)).size).toBeGreaterThan(20)
  })

  it.each(Object.entries(ZONES))(
    'is stored as it was meant or refused by name, in the time zone %s',
    async (zone, hour) => {
      setTimeZone(zone)
      expect(new Date('2026-01-01T12:00:00Z').getHours()).toBe(hour)
      const tries = KINDS.flatMap((kind) => triesOf(kind, ZONE_NAMES.indexOf(zone)))
      const tables = [...new Set(tries.map(({ about }) => about.slug))].map((slug) =>
        tries.filter(({ about }) => about.slug === slug),
      )
      const problems: string[] = []
      const work = async () => {
        for (let table = tables.shift(); table; table = tables.shift())
          for (const one of table)
            problems.push(
              ...(await tryValue(one).catch((error: unknown) => [
                `${one.about.slug}: ${String(error)}`,
              ])),
            )
      }
      await Promise.all(Array.from({ length: 6 }, work))
      process.stdout.write(
        `written fields, ${zone}: ${tries.length} values written, ${problems.length} ` +
          `problems, seed ${SEED}\n`,
      )
      expect(problems).toEqual([])
    },
    3_600_000,
  )
})
