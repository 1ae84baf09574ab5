import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql'
import { describeInexact, isExactNumber } from '../domain/exact-number.ts'
import { findInexactNumber, findJsonTextProblem } from '../domain/json-limits.ts'

const MAX_BYTES = 20_000
const MAX_TOKENS = 2_000
/**
 * The limits of one document. A fragment counts each time it is spread, because every validation
 * rule visits it each time. The rule for overlapping fields compares all fields with the same name
 * with each other, so fields with subfields cost the most.
 */
const DOCUMENT_LIMITS = {
  depth: 8,
  aliases: 15,
  questions: 15,
  fields: 400,
  objects: 100,
  nodes: 800,
  directives: 20,
  signIns: 1,
} as const

/**
 * Mutations that try a password, a token or a session: one per document, so that the limit of
 * attempts is a limit of requests.
 */
const SIGN_INS = /^(login|unlock|forgotPassword|resetPassword|refreshToken|verifyEmail|logout)[A-Z]/

const LABELS: Record<keyof typeof DOCUMENT_LIMITS, string> = {
  depth: 'levels of fields',
  aliases: 'aliases',
  questions: 'top-level fields',
  fields: 'fields',
  objects: 'fields with subfields',
  nodes: 'fields and fragments',
  directives: 'directives',
  signIns: 'attempt to sign in or out',
}

/**
 * A GraphQL request that is within the limits. `document` is the parsed query and holds
 * `operation`, the one that is executed.
 */
export type GraphqlOperation = {
  document: DocumentNode
  operation: OperationDefinitionNode
  variables: Record<string, unknown>
}

/**
 * Parses the body of a GraphQL request. Returns the operation to execute, or the reason why it is
 * refused: it is not a GraphQL request, or it exceeds the limits. The document is weighed before
 * validation, because validating a malicious document takes seconds.
 */
export function parseGraphqlBody(text: string): GraphqlOperation | { problem: string } {
  const tooLarge = findJsonTextProblem(text)
  if (tooLarge) return { problem: tooLarge }
  const number = findInexactNumber(text)
  if (number) return { problem: `${number.path || 'The body'} ${describeInexact(number.literal)}` }
  const body = parseJson(text)
  if (body === undefined) return { problem: 'The body is not valid JSON.' }
  if (!isObject(body)) return { problem: 'The body must be a JSON object with a query.' }
  const { query, variables, operationName } = body
  if (typeof query !== 'string') return { problem: 'The query must be a string.' }
  if (!isAbsent(variables) && !isObject(variables))
    return { problem: 'The variables must be a JSON object.' }
  if (!isAbsent(operationName) && typeof operationName !== 'string')
    return { problem: 'The operationName must be a string.' }
  const bytes = Buffer.byteLength(query)
  if (bytes > MAX_BYTES)
    return { problem: `The query has ${bytes} bytes; the limit is ${MAX_BYTES}.` }
  const document = parseDocument(query)
  if ('problem' in document) return document
  const literal = findInexactLiteral(document)
  if (literal) return { problem: literal }
  const operation = findOperation(document, operationName)
  return 'problem' in operation ? operation : { document, operation, variables: variables ?? {} }
}

/**
 * Why a number in a document is refused: a double cannot represent it exactly. Null if all are
 * exact.
 */
function findInexactLiteral(document: DocumentNode): string | null {
  let name = ''
  let problem: string | null = null
  const inspect = ({ value }: { value: string }) => {
    if (!isExactNumber(value)) problem ??= `${name} ${describeInexact(value)}`
  }
  const enter = (node: { name: { value: string } }) => void (name = node.name.value)
  visit(document, {
    Argument: { enter },
    ObjectField: { enter },
    IntValue: inspect,
    FloatValue: inspect,
  })
  return problem
}

const isAbsent = (value: unknown): value is null | undefined =>
  value === null || value === undefined
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function parseDocument(query: string): DocumentNode | { problem: string } {
  try {
    const document = parse(query, { maxTokens: MAX_TOKENS, noLocation: true })
    const weight = weighDocument(document)
    if (typeof weight === 'string') return { problem: weight }
    const over = (Object.keys(DOCUMENT_LIMITS) as (keyof typeof DOCUMENT_LIMITS)[]).find(
      (name) => weight[name] > DOCUMENT_LIMITS[name],
    )
    return over
      ? { problem: `The query has more than ${DOCUMENT_LIMITS[over]} ${LABELS[over]}.` }
      : document
  } catch (error) {
    if (error instanceof GraphQLError) return { problem: error.message.slice(0, 200) }
    throw error
  }
}

