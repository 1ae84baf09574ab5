import { describe, expect, it } from '@jest/globals'
import { parseSignInProblem, signInProblems } from '../../src/domain/sign-in-problem.ts'

describe('a problem in a URL', () => {
  it('is one of the list', () => {
    for (const code of Object.keys(signInProblems)) expect(parseSignInProblem(code)).toBe(code)
  })

  it.each(['', 'You won!', '__proto__', 'constructor', ['away'], undefined])(
    'is nothing when it is %p',
    (result) => {
      expect(parseSignInProblem(result)).toBeNull()
    },
  )
})
