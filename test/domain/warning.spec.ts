import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { decodeWarnings, encodeWarnings, WARNINGS_HEADER } from '../../src/domain/warning.ts'

describe('warnings on their way to the answer', () => {
  it('come out as they went in, whatever is written in them', () => {
    const text = fc.string({ unit: 'grapheme' })
    const warning = fc.record({ field: text, code: text, message: text })
    fc.assert(
      fc.property(fc.array(warning), (warnings) =>
        expect(decodeWarnings(encodeWarnings(warnings))).toEqual(warnings),
      ),
    )
  })

  it('fit into a header: no line ends, nothing beyond ASCII', () => {
    const header = encodeWarnings([
      { field: 'vin', code: 'odd', message: 'Zeile\r\nSet-Cookie: a=b · 5YJ3…9071' },
    ])
    expect(header).toMatch(/^[!-~]*$/)
    expect(new Headers([[WARNINGS_HEADER, header]]).get(WARNINGS_HEADER)).toBe(header)
  })
})
