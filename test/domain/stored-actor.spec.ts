import { describe, expect, it } from '@jest/globals'
import { parseActor } from '../../src/domain/stored-actor.ts'

describe('who did something', () => {
  it.each([
    [
      'staff:1a400395-0000-4000-8000-000000000000',
      { kind: 'staff', id: '1a400395-0000-4000-8000-000000000000' },
    ],
    ['auth0|jane', { kind: 'owner', subject: 'auth0|jane' }],
    ['purged|5f3a', { kind: 'purged' }],
    ['staffroom|1', { kind: 'owner', subject: 'staffroom|1' }],
  ])('is read from "%s"', (written, actor) => {
    expect(parseActor(written)).toEqual(actor)
  })
})
