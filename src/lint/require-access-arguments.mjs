const OPERATIONS = new Set(
  [
    [
      'find',
      'findByID',
      'findDistinct',
      'count',
      'create',
      'update',
      'updateByID',
      'delete',
      'duplicate',
    ],
    ['findVersions', 'findVersionByID', 'countVersions', 'restoreVersion'],
    [
      'findGlobal',
      'updateGlobal',
      'findGlobalVersions',
      'findGlobalVersionByID',
      'countGlobalVersions',
      'restoreGlobalVersion',
    ],
    ['login', 'forgotPassword', 'resetPassword', 'unlock', 'verifyEmail'],
  ].flat(),
)

/**
 * ESLint rule: requires every call of Payload's Local API to specify whose rights it uses
 * (`overrideAccess`) and which request it belongs to (`req`: its transaction, its user). Both must
 * be in the argument itself, because Payload allows everything by default, and a spread may not
 * contain them. With `{ needsReq: false }`, for code outside requests, `overrideAccess` is enough.
 */
export const requireAccessArguments = {
  meta: {
    type: 'problem',
    docs: { description: 'Local API calls specify overrideAccess and pass req' },
    schema: [
      {
        type: 'object',
        properties: { needsReq: { type: 'boolean' } },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ needsReq: true }],
    messages: {
      literal:
        'payload.{{operation}}() takes its options as an object literal here, so that a ' +
        'reader sees overrideAccess and req. Write payload.{{operation}}({ …, overrideAccess: ' +
        'false, req }).',
      missing:
        'payload.{{operation}}() does not specify {{missing}}. Without overrideAccess ' +
        'Payload allows everything; without req it leaves the transaction. Add ' +
        'overrideAccess: false (the caller’s permissions) or true (the system’s), and req.',
    },
  },
  create(context) {
    const [{ needsReq }] = context.options
    return {
      CallExpression(node) {
        const operation = localApiOperation(node.callee)
        if (operation === undefined) return
        const options = withoutTypes(node.arguments[0])
        if (options?.type !== 'ObjectExpression')
          return context.report({ node, messageId: 'literal', data: { operation } })
        const stated = new Set(options.properties.map(keyName))
        const missing = (needsReq ? ['overrideAccess', 'req'] : ['overrideAccess']).filter(
          (key) => !stated.has(key),
        )
        if (missing.length > 0)
          context.report({
            node,
            messageId: 'missing',
            data: { operation, missing: missing.join(' and ') },
          })
      },
    }
  },
}

/**
 * The name of the operation if the callee is `payload.find` or `<anything>.payload.find`; undefined
 * for everything else.
 */
function localApiOperation(callee) {
  const member = withoutTypes(callee)
  if (member?.type !== 'MemberExpression') return undefined
  const operation = propertyName(member)
  const owner = withoutTypes(member.object)
  const isPayload =
    owner.type === 'MemberExpression'
      ? propertyName(owner) === 'payload'
      : owner.type === 'Identifier' && owner.name === 'payload'
  return isPayload && OPERATIONS.has(operation) ? operation : undefined
}

/** The name in `.name` or `['name']`. */
function propertyName({ computed, property }) {
  return computed ? property.value : property.name
}

/** The key of `key: …` and of shorthand `key`; undefined for a spread or a computed key. */
function keyName(property) {
  if (property.type !== 'Property' || property.computed) return undefined
  return property.key.name ?? property.key.value
}

/** Removes `x!`, `x as T`, `x satisfies T`, `(<T>x)` and optional chains from an expression. */
function withoutTypes(node) {
  const wrappers = [
    'TSNonNullExpression',
    'TSAsExpression',
    'TSSatisfiesExpression',
    'TSTypeAssertion',
    'ChainExpression',
  ]
  return node && wrappers.includes(node.type) ? withoutTypes(node.expression) : node
}
