import type {
  GraphQLInputObjectType,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLType,
} from 'graphql'
import type { FlattenedField, GraphQLExtension, SanitizedCollectionConfig } from 'payload'
import { getColumnSpec } from '../../fields/column.ts'

type Graphql = Parameters<GraphQLExtension>[0]
type Composite = GraphQLObjectType | GraphQLInputObjectType

/** The field that Payload adds to each file and each of its sizes. */
const FILE_SIZE_FIELD = 'filesize'

/**
 * Uses the scalar BigInt in responses, data and filters for whole numbers beyond 32 bits, such as
 * the size of a file in bytes. Payload's types use Float for them, which also accepts fractions. An
 * extension that adds no queries.
 */
export const applyBigIntScalar: GraphQLExtension = (graphql, { collections }) => {
  const bigInt = buildBigInt(graphql)
  for (const { config, graphQL } of Object.values(collections)) {
    const names = new Set(findBigFields(config))
    if (names.size === 0 || !graphQL) continue
    const { type, whereInputType, mutationInputType, updateMutationInputType } = graphQL
    const part = new RegExp(`^(?:mutation)?${type.name}(?:Update)?_`)
    const retyper = new Retyper(graphql, bigInt, { names, part })
    for (const one of [type, whereInputType, mutationInputType, updateMutationInputType])
      retyper.visit(one as GraphQLType)
  }
  return {}
}

function findBigFields({ flattenedFields, upload }: SanitizedCollectionConfig): string[] {
  const isBig = (field: FlattenedField) => getColumnSpec(field).type?.kind === 'bigint'
  return [
    ...flattenedFields.filter(isBig).map(({ name }) => name),
    ...([upload].some(Boolean) ? [FILE_SIZE_FIELD] : []),
  ]
}

/**
 * A whole number between -(2^53 - 1) and 2^53 - 1, as a JSON number that every client reads
 * exactly.
 */
function buildBigInt({ GraphQLScalarType, GraphQLError, Kind }: Graphql): GraphQLScalarType {
  const parse = (value: unknown): number => {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value
    throw new GraphQLError(
      'BigInt must be a whole number between -(2^53 - 1) and 2^53 - 1, not ' +
        `${String(value).slice(0, 40)}.`,
    )
  }
  return new GraphQLScalarType({
    name: 'BigInt',
    description: 'A whole number from -9007199254740991 to 9007199254740991, as a JSON number.',
    serialize: parse,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.INT ? Number(node.value) : NaN),
  })
}

/**
 * The names of the big fields, and a pattern for the names of the types that belong to their
 * collection.
 */
type BigFields = { names: ReadonlySet<string>; part: RegExp }

/**
 * Changes the type of fields by name, in a type and in every type that belongs to it; other
 * collections are unchanged.
 */
class Retyper {
  readonly #seen = new Set<unknown>()
  readonly #graphql: Graphql
  readonly #bigInt: GraphQLScalarType
  readonly #fields: BigFields

  constructor(graphql: Graphql, bigInt: GraphQLScalarType, fields: BigFields) {
    this.#graphql = graphql
    this.#bigInt = bigInt
    this.#fields = fields
  }

  visit(type: GraphQLType): void {
    const named = this.#findComposite(type)
    if (!named || this.#seen.has(named)) return
    this.#seen.add(named)
    for (const [name, field] of Object.entries(named.getFields())) {
      const isBig = [...this.#fields.names].some((one) => name === one || name.endsWith(`__${one}`))
      const within = this.#findComposite(field.type)
      if (isBig) this.#retype(field)
      else if (within && this.#fields.part.test(within.name)) this.visit(within)
    }
  }

  #retype(field: { type: GraphQLType }): void {
    const operators = this.#findComposite(field.type)
    if (!operators) field.type = this.#replace(field.type)
    else
      for (const operator of Object.values(operators.getFields()))
        operator.type = this.#replace(operator.type) as never
  }

  /** The type with fields that a type is, or is a list of. */
  #findComposite(type: GraphQLType): Composite | null {
    const named = this.#graphql.getNamedType(type)
    return this.#graphql.isObjectType(named) || this.#graphql.isInputObjectType(named)
      ? named
      : null
  }

  #replace(type: GraphQLType): GraphQLType {
    const { GraphQLFloat, GraphQLList, GraphQLNonNull, isListType, isNonNullType } = this.#graphql
    if (isNonNullType(type)) return new GraphQLNonNull(this.#replace(type.ofType) as never)
    if (isListType(type)) return new GraphQLList(this.#replace(type.ofType))
    return type === GraphQLFloat ? this.#bigInt : type
  }
}
