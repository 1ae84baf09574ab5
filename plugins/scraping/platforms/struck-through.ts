import type { CheerioAPI } from 'cheerio'
import postcss, { CssSyntaxError, type Container, type Declaration } from 'postcss'
import { type Elements, type Node, toNodes, type Tag } from './html-page.ts'

/** Limits on the length of a page's styles, and on how much of them is processed. */
const MAX_STYLES_LENGTH = 500_000
const MAX_SELECTORS = 300
const MAX_RULES = 2_000
const MAX_MATCHES = 500_000
const MAX_NESTED = 50
const MAX_SELECTOR_LENGTH = 2_000
/**
 * The maximum number of times that invalid styles are cut at their first error and parsed again:
 * each unclosed nested block is an error.
 */
const MAX_REPAIRS = 20
const LINE = /^(?:-webkit-)?text-decoration(?:-line)?$/i
const STRUCK = /line-through/i
const IMPORTANT = /!\s*important/i
/** Media other than screens, and states that an element is not in. */
const OTHER_MEDIA = /^\s*(?:only\s+)?(?:print|speech)\b/i
const STATE = /:(?:hover|focus|active|visited|target)|::|:(?:before|after)\b/i

type Weight = readonly [important: number, ids: number, classes: number, tags: number]
type Rule = {
  selector: string
  isStruck: boolean
  weight: Weight
}

/**
 * The effect of a page's styles on the elements they match: whether an element is struck through,
 * and the weight of the rule.
 */
export type Struck = ReadonlyMap<Node, Pick<Rule, 'isStruck' | 'weight'>>

/**
 * Finds the elements that the page's own styles strike through, and those where a stronger rule
 * prevents it: the more specific rule wins, then the later one. External style sheets are not read.
 */
export function struckByStyles($: CheerioAPI): Struck {
  const styles = $('style')
    .toArray()
    .map((style) =>
      $(style)
        .text()
        .replaceAll(/<!--|-->/g, ' '),
    )
    .filter((text) => text.length <= MAX_STYLES_LENGTH)
  const decided = new Map<Node, Pick<Rule, 'isStruck' | 'weight'>>()
  if (!styles.some((text) => STRUCK.test(text))) return decided
  const rules = withoutOverridden(styles.flatMap((css) => rulesIn(css)))
  const strikes = rules.filter(({ isStruck }) => isStruck).slice(0, MAX_SELECTORS)
  const nodes = new Set(strikes.flatMap(({ selector }) => nodesIn(() => $(selector))))
  const struck = $([...nodes])
  for (const { selector, isStruck, weight } of rules.slice(
    0,
    Math.max(MAX_SELECTORS, MAX_MATCHES / (nodes.size + 1)),
  ))
    for (const node of nodesIn(() => struck.filter(selector))) {
      const other = decided.get(node)
      if (!other || compareWeights(weight, other.weight) >= 0)
        decided.set(node, { isStruck, weight })
    }
  return decided
}

/** Removes all but the last of the rules with the same selector and weight. */
function withoutOverridden(rules: readonly Rule[]): Rule[] {
  const last = new Map(rules.map(({ selector, weight }, at) => [`${weight[0]} ${selector}`, at]))
  const kept = new Set(last.values())
  return rules.filter((_, at) => kept.has(at))
}

/**
 * Whether an element is struck through by its own style attribute, or otherwise by the styles of
 * its page.
 */
export function isStruckByStyle(tag: Tag, struck: Struck): boolean {
  const byPage = struck.get(tag)
  const own = declarationsIn(tag.attribs['style'] ?? '').findLast(({ value }) => value !== '')
  if (!own) return byPage?.isStruck === true
  const isWeaker = byPage !== undefined && byPage.weight[0] > (own.isImportant ? 1 : 0)
  return isWeaker ? byPage.isStruck : STRUCK.test(own.value)
}

