import { describe, expect, it } from '@jest/globals'
import { keepFilled } from '../../src/garage/imports/domain/source-record.ts'

describe('the cells of a record', () => {
  it('are trimmed, and empty ones are left out', () =>
    expect(keepFilled({ date: ' 2026-01-01 ', notes: ' ', total: undefined })).toEqual({
      date: '2026-01-01',
    }))
})
