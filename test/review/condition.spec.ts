import { describe, expect, it } from '@jest/globals'
import { Appraisals } from '../../collections/lot/appraisals.ts'
import {
  CONDITION_GRADES,
  CONDITION_PARTS,
  getNoteField,
  LISTED_PARTS,
} from '../../src/review/domain/condition.ts'

describe('the condition of an appraised car', () => {
  it('has a grade and a note for each part, as columns of the appraisal', () => {
    const names = Appraisals.fields
      .flatMap((field) => (field.type === 'row' ? field.fields : [field]))
      .map((field) => ('name' in field ? field.name : ''))
    for (const part of LISTED_PARTS) expect(names).toEqual(expect.arrayContaining([part]))
    expect(names).toEqual(expect.arrayContaining(LISTED_PARTS.map(getNoteField)))
    expect(LISTED_PARTS).toEqual(Object.keys(CONDITION_PARTS))
  })

  it('tells what was not checked from what is poor', () => {
    expect(Object.keys(CONDITION_GRADES)).toEqual(['not_checked', 'good', 'fair', 'poor'])
  })
})
