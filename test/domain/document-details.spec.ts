import { describe, expect, it } from '@jest/globals'
import {
  DETAIL_FIELDS,
  isDocumentType,
  listDetailNames,
  parseDetails,
} from '../../src/documents/domain/document-details.ts'

describe('the details of a document', () => {
  it('are those of its type, trimmed; an empty one is left out', () => {
    const given = { policyNumber: ' A-1 ', insurer: '', agent: null, email: 'a@example.com' }
    expect(parseDetails('insurance', given, {})).toEqual({
      value: { policyNumber: 'A-1', email: 'a@example.com' },
      unknown: [],
    })
  })

  it.each([
    [{ policyNumber: 5 }, 'policyNumber', 'must be text'],
    [{ policyNumber: 'x'.repeat(101) }, 'policyNumber', 'must have at most 100 characters'],
    [{ email: 'somebody' }, 'email', 'must be an e-mail address'],
    [{ agent: 'a\nb' }, 'agent', 'must be one line of text, without the character U+000A'],
  ])('are refused with the reason: %j', (given, name, problem) => {
    expect(parseDetails('insurance', given, {})).toEqual({ name, problem })
  })

  it('keep what the stored document has beyond its type, unless it is sent as null', () => {
    const stored = { policyNumber: 'A-1', vehicleColor: 'red', premium: 500 }
    expect(parseDetails('insurance', { policyNumber: 'B-2' }, stored)).toEqual({
      value: { vehicleColor: 'red', premium: 500, policyNumber: 'B-2' },
      unknown: [],
    })
    expect(parseDetails('insurance', { premium: null, vehicleColor: 'blue' }, stored)).toEqual({
      value: { vehicleColor: 'blue' },
      unknown: [],
    })
  })

  it('may have others, which are named', () => {
    const given = { plate: 'AB 1', county: ['Kern'], remark: '' }
    expect(parseDetails('registration', given, {})).toEqual({
      value: given,
      unknown: ['county', 'remark'],
    })
    expect(listDetailNames('registration')).toContain('plate, state')
  })

  it('exist for each type', () => {
    expect(Object.keys(DETAIL_FIELDS).every(isDocumentType)).toBe(true)
    expect(['recipe', null, 'constructor'].some(isDocumentType)).toBe(false)
  })
})
