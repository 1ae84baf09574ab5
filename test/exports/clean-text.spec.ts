import { describe, expect, it } from '@jest/globals'
import { cleanText } from '../../plugins/exports/adapters/clean-text.ts'

describe('a plain-text column', () => {
  it.each([
    ['<p>Well <b>kept</b></p><p>One owner</p>', 'Well kept\nOne owner'],
    ['<script>alert(1)</script>Clean', 'Clean'],
    ['5 < 6 & 7 > 3, <3', '5 < 6 & 7 > 3, <3'],
    ['<b>A &amp; B</b>', 'A & B'],
  ])('contains of %j only the text', (text, plain) => {
    expect(cleanText(text, {})).toBe(plain)
  })
})

describe('a column of HTML', () => {
  it.each([
    ['one\ntwo & three', 'one<br>two &amp; three'],
    ['<p onclick="x()">Hi</p><img src=x onerror=y><script>z</script>', '<p>Hi</p>'],
  ])('makes %j harmless', (text, html) => {
    expect(cleanText(text, { html: true })).toBe(html)
  })
})