function declarationsIn(style: string): { value: string; isImportant: boolean }[] {
  if (!/text-decoration/i.test(style)) return []
  const plain = style.slice(0, 2_000).replaceAll(/\/\*.*?\*\//gs, ' ')
  return plain.split(';').flatMap((entry) => {
    const [name = '', ...value] = entry.split(':')
    return LINE.test(name.trim())
      ? [{ value: value.join(':'), isImportant: IMPORTANT.test(entry) }]
      : []
  })
}

/**
 * Parses the rules of a style sheet. If it is invalid or truncated, uses the part before the error;
 * an unclosed block ends there.
 */
function rulesIn(css: string, repairs = MAX_REPAIRS): Rule[] {
  const rules: Rule[] = []
  try {
    const root = postcss.parse(css)
    const variables = new Set<string>()
    root.walkDecls(/^--/, ({ prop, value }) => void (STRUCK.test(value) && variables.add(prop)))
    root.walkDecls(LINE, (declaration) => {
      rules.push(...listRules(declaration, variables))
      if (rules.length >= MAX_RULES) return false
      return undefined
    })
  } catch (error) {
    const lines = css.split('\n')
    if (!(error instanceof CssSyntaxError) || error.line === undefined || repairs === 0) return []
    if (error.reason === 'Unclosed block') return rulesIn(`${css}}`, repairs - 1)
    const before = [
      ...lines.slice(0, error.line - 1),
      (lines[error.line - 1] ?? '').slice(0, (error.column ?? 1) - 1),
    ].join('\n')
    return before.length < css.length ? rulesIn(before, repairs - 1) : []
  }
  return rules
}

function listRules(
  { value, important, parent }: Declaration,
  variables: ReadonlySet<string>,
): Rule[] {
  const isStruck = STRUCK.test(value) || [...variables].some((name) => value.includes(`(${name}`))
  return listSelectors(parent as Container | undefined)
    .filter((selector) => !STATE.test(selector))
    .map((selector) => ({
      selector,
      isStruck,
      weight: [important ? 1 : 0, ...computeSpecificity(selector)] as const,
    }))
}

/**
 * Lists the selectors of a rule, combined with those of its surrounding rules; none for a rule for
 * other media.
 */
function listSelectors(rule: Container | undefined): string[] {
  const around = rule?.parent as Container | undefined
  if (rule === undefined || rule.type === 'root') return ['']
  if (rule.type === 'atrule')
    return 'params' in rule && OTHER_MEDIA.test(String(rule.params)) ? [] : listSelectors(around)
  const outer = listSelectors(around)
  const own = 'selectors' in rule ? (rule.selectors as string[]) : []
  if (outer.every((selector) => selector === ''))
    return outer.length === 0 ? [] : own.slice(0, MAX_SELECTORS)
  return own
    .slice(0, MAX_NESTED)
    .flatMap((selector) =>
      outer
        .slice(0, MAX_NESTED)
        .map((parent) =>
          selector.includes('&') ? selector.replaceAll('&', parent) : `${parent} ${selector}`,
        ),
    )
    .filter((selector) => selector.length <= MAX_SELECTOR_LENGTH)
}

/**
 * Computes the approximate specificity of a selector: the number of IDs; of classes, attributes and
 * states; and of tags. `:where()` does not count.
 */
function computeSpecificity(selector: string): readonly [number, number, number] {
  const text = selector
    .replaceAll(/:where\([^)]*\)/g, '')
    .replaceAll(/:(?:is|not|has)\(/g, ' ')
    .replaceAll(/\\./g, 'x')
  const count = (pattern: RegExp) => [...text.matchAll(pattern)].length
  return [
    count(/#[\w-]+/g),
    count(/\.[\w-]+|\[[^\]]*\]|:[\w-]+/g),
    count(/(?:^|[\s>+~(])[a-z][\w-]*/gi),
  ]
}

function compareWeights(one: Weight, other: Weight): number {
  const at = one.findIndex((part, index) => part !== other[index])
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0)
}

/** Returns the nodes that a selector matches; none for an invalid selector. */
function nodesIn(find: () => Elements): Node[] {
  try {
    return toNodes(find())
  } catch {
    return []
  }
}
