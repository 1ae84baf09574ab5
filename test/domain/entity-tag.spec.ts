import { describe, expect, it } from '@jest/globals'
import {
  isKnownTag,
  parseTagVersion,
  splitTags,
  buildEncodedTag,
} from '../../src/domain/entity-tag.ts'

const HASH = 'a'.repeat(27)
const PLAIN = `"${HASH}"`
const ROW = `"${HASH}.0123456789"`

describe('an entity tag', () => {
  it('differs in each coding, and is known in any', () => {
    const tags = [PLAIN, buildEncodedTag(PLAIN, 'br'), buildEncodedTag(PLAIN, 'gzip')]
    expect(tags).toEqual([PLAIN, `"${HASH}:br"`, `"${HASH}:gzip"`])
    for (const tag of tags) {
      expect(isKnownTag(tag, PLAIN)).toBe(true)
      expect(isKnownTag(`"x", W/${tag}`, PLAIN)).toBe(true)
    }
    expect(
      [null, undefined, '', 'x', HASH, `"${HASH}:zstd"`].map((header) => isKnownTag(header, PLAIN)),
    ).not.toContain(true)
    expect(isKnownTag('*', PLAIN)).toBe(true)
  })

  it('stays as it is where it is weak or there is no coding', () => {
    expect(buildEncodedTag('W/"x"', 'br')).toBe('W/"x"')
    expect(buildEncodedTag(PLAIN, null)).toBe(PLAIN)
  })

  it('of a row has its version, unless it is weak', () => {
    expect([ROW, buildEncodedTag(ROW, 'gzip')].map(parseTagVersion)).toEqual([
      '0123456789',
      '0123456789',
    ])
    expect([PLAIN, `W/${ROW}`, '"x.0123456789"', '*', '', `${ROW} `].map(parseTagVersion)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ])
  })

  it('comes alone or in a list', () => {
    expect(splitTags(' "a" ,W/"b",*')).toEqual(['"a"', 'W/"b"', '*'])
  })
})