/**
 * The operation that a request names, or the only one. Subscriptions are rejected: the API has no
 * stream for them.
 */
function findOperation(
  { definitions }: DocumentNode,
  name: string | null | undefined,
): OperationDefinitionNode | { problem: string } {
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION)
  if (operations.some(({ operation }) => operation === OperationTypeNode.SUBSCRIPTION))
    return { problem: 'Subscriptions are not supported. Use a query instead.' }
  const [first, ...others] = isAbsent(name)
    ? operations
    : operations.filter((one) => one.name?.value === name)
  if (!first)
    return {
      problem: isAbsent(name)
        ? 'The query has no operation.'
        : `The query has no operation named ${name.slice(0, 100)}.`,
    }
  return others.length === 0
    ? first
    : { problem: 'The query has several operations: specify one in operationName.' }
}

type Weight = { [Part in keyof typeof DOCUMENT_LIMITS]: number }

const ZERO_WEIGHT: Weight = {
  depth: 0,
  aliases: 0,
  questions: 0,
  fields: 0,
  objects: 0,
  nodes: 0,
  directives: 0,
  signIns: 0,
}

/**
 * The size of a document with all its operations, or the error for a fragment that includes itself.
 */
function weighDocument(document: DocumentNode): Weight | string {
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const node of document.definitions) {
    if (node.kind !== Kind.FRAGMENT_DEFINITION) continue
    if (fragments.has(node.name.value)) return `The fragment ${node.name.value} is defined twice.`
    fragments.set(node.name.value, node)
  }
  const weigher = new DocumentWeigher(fragments)
  const weights = document.definitions.map((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return ZERO_WEIGHT
    const variables = node.variableDefinitions?.flatMap(({ directives = [] }) => directives) ?? []
    return addWeights(
      weigher.weighSelection(node.selectionSet),
      weighDirectives([...(node.directives ?? []), ...variables]),
    )
  })
  for (const name of fragments.keys()) weigher.weighFragment(name)
  return weigher.cycle
    ? `The fragment ${weigher.cycle} includes itself.`
    : weights.reduce(addWeights, ZERO_WEIGHT)
}

/** Weighs selections; each fragment once, however often it is spread. */
class DocumentWeigher {
  cycle: string | null = null
  readonly #known = new Map<string, Weight | 'being weighed'>()
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#fragments = fragments
  }

  weighSelection({ selections }: SelectionSetNode): Weight {
    return selections.reduce<Weight>((total, node) => {
      const self = { ...weighDirectives(node.directives), nodes: 1 }
      if (node.kind === Kind.FRAGMENT_SPREAD)
        return addWeights(addWeights(total, self), this.weighFragment(node.name.value))
      const within = node.selectionSet ? this.weighSelection(node.selectionSet) : ZERO_WEIGHT
      if (node.kind === Kind.INLINE_FRAGMENT) return addWeights(addWeights(total, self), within)
      const name = node.name.value
      return addWeights(addWeights(total, self), {
        ...within,
        depth: within.depth + (name === 'ofType' ? 0 : 1),
        aliases: within.aliases + (node.alias ? 1 : 0),
        questions: 1,
        fields: within.fields + 1,
        objects: within.objects + (node.selectionSet ? 1 : 0),
        signIns: within.signIns + (SIGN_INS.test(name) ? 1 : 0),
      })
    }, ZERO_WEIGHT)
  }

  weighFragment(name: string): Weight {
    const cached = this.#known.get(name)
    if (cached === 'being weighed') this.cycle = name
    if (cached) return cached === 'being weighed' ? ZERO_WEIGHT : cached
    const fragment = this.#fragments.get(name)
    if (!fragment) return ZERO_WEIGHT
    this.#known.set(name, 'being weighed')
    const weight = addWeights(
      this.weighSelection(fragment.selectionSet),
      weighDirectives(fragment.directives),
    )
    this.#known.set(name, weight)
    return weight
  }
}

const weighDirectives = (directives: readonly unknown[] = []): Weight => ({
  ...ZERO_WEIGHT,
  directives: directives.length,
})

/** Combines two parts of one selection: the greater depth, and the sum of everything else. */
const addWeights = (one: Weight, other: Weight): Weight => ({
  depth: Math.max(one.depth, other.depth),
  aliases: one.aliases + other.aliases,
  questions: one.questions + other.questions,
  fields: one.fields + other.fields,
  objects: one.objects + other.objects,
  nodes: one.nodes + other.nodes,
  directives: one.directives + other.directives,
  signIns: one.signIns + other.signIns,
})
