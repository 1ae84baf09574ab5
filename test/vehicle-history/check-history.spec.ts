import { describe, expect, it } from '@jest/globals'
import { checkHistory } from '../../src/vehicle-history/domain/check-history.ts'
import { ALGORITHM, chainRecords } from '../../src/vehicle-history/domain/hash-chain.ts'
import {
  formatHistoryFile,
  type HistoryFile,
  parseHistoryFile,
} from '../../src/vehicle-history/domain/history-file.ts'
import { hashText } from '../../src/vehicle-history/sha256.ts'

const VIN = '1HGCM82633A004352'
const FIRST = { kind: 'vehicle', vin: VIN, day: '2026-11-30', counts: { fuel: 3, maintenance: 1 } }
const ROWS = [
  { kind: 'maintenance', day: '2026-02-01', odometer: 100, category: 'Repair' },
  { kind: 'fuel', day: '2026-02-02', odometer: 200, amount: 10.5 },
  { kind: 'fuel', day: '2026-02-03', odometer: 300, amount: 9 },
  { kind: 'fuel', day: '2026-02-04', odometer: 400, amount: 8 },
]

function buildHistory(rows: readonly object[] = ROWS, first: object = FIRST): HistoryFile {
  const records = chainRecords<object>([first, ...rows], hashText)
  return { vin: VIN, algorithm: ALGORITHM, head: String(records.at(-1)?.hash), records }
}

const HISTORY = buildHistory()

/** What is found in a history whose records were changed, but not their hashes. */
const check = (change: (records: HistoryFile['records']) => HistoryFile['records']) =>
  checkHistory({ ...HISTORY, records: change([...HISTORY.records]) }, hashText)

const alter = (place: number, about: object) =>
  check((records) => records.map((one, at) => (at === place - 1 ? { ...one, ...about } : one)))

describe('a history that is checked', () => {
  it('is unaltered as it was made', () => {
    const { kind: _, ...summary } = FIRST
    expect(checkHistory(HISTORY, hashText)).toEqual({ summary })
  })

  it.each([
    [1, { vin: '1HGCM82633A004353' }, 'Record 1 (vehicle, 2026-11-30) was altered: its content'],
    [2, { odometer: 101 }, 'Record 2 (maintenance, 2026-02-01) was altered: its content'],
    [3, { amount: 10.51 }, 'Record 3 (fuel, 2026-02-02) was altered: its content'],
    [3, { note: '' }, 'Record 3 (fuel, 2026-02-02) was altered: its content'],
    [4, { previous: 'x' }, 'Record 4 (fuel, 2026-02-03) was altered: its content'],
    [4, { hash: 'x' }, 'The hash of record 4 (fuel, 2026-02-03) was altered: its content'],
    [5, { hash: 'x' }, 'The hash of record 5 (fuel, 2026-02-04) was altered: its content'],
    [5, { day: '\u001b[2J' }, 'Record 5 (fuel) was altered: its content'],
  ])('names record %i after %j', (place, about, words) => {
    expect(alter(place, about)).toEqual({ alteration: expect.stringContaining(words) })
  })

  it('names the first of several records that were altered', () => {
    const altered = check((records) => records.map((one) => ({ ...one, odometer: 1 })))
    expect(altered).toEqual({ alteration: expect.stringContaining('Record 1 (vehicle, ') })
  })

  const [first, second, third, fourth, fifth] = HISTORY.records
  const pick = (...records: (HistoryFile['records'][number] | undefined)[]) =>
    check(() => records.filter((one) => one !== undefined))

  it.each([
    ['without the third', pick(first, second, fourth, fifth), '1 record is missing, the first one'],
    ['without two', pick(first, second, fifth), '2 records are missing, the first one before'],
    ['without the first', pick(second, third, fourth, fifth), 'The first record is missing'],
    ['without the last', pick(first, second, third, fourth), '1 record at the end is missing.'],
    ['of the first alone', pick(first), '4 records at the end are missing.'],
    [
      'with two in another order',
      pick(first, second, fourth, third, fifth),
      'Record 3 (fuel, 2026-02-03) is out of order: it belongs after record 4 (fuel, 2026-02-02).',
    ],
    [
      'with one twice',
      pick(first, second, third, second, fourth, fifth),
      'Record 4 (maintenance, 2026-02-01) was added, or is out of order.',
    ],
  ])('%s is found', (_name, checked, words) => {
    expect(checked).toEqual({ alteration: expect.stringContaining(words) })
  })

  it('finds a record that was altered and given the hash of its new content', () => {
    const [, ...rows] = chainRecords<object>(
      [FIRST, ROWS[0] ?? {}, { ...ROWS[1], amount: 1 }],
      hashText,
    )
    expect(pick(first, second, rows[1], fourth, fifth)).toEqual({
      alteration: expect.stringContaining(
        'Record 3 (fuel, 2026-02-02) was altered and given another hash',
      ),
    })
  })

  it('finds records that were added with the right hashes', () => {
    const longer = buildHistory([...ROWS, { kind: 'fuel', day: '2026-02-05' }])
    expect(checkHistory(longer, hashText)).toEqual({
      alteration: '1 record at the end was added.',
    })
    const exchanged = buildHistory([...ROWS.slice(0, 3), { kind: 'document' }])
    expect(checkHistory(exchanged, hashText)).toEqual({
      alteration: 'The first record counts 3 of fuel, but there are 2.',
    })
    expect(checkHistory(buildHistory(ROWS, { kind: 'other' }), hashText)).toEqual({
      alteration: 'The first record is not the one about the vehicle.',
    })
  })

  it.each([
    [{ head: 'x' }, 'The head of the file was altered: it is x'],
    [{ vin: 'x' }, `The VIN of the file was altered: the records are about ${VIN}.`],
    [{ algorithm: 'x' }, 'The algorithm of the file was altered'],
  ])('finds %j in the file around the records', (about, words) => {
    expect(checkHistory({ ...HISTORY, ...about }, hashText)).toEqual({
      alteration: expect.stringContaining(words),
    })
  })

  it('finds every alteration of a single byte, wherever it is, and names its record', () => {
    const text = formatHistoryFile(HISTORY)
    const ends = HISTORY.records.map((one) => findEnd(text, String(one['hash'])))
    const [from, to] = [text.indexOf('{"counts"'), ends.at(-1) ?? 0]
    for (let at = 0; at < text.length; at += 1) {
      const place = ends.findIndex((end) => at < end) + 1
      const isBetween = ends.includes(at - 1) || ends.includes(at)
      const named = at < from || at >= to || isBetween ? /./ : new RegExp(`ecord ${place}\\b`)
      for (const mask of [1, 2, 4, 8, 16, 32, 64]) {
        const changed = String.fromCharCode(text.charCodeAt(at) ^ mask)
        const found = describeAlteration(text.slice(0, at) + changed + text.slice(at + 1))
        expect([at, changed, found]).toEqual([at, changed, expect.stringMatching(named)])
      }
    }
  })

  /** The position after the record with a hash; `previous` follows `hash` in canonical order. */
  const findEnd = (text: string, hash: string): number =>
    text.indexOf('}', text.indexOf(`"hash":"${hash}"`)) + 1

  const describeAlteration = (text: string): string | null => {
    const parsed = parseHistoryFile(text)
    if ('problem' in parsed) return parsed.problem
    const checked = checkHistory(parsed.history, hashText)
    return 'alteration' in checked ? checked.alteration : null
  }
})
