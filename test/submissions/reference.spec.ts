import { expect, it } from '@jest/globals'
import { createReference } from '../../src/submissions/create-reference.ts'
import {
  formatReference,
  REFERENCE_BASE,
  REFERENCE_LENGTH,
} from '../../src/submissions/domain/reference.ts'

it('a reference has two groups of four characters that nobody misreads', () => {
  const all = Array.from({ length: REFERENCE_BASE }, (_, value) => formatReference([value]))
  const characters = all.map((reference) => reference.charAt(3)).join('')
  expect(characters).not.toMatch(/[01IOZ8BAEUSL]/)
  expect(formatReference(Array.from({ length: REFERENCE_LENGTH }, () => 0))).toBe('FC-2222-2222')
})

it('references are random, and there are enough of them', () => {
  expect(REFERENCE_BASE ** REFERENCE_LENGTH).toBeGreaterThan(1e11)
  expect(new Set(Array.from({ length: 1_000 }, createReference)).size).toBe(1_000)
})
