import { describe, expect, it } from '@jest/globals'
import { findJsonHeaderProblem, parseMediaType } from '../../src/domain/media-type.ts'

describe('a Content-Type', () => {
  it.each([
    'application/json',
    'Application/ JSON',
    'application\t/json;charset=UTF-8',
    'application/json; a=b; charset="utf-8"',
  ])('is JSON when the most lenient reader takes it for JSON: %j', (header) => {
    expect(parseMediaType(header).type).toBe('application/json')
    expect(findJsonHeaderProblem(new Headers({ 'content-type': header }))).toBeNull()
  })

  it.each([
    ['text/plain', '', 'application/json'],
    ['application/json,application/json', '', 'application/json'],
    ['application/json;charset=utf-16', '', 'UTF-8'],
    ['application/json; Charset="ISO-8859-1"', '', 'UTF-8'],
    ['application/json', 'gzip', 'Content-Encoding'],
  ])('is refused with what to send instead: %s %s', (type, encoding, words) => {
    const headers = new Headers({ 'content-type': type, 'content-encoding': encoding })
    expect(findJsonHeaderProblem(headers)).toContain(words)
  })

  it('that is not sent is refused as well', () => {
    expect(findJsonHeaderProblem(new Headers())).toContain('application/json')
  })
})
