import { describe, expect, it } from '@jest/globals'
import { SourceError } from '../../plugins/market/domain/source.ts'

describe('the trouble of a source', () => {
  it('says what it was, when to come back, and what it came from', () => {
    const cause = new Error('the line is cut')
    const failure = new SourceError('busy', 'auto.dev wants fewer questions', {
      cause,
      waitSeconds: 30,
    })
    expect(failure).toMatchObject({ name: 'SourceError', kind: 'busy', waitSeconds: 30, cause })
    expect(new SourceError('unavailable', 'no answer').waitSeconds).toBeNull()
  })
})
