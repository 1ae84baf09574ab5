import { describe, expect, it } from '@jest/globals'
import { formatCopyRow } from '../../src/database/copy-text.ts'

describe('a row for COPY', () => {
  it('keeps null, empty texts, and signs that mean something to COPY', () => {
    expect(formatCopyRow([1, null, '', '\\N', 'a\tb\nc\rd\\'])).toBe(
      '1\t\\N\t\t\\\\N\ta\\tb\\nc\\rd\\\\\n',
    )
  })
})
