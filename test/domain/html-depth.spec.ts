import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { computeHtmlDepth } from '../../plugins/scraping/domain/html-depth.ts'

describe('how deep a page is nested', () => {
  it.each([
    ['', 0],
    ['just text, 1 < 2', 0],
    ['<html><body><p>a</p><p>b</p></body></html>', 3],
    ['<div><br><img src="a"><input></div>', 1],
    ['<DIV><div></DIV></div>', 2],
    ['<li>a<li>b<li>c', 3],
    ['<div></x><div></x><div></x>', 3],
    ['<b></b>'.repeat(5_000), 1],
  ])('of %.40j is %d', (html, deep) => {
    expect(computeHtmlDepth(html)).toBe(deep)
  })

  it('is never told as less than it is', () => {
    const tree = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 6 },
        fc.constantFrom('', 'text', '<br>'),
        fc
          .tuple(fc.constantFrom('a', 'div', 'p', 'li'), fc.array(tie('node'), { maxLength: 3 }))
          .map(([name, parts]) => `<${name}>${parts.join('')}</${name}>`),
      ),
    }))
    fc.assert(
      fc.property(tree.node, fc.nat(20), (html, deep) => {
        expect(computeHtmlDepth('<section>'.repeat(deep) + html)).toBeGreaterThanOrEqual(
          deep + computeHtmlDepth(html),
        )
      }),
    )
  })

  it('of five megabytes is told in one pass', () => {
    expect(computeHtmlDepth('<b><p>'.repeat(800_000))).toBe(1_600_000)
  })
})
