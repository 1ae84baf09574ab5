/**
 * Parses the front matter of a site file: the YAML between two marker lines. Every scalar is kept
 * as its original text.
 */
import { Composer, CST, isAlias, isMap, isNode, isScalar, isSeq, LineCounter, Parser } from 'yaml'
import type { Document, Pair } from 'yaml'
import { formatCount } from '../../domain/format-count.ts'
import type { Refusal } from './car.ts'

/**
 * A value as written: `0012` stays `0012`, and `2025-11-10` stays a text. null is an empty value,
 * `~`, or `null` without quotes. The target column determines the meaning of a text.
 */
export type FrontMatterValue = string | null | FrontMatterValue[] | Map<string, FrontMatterValue>

/**
 * Maps keys to values, in the order of the file. It is a Map, so that no key can reach a prototype.
 */
export type FrontMatter = ReadonlyMap<string, FrontMatterValue>

/**
 * The front matter of a site file has a few kilobytes; the parser takes a second for the worst 64
 * KB.
 */
const MAX_LENGTH = 64 * 1024
/**
 * A site file nests once: a list under a key. Thousands of levels would crash the process in the
 * parser.
 */
const MAX_DEPTH = 8
const MAX_ERRORS = 5
/** The front matter begins on the second line of the file. */
const LINES_ABOVE = 1

/**
 * Splits a file into its YAML and its body. `text` must have LF line breaks. The markers are the
 * same as in Jekyll: `---` at the beginning, `---` or `...` at the end.
 */
export function splitFrontMatter(
  text: string,
): { yaml: string; body: string } | { problem: string } {
  const start = /^---[ \t]*\n/.exec(text)
  if (!start) return { problem: 'has no front matter: its first line must be ---' }
  const rest = text.slice(start[0].length)
  const end = /^(?:---|\.\.\.)[ \t]*$/m.exec(rest)
  if (!end)
    return { problem: 'has unclosed front matter: end it with a line that contains only ---' }
  if (end.index > MAX_LENGTH)
    return {
      problem: `has ${end.index} characters of front matter; the limit is ${MAX_LENGTH}`,
    }
  return { yaml: rest.slice(0, end.index), body: rest.slice(end.index + end[0].length) }
}

/**
 * Parses the YAML (1.2, core schema). Never throws: everything other than a plain `key: value` list
 * is reported as refusals with the line numbers of the file. Anchors, aliases and tags are refused,
 * so that nothing can be multiplied or constructed.
 */
export function parseFrontMatter(
  yaml: string,
): { frontMatter: FrontMatter } | { refusals: Refusal[] } {
  const lines = new LineCounter()
  const problems: string[] = []
  try {
    const tokens = [...new Parser(lines.addNewLine).parse(yaml)]
    if (isDeeper(tokens, MAX_DEPTH))
      return { refusals: [refuseFile(`nests its front matter deeper than ${MAX_DEPTH} levels`)] }
    const [document] = new Composer({
      schema: 'core',
      uniqueKeys: false,
      prettyErrors: false,
    }).compose(tokens, true)
    const at = (offset: number): number => lines.linePos(offset).line + LINES_ABOVE
    const value = document ? readDocument(document, at, problems) : null
    if (problems.length > 0) return { refusals: limitProblems(problems).map(refuseFile) }
    if (value instanceof Map) return { frontMatter: value }
    return { refusals: [refuseFile('has front matter without a single "key: value" line')] }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { refusals: [refuseFile(`has front matter that is not valid YAML: ${message}`)] }
  }
}

function limitProblems(problems: readonly string[]): string[] {
  const left = problems.length - MAX_ERRORS
  return [
    ...problems.slice(0, MAX_ERRORS),
    ...(left > 0
      ? [
          `has ${formatCount(left, 'more error', 'more errors')} like ` +
            (left === 1 ? 'this' : 'these'),
        ]
      : []),
  ]
}

function refuseFile(problem: string): Refusal {
  return { key: 'file', value: '', reason: `the file ${problem}.` }
}

/** Whether a file nests deeper than the limit. Runs before the tree is composed. */
function isDeeper(tokens: readonly CST.Token[], limit: number): boolean {
  let deeper = false
  for (const token of tokens)
    if (token.type === 'document')
      CST.visit(token, (_, path) => {
        deeper ||= path.length > limit
        return deeper ? CST.visit.BREAK : undefined
      })
  return deeper
}

type LineAt = (offset: number) => number

function readDocument(document: Document.Parsed, at: LineAt, problems: string[]): FrontMatterValue {
  const faults = [...document.errors, ...document.warnings]
  for (const { pos, message } of faults)
    problems.push(`is not valid YAML on line ${at(pos[0])}: ${message.replace(/\.$/, '')}`)
  return faults.length > 0 ? null : readNode(document.contents, at, problems)
}

function readNode(node: unknown, at: LineAt, problems: string[]): FrontMatterValue {
  if (isAlias(node))
    return refuseNode(
      node,
      `uses the YAML alias *${node.source}; write the value out`,
      at,
      problems,
    )
  if (isScalar(node) || isMap(node) || isSeq(node)) {
    if (node.anchor !== undefined)
      return refuseNode(node, `uses the YAML anchor &${node.anchor}; leave it out`, at, problems)
    if (node.tag !== undefined)
      return refuseNode(node, `uses the YAML tag ${node.tag}; leave it out`, at, problems)
  }
  if (isSeq(node)) return node.items.map((item) => readNode(item, at, problems))
  if (isMap(node)) return readPairs(node.items, at, problems)
  if (!isScalar(node) || node.value === null) return null
  return typeof node.value === 'string' ? node.value : (node.source ?? null)
}

function readPairs(pairs: readonly Pair[], at: LineAt, problems: string[]): FrontMatterValue {
  const entries = new Map<string, FrontMatterValue>()
  for (const { key: keyNode, value } of pairs) {
    const isPlain = isScalar(keyNode) && keyNode.tag === undefined && keyNode.anchor === undefined
    const key = isPlain ? readNode(keyNode, at, problems) : null
    if (typeof key !== 'string')
      refuseNode(keyNode, 'has a key that is not a plain word', at, problems)
    else if (key === '__proto__')
      refuseNode(keyNode, 'has the key __proto__, which is not a column of a car', at, problems)
    else if (entries.has(key))
      refuseNode(keyNode, `has the key ${key} twice; keep one`, at, problems)
    else entries.set(key, readNode(value, at, problems))
  }
  return entries
}

function refuseNode(node: unknown, problem: string, at: LineAt, problems: string[]): null {
  const range = isNode(node) ? node.range : null
  problems.push(range ? `${problem} (line ${at(range[0])})` : problem)
  return null
}
