import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { parseFrontMatter, splitFrontMatter } from '../../src/imports/jekyll/front-matter.ts'

const reasons = (yaml: string): string[] => {
  const parsed = parseFrontMatter(yaml)
  return 'refusals' in parsed ? parsed.refusals.map(({ reason }) => reason) : []
}

const entries = (yaml: string): unknown => {
  const parsed = parseFrontMatter(yaml)
  return 'frontMatter' in parsed ? Object.fromEntries(parsed.frontMatter) : parsed.refusals
}

describe('splitting a site file', () => {
  it('takes what stands between the first two markers and leaves later dashes in the body', () => {
    expect(splitFrontMatter('---\nyear: 2003\n---\nOne\n---\nTwo\n')).toEqual({
      yaml: 'year: 2003\n',
      body: '\nOne\n---\nTwo\n',
    })
  })

  it('takes three dots as the end, as Jekyll does', () => {
    expect(splitFrontMatter('---\nyear: 2003\n...\nOne')).toEqual({
      yaml: 'year: 2003\n',
      body: '\nOne',
    })
  })

  it('takes an empty front matter and an empty body', () => {
    expect(splitFrontMatter('---\n---')).toEqual({ yaml: '', body: '' })
  })

  it('is not taken in by dashes inside a line', () => {
    expect(splitFrontMatter('---\na: x\n --- \n---- \nb: y\n---\n')).toEqual({
      yaml: 'a: x\n --- \n---- \nb: y\n',
      body: '\n',
    })
  })

  it.each([
    ['no opening line', 'year: 2003\n---\n', 'has no front matter: its first line must be ---'],
    ['an empty file', '', 'has no front matter: its first line must be ---'],
    [
      'a blank line first',
      '\n---\nyear: 2003\n---\n',
      'has no front matter: its first line must be ---',
    ],
    [
      'no closing line',
      '---\nyear: 2003\n',
      'has unclosed front matter: end it with a line that contains only ---',
    ],
  ])('says what to do about %s', (_, text, problem) => {
    expect(splitFrontMatter(text)).toEqual({ problem })
  })

  it('refuses more front matter than any site file has', () => {
    expect(splitFrontMatter(`---\na: ${'x'.repeat(70_000)}\n---\n`)).toEqual({
      problem: 'has 70004 characters of front matter; the limit is 65536',
    })
  })
})

describe('reading front matter', () => {
  it('keeps every value as the text that was written', () => {
    const yaml =
      "stock: 0012\ntrim: 100D\nprice: '0.00'\nday: 2025-11-10\nflag: true\nvin: " +
      '11111111111111111\nlist: [70, 1.50]\n'
    expect(entries(yaml)).toEqual({
      stock: '0012',
      trim: '100D',
      price: '0.00',
      day: '2025-11-10',
      flag: 'true',
      vin: '11111111111111111',
      list: ['70', '1.50'],
    })
  })

  it('tells an empty value from a quoted one', () => {
    expect(entries('a:\nb: ~\nc: null\nd: "null"\ne: ""\nf: []\n')).toEqual({
      a: null,
      b: null,
      c: null,
      d: 'null',
      e: '',
      f: [],
    })
  })

  it('folds the long lines of an address', () => {
    expect(entries('images:\n  - >-\n    https://cdn.example.com/a.jpg\n# a comment\n')).toEqual({
      images: ['https://cdn.example.com/a.jpg'],
    })
  })

  it('reads a group of keys as a map', () => {
    expect(entries('seller: {name: Ann}\n')).toEqual({ seller: new Map([['name', 'Ann']]) })
  })

  it.each([
    [
      'a key twice',
      'price: 1\nmake: Honda\nprice: 2\n',
      'the file has the key price twice; keep one (line 4).',
    ],
    [
      'a key twice in a group',
      'a: {b: 1, b: 2}\n',
      'the file has the key b twice; keep one (line 2).',
    ],
    ['an anchor', 'a: &x 1\n', 'the file uses the YAML anchor &x; leave it out (line 2).'],
    ['an alias', 'a: 1\nb: *a\n', 'the file uses the YAML alias *a; write the value out (line 3).'],
    [
      'a tag',
      'a: !!binary aGk=\n',
      'the file uses the YAML tag tag:yaml.org,2002:binary; leave it out (line 2).',
    ],
    [
      'a tag of its own',
      'a: !ruby/object:Kernel x\n',
      'the file is not valid YAML on line 2: Unresolved tag: !ruby/object:Kernel.',
    ],
    [
      '__proto__',
      '__proto__: {polluted: 1}\n',
      'the file has the key __proto__, which is not a column of a car (line 2).',
    ],
    ['a list as a key', '? [a, b]\n: c\n', 'the file has a key that is not a plain word (line 2).'],
    ['an empty key', ': x\n', 'the file has a key that is not a plain word (line 2).'],
    [
      'a tab',
      'a: 1\n\tb: 2\n',
      'the file is not valid YAML on line 3: Tabs are not allowed as indentation.',
    ],
    ['an open quote', 'a: "x\n', 'the file is not valid YAML on line 3: Missing closing "quote.'],
    ['nothing at all', '', 'the file has front matter without a single "key: value" line.'],
    ['a list', '- a\n', 'the file has front matter without a single "key: value" line.'],
  ])('refuses %s with its line', (_, yaml, reason) => {
    expect(reasons(yaml)).toContain(reason)
  })

  it('names every fault, five of them in full', () => {
    expect(reasons('a: &x 1\nb: *x\na: 2\n')).toHaveLength(3)
    expect(reasons('a: 1\n'.repeat(40))).toHaveLength(6)
    expect(reasons('a: 1\n'.repeat(40))[5]).toBe('the file has 34 more errors like these.')
  })

  it('refuses aliases that would multiply into billions', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(9)}]`,
    )
    expect(reasons(`l0: &l0 lol\n${levels.join('\n')}\n`)).toContain(
      'the file uses the YAML anchor &l0; leave it out (line 2).',
    )
  })

  it.each([
    ['dashes', '- '.repeat(30_000)],
    ['brackets', '['.repeat(60_000)],
    ['braces', '{a: '.repeat(16_000)],
    ['question marks', '? '.repeat(30_000)],
  ])(
    'refuses thousands of nested %s, on which the parser would take the process down',
    (_, yaml) => {
      expect(reasons(yaml)).toEqual(['the file nests its front matter deeper than 8 levels.'])
    },
  )

  it('leaves the prototype of everything alone', () => {
    for (const yaml of [
      '__proto__: {polluted: 1}',
      'constructor: {prototype: {polluted: 1}}',
      '"__proto__": {polluted: 1}',
    ]) {
      parseFrontMatter(yaml)
    }
    expect(Object.prototype).not.toHaveProperty('polluted')
  })

  it('never throws, whatever stands in it', () => {
    const snippet = fc.constantFrom(
      'a:',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '|',
      '>',
      '&x ',
      '*x',
      '!t ',
      '\n',
      '  ',
      '\t',
      '#',
      '%',
      '? ',
      '\0',
    )
    const yaml = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(snippet, { maxLength: 60 }).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(yaml, (text) => {
        const parsed = parseFrontMatter(text)
        return 'refusals' in parsed ? parsed.refusals.length > 0 : parsed.frontMatter.size >= 0
      }),
    )
  })
})
