import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ALGORITHM, chainRecords } from '../../src/vehicle-history/domain/hash-chain.ts'
import { formatHistoryFile } from '../../src/vehicle-history/domain/history-file.ts'
import { hashText } from '../../src/vehicle-history/sha256.ts'
import { verifyHistoryFile } from '../../src/vehicle-history/verify-file.ts'
import { runCommand } from '../support/command.ts'

const VIN = '1HGCM82633A004352'
const RECORDS = chainRecords<object>(
  [
    { kind: 'vehicle', vin: VIN, day: '2026-11-30', counts: { maintenance: 1, fuel: 1 } },
    {
      kind: 'maintenance',
      day: '2026-02-01',
      odometer: 30_000,
      category: 'Größe',
      subtypes: ['“Öl”'],
    },
    { kind: 'fuel', day: '2026-03-01', odometer: 31_000.5, amount: 10 },
  ],
  hashText,
)
const HEAD = String(RECORDS.at(-1)?.hash)
const TEXT = formatHistoryFile({ vin: VIN, algorithm: ALGORITHM, head: HEAD, records: RECORDS })

/** Changes one byte. */
function alterByte(bytes: Buffer, at: number, mask: number): Buffer {
  const altered = Buffer.from(bytes)
  altered[at] = (altered[at] ?? 0) ^ mask
  return altered
}

describe('the file of a history', () => {
  it('is intact as it was saved, and says what is in it', () => {
    expect(verifyHistoryFile(Buffer.from(TEXT), HEAD)).toEqual({
      isIntact: true,
      message:
        `The history of ${VIN} of 2026-11-30 is unaltered, with these records: fuel 1, ` +
        `maintenance 1. Its head is ${HEAD}.`,
    })
  })

  it('is not intact with any other byte, wherever it is', () => {
    const bytes = Buffer.from(TEXT)
    const unseen: string[] = []
    for (let at = 0; at < bytes.length; at += 1)
      for (let bit = 0; bit < 8; bit += 1) {
        const { isIntact, message } = verifyHistoryFile(alterByte(bytes, at, 1 << bit), null)
        if (isIntact || message === '') unseen.push(`bit ${bit} of byte ${at}`)
      }
    expect(unseen).toEqual([])
  })

  it('is not intact without any one of its bytes', () => {
    const bytes = Buffer.from(TEXT)
    const intact = bytes.filter((_byte, at) => {
      const shorter = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)])
      return verifyHistoryFile(shorter, null).isIntact
    })
    expect(intact).toHaveLength(0)
  })

  it.each([
    ['that is nested too deeply', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['that is too long', `"${'x'.repeat(20_000_000)}"`],
  ])('with a value %s is explained as well', (_name, value) => {
    const forged = TEXT.replace('"kind":"fuel"', `"kind":"fuel","more":${value}`)
    expect(verifyHistoryFile(Buffer.from(forged), null)).toEqual({
      isIntact: false,
      message: expect.stringContaining('too long, or nested too deeply'),
    })
  })

  it('that was built again has another head', () => {
    const { isIntact, message } = verifyHistoryFile(Buffer.from(TEXT), 'a'.repeat(64))
    expect(isIntact).toBe(false)
    expect(message).toContain(`their head is ${HEAD}, not aaaa`)
  })
})

describe('npm run verify-history', () => {
  let folder: string
  let file: string

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'forecourt-history-'))
    file = path.join(folder, 'history.json')
    await writeFile(file, TEXT)
  })
  afterAll(() => rm(folder, { recursive: true }))

  const verify = (...args: string[]) =>
    runCommand('verify-history', args, { DATABASE_URL: 'postgres://127.0.0.1:1/none' })

  it('succeeds for an unaltered file, without a database', async () => {
    const intact = { code: 0, output: expect.stringMatching(/^The history of .* is unaltered/) }
    expect(await verify(file)).toEqual(intact)
    expect(await verify(file, HEAD.toUpperCase())).toEqual(intact)
  })

  it('fails for an altered file, and names the record', async () => {
    const altered = path.join(folder, 'altered.json')
    await writeFile(altered, TEXT.replace('"odometer":30000', '"odometer":20000'))
    expect(await verify(altered)).toEqual({
      code: 1,
      output: expect.stringMatching(
        /^This is NOT an unaltered history\. Record 2 \(maintenance, 2026-02-01\) was altered: /,
      ),
    })
    expect(await verify(file, 'a'.repeat(64))).toMatchObject({ code: 1 })
  })

  it.each([
    [[], 'Specify the file of a history. Usage: npm run verify-history -- FILE, or '],
    [['/none/history.json'], '"/none/history.json" is not a file. Save GET /api/inventory'],
    [['a', 'b'], '"b" is not the head of a history, which has 64 hexadecimal digits'],
    [['a', 'a'.repeat(64), 'c'], 'npm run verify-history does not accept "c"'],
  ])('explains %j', async (args, words) => {
    expect(await verify(...args)).toEqual({ code: 1, output: expect.stringContaining(words) })
  })
})
