import { describe, expect, it } from '@jest/globals'
import { buildHighlight, type HighlightFacts } from '../../src/photos/domain/highlight.ts'

const NOTHING: HighlightFacts = {
  entered: null,
  owners: null,
  titleStatus: null,
  accidents: null,
  serviceRecords: null,
}

describe('the highlight of a car', () => {
  it.each<[string, Partial<HighlightFacts>, string]>([
    ['what was entered', { entered: ' New tires ', owners: 1 }, 'New tires'],
    ['one owner', { owners: 1 }, 'One owner'],
    ['a clean title', { titleStatus: 'CLEAN ' }, 'Clean title'],
    ['no title that is rebuilt', { titleStatus: 'Clean (rebuilt)' }, ''],
    [
      'at most three facts',
      { owners: 1, titleStatus: 'Clean', accidents: 0, serviceRecords: true },
      'One owner · Clean title · No accidents reported',
    ],
    ['nothing of bad or unknown facts', { owners: 3, titleStatus: 'Salvage', accidents: 1 }, ''],
    ['nothing', { entered: '  ' }, ''],
  ])('tells %s', (_what, facts, text) =>
    expect(buildHighlight({ ...NOTHING, ...facts })).toBe(text),
  )
})
