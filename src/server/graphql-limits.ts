import { type DocumentNode, GraphQLError, Kind, parse, type SelectionSetNode } from 'graphql'

const MOST_BYTES = 20_000
const MOST_TOKENS = 2_000
/** What one document may hold, its fragments counted as often as they are spread. */
const MOST = { depth: 8, aliases: 15, questions: 15, fields: 500, directives: 20, signIns: 1 } as const
const MOST_NESTING = 30

/** Mutations that try a password, a token or a session: one a document, so that the limit of tries is a limit of requests. */
const SIGN_INS = /^(login|unlock|forgotPassword|resetPassword|refreshToken|verifyEmail|logout)[A-Z]/

const WORDS: Record<keyof typeof MOST, string> = {
  depth: 'levels of fields',
  aliases: 'aliases',
  questions: 'questions at once',
  fields: 'fields',
  directives: 'directives',
  signIns: 'attempts to sign in or out',
}

/**
 * Why a GraphQL request is not answered: its body is none, or its document is larger than limits say. Null when it may go on. Looks
 * before anything is validated or run: validation itself takes seconds over a document that is made for it.
 */
export function graphqlProblem(text: string): string | null {
  if (nestingOf(text) > MOST_NESTING) return 'The body is nested too deeply.'
  const body = parsed(text)
  if (body === undefined) return 'The body is no valid JSON.'
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'The body must be one JSON object with a query.'
  const { query } = body as { query?: unknown }
  if (typeof query !== 'string') return 'The body must have a query, as a text.'
  const bytes = Buffer.byteLength(query)
  return bytes > MOST_BYTES ? `The query has ${bytes} bytes; ${MOST_BYTES} at most are answered.` : documentProblem(query)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function documentProblem(query: string): string | null {
  try {
    const weight = weigh(parse(query, { maxTokens: MOST_TOKENS, noLocation: true }))
    if (typeof weight === 'string') return weight
    const over = (Object.keys(MOST) as (keyof typeof MOST)[]).find((name) => weight[name] > MOST[name])
    return over ? `The query has more than ${MOST[over]} ${WORDS[over]}.` : null
  } catch (error) {
    if (error instanceof GraphQLError) return error.message.slice(0, 200)
    throw error
  }
}

type Weight = { [Part in keyof typeof MOST]: number }

const NOTHING: Weight = { depth: 0, aliases: 0, questions: 0, fields: 0, directives: 0, signIns: 0 }

/** What a document holds, all its operations together; or the words for a circle of fragments. */
function weigh(document: DocumentNode): Weight | string {
  const fragments = new Map<string, SelectionSetNode>()
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node.selectionSet)
  const weigher = new Weigher(fragments)
  const weights = document.definitions.map((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return NOTHING
    const weight = weigher.selection(node.selectionSet)
    return { ...weight, directives: weight.directives + (node.directives?.length ?? 0) }
  })
  for (const name of fragments.keys()) weigher.fragment(name)
  return weigher.circle ? `The fragment ${weigher.circle} is part of itself.` : weights.reduce(sum, NOTHING)
}

/** Weighs selections; each fragment once, however often it is spread. */
class Weigher {
  circle: string | null = null
  readonly #known = new Map<string, Weight | 'being weighed'>()
  readonly #fragments: ReadonlyMap<string, SelectionSetNode>

  constructor(fragments: ReadonlyMap<string, SelectionSetNode>) {
    this.#fragments = fragments
  }

  selection({ selections }: SelectionSetNode): Weight {
    return selections.reduce<Weight>((total, node) => {
      const directives = { ...NOTHING, directives: node.directives?.length ?? 0 }
      if (node.kind === Kind.FRAGMENT_SPREAD) return sum(sum(total, directives), this.fragment(node.name.value))
      const within = node.selectionSet ? this.selection(node.selectionSet) : NOTHING
      if (node.kind === Kind.INLINE_FRAGMENT) return sum(sum(total, directives), within)
      const name = node.name.value
      return sum(sum(total, directives), {
        ...within,
        depth: within.depth + (name === 'ofType' ? 0 : 1),
        aliases: within.aliases + (node.alias ? 1 : 0),
        questions: 1,
        fields: within.fields + 1,
        signIns: within.signIns + (SIGN_INS.test(name) ? 1 : 0),
      })
    }, NOTHING)
  }

  fragment(name: string): Weight {
    const known = this.#known.get(name)
    if (known === 'being weighed') this.circle = name
    if (known) return known === 'being weighed' ? NOTHING : known
    const selection = this.#fragments.get(name)
    if (!selection) return NOTHING
    this.#known.set(name, 'being weighed')
    const weight = this.selection(selection)
    this.#known.set(name, weight)
    return weight
  }
}

/** Two parts of one selection: as deep as the deeper one, and as much as both. */
const sum = (one: Weight, other: Weight): Weight => ({
  depth: Math.max(one.depth, other.depth),
  aliases: one.aliases + other.aliases,
  questions: one.questions + other.questions,
  fields: one.fields + other.fields,
  directives: one.directives + other.directives,
  signIns: one.signIns + other.signIns,
})

/** How deep the lists and objects of a JSON text go. Counted, not parsed: what is too deep overflows those that walk it later. */
function nestingOf(text: string): number {
  let [depth, deepest, inText] = [0, 0, false]
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '"') inText = !inText
    else if (inText && character === '\\') i++
    else if (!inText && (character === '[' || character === '{')) deepest = Math.max(deepest, ++depth)
    else if (!inText && (character === ']' || character === '}')) depth--
  }
  return deepest
}
