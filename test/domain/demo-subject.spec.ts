import { describe, expect, it } from '@jest/globals'
import { buildDemoSubject, isDemoSubject } from '../../src/domain/demo-subject.ts'

describe('the subject of a demo owner', () => {
  it('is recognized by its beginning, and no other subject is', () => {
    expect(isDemoSubject(buildDemoSubject('alex-rivera'))).toBe(true)
    for (const subject of ['auth0|64f0c2', 'demo|alex-rivera', 'alex-rivera', ''])
      expect(isDemoSubject(subject)).toBe(false)
  })
})
