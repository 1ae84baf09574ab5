import { describe, expect, it } from '@jest/globals'
import { chainRecords, hashRecord } from '../../src/vehicle-history/domain/hash-chain.ts'
import { hashText } from '../../src/vehicle-history/sha256.ts'

describe('the hash chain of a history', () => {
  it('is SHA-256 over canonical JSON, each record with the hash of the one before', () => {
    const [first, second] = chainRecords(
      [
        { kind: 'b', day: '2026-01-02' },
        { kind: 'a', day: null },
      ],
      hashText,
    )
    const firstHash = hashText('{"day":"2026-01-02","kind":"b","previous":null}')
    expect(first).toEqual({ kind: 'b', day: '2026-01-02', previous: null, hash: firstHash })
    const secondHash = hashText(`{"day":null,"kind":"a","previous":"${firstHash}"}`)
    expect(second).toEqual({ kind: 'a', day: null, previous: firstHash, hash: secondHash })
  })

  it('is the hash that the standard gives for a text', () => {
    expect(hashText('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })

  it('covers every member of a record but its hash, in whatever order they are', () => {
    const [record] = chainRecords([{ kind: 'x', odometer: 12.5 }], hashText)
    const { hash = '', ...rest } = record ?? {}
    expect(hashRecord({ hash: 'another', ...rest }, hashText)).toBe(hash)
    expect(hashRecord({ ...rest, odometer: 12.6 }, hashText)).not.toBe(hash)
    expect(hashRecord({ ...rest, added: null }, hashText)).not.toBe(hash)
  })
})
