import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const MAX_COLUMNS = 100
const LONG_FUNCTION = 60

/**
 * The limits that `npm run check` enforces on the product's sources. Shares are in percent;
 * `longFunctions` counts the functions over 60 lines.
 */
export const LIMITS = {
  namesEndingInOf: { max: 1, of: 'functions', unit: '%' },
  oneWordExports: { max: 8, of: 'exported functions', unit: '%' },
  literalSpreads: { max: 0 },
  wideLines: { max: 0 },
  anyTypes: { max: 0 },
  longFunctions: { max: 0 },
  documentedExports: { min: 90, of: 'exports', unit: '%' },
  tokensPerLine: { max: 7.5 },
}

/** The TypeScript files of the product, except generated files and migrations. */
export function listSources(root) {
  const listed = execFileSync('git', ['-C', root, 'ls-files'], { encoding: 'utf8' }).split('\n')
  return listed
    .filter((file) =>
      /^(?:payload\.config|(?:src|collections|plugins|hooks|jobs)\/).*\.tsx?$/.test(file),
    )
    .filter((file) => !/src\/generated\/|\/migrations\/|\.d\.ts$/.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }))
}

/**
 * Measures the figures in `LIMITS` for some sources, `{ file, text }` each. Every figure lists its
 * places as `file:line name`.
 */
export function measureSources(sources) {
  const found = emptyCounts()
  for (const { file, text } of sources) measureSource(found, file, text)
  return {
    namesEndingInOf: {
      value: share(found.endingInOf.length, found.functions),
      places: found.endingInOf,
    },
    oneWordExports: {
      value: share(found.oneWord.length, found.exportedFunctions),
      places: found.oneWord,
    },
    literalSpreads: { value: found.spreads.length, places: found.spreads },
    wideLines: { value: found.wide.length, places: found.wide },
    anyTypes: { value: found.anys.length, places: found.anys },
    longFunctions: { value: found.long.length, places: found.long },
    documentedExports: {
      value: share(found.exports - found.undocumented.length, found.exports),
      places: found.undocumented,
    },
    tokensPerLine: { value: round(found.tokens / found.lines), places: [] },
  }
}

/** Whether a figure is within its limit. */
export const isWithin = (value, { min = -Infinity, max = Infinity }) => value >= min && value <= max

const emptyCounts = () => ({
  functions: 0,
  exportedFunctions: 0,
  exports: 0,
  tokens: 0,
  lines: 0,
  endingInOf: [],
  oneWord: [],
  spreads: [],
  wide: [],
  anys: [],
  long: [],
  undocumented: [],
})

const share = (part, whole) => round((100 * part) / whole)
const round = (value) => Math.round(value * 100) / 100

function measureSource(found, file, text) {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind)
  const at = (node) => `${file}:${lineAt(source, node.getStart(source)) + 1}`
  for (const [index, line] of text.split('\n').entries())
    if (line.length > MAX_COLUMNS) found.wide.push(`${file}:${index + 1}`)
  countTokens(found, source)
  for (const statement of source.statements) measureExport(found, statement, at)
  const visit = (node) => {
    measureNode(found, node, source, at)
    node.forEachChild(visit)
  }
  visit(source)
}

function measureNode(found, node, source, at) {
  if (node.kind === ts.SyntaxKind.AnyKeyword) found.anys.push(at(node))
  if (isLiteralSpread(node)) found.spreads.push(at(node))
  const name = functionName(node)
  if (name === undefined) return
  found.functions += 1
  if (name.endsWith('Of')) found.endingInOf.push(`${at(node)} ${name}`)
  const length = lineAt(source, node.end) - lineAt(source, node.getStart(source)) + 1
  if (length > LONG_FUNCTION) found.long.push(`${at(node)} ${name} (${length} lines)`)
}

const isLiteralSpread = (node) =>
  (ts.isSpreadElement(node) || ts.isSpreadAssignment(node)) &&
  (ts.isObjectLiteralExpression(node.expression) || ts.isArrayLiteralExpression(node.expression))

/**
 * The name of a function, a method, or a constant that holds a function; undefined for everything
 * else.
 */
function functionName(node) {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return node.name?.getText()
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return undefined
  const { parent } = node
  const isNamed = ts.isVariableDeclaration(parent) || ts.isPropertyDeclaration(parent)
  return isNamed ? parent.name.getText() : undefined
}

function measureExport(found, statement, at) {
  const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  if (!isExported) return
  const isDocumented = ts.getJSDocCommentsAndTags(statement).length > 0
  for (const { name, isFunction } of exportedNames(statement)) {
    found.exports += 1
    if (!isDocumented) found.undocumented.push(`${at(statement)} ${name}`)
    if (!isFunction) continue
    found.exportedFunctions += 1
    if (/^[a-z]+$/.test(name)) found.oneWord.push(`${at(statement)} ${name}`)
  }
}

function exportedNames(statement) {
  if (!ts.isVariableStatement(statement))
    return [
      { name: statement.name?.getText() ?? '', isFunction: ts.isFunctionDeclaration(statement) },
    ]
  return statement.declarationList.declarations.map(({ name, initializer }) => ({
    name: name.getText(),
    isFunction: Boolean(
      initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer)),
    ),
  }))
}

/** Counts tokens as the compiler sees them, and lines of code, which are the lines with a token. */
function countTokens(found, source) {
  const lines = new Set()
  const visit = (node) => {
    if (node.kind === ts.SyntaxKind.JSDoc) return
    const children = node.getChildren(source)
    if (children.length > 0) return children.forEach(visit)
    if (node.getWidth(source) === 0 || node.kind === ts.SyntaxKind.SyntaxList) return
    found.tokens += 1
    lines.add(lineAt(source, node.getStart(source)))
  }
  visit(source)
  found.lines += lines.size
}

const lineAt = (source, position) => source.getLineAndCharacterOfPosition(position).line
