/**
 * ESLint rule: forbids spreading a literal into a literal or into the arguments of a call, such as
 * `[...[a, b], c]`. `[a, b, c]` is shorter and easier to read.
 */
export const noLiteralSpread = {
  meta: {
    type: 'suggestion',
    docs: { description: 'No array or object literal is spread into a literal or a call' },
    schema: [],
    messages: { literal: 'Write the elements of this literal where it is spread.' },
  },
  create(context) {
    const check = (node) => {
      if (['ArrayExpression', 'ObjectExpression'].includes(node.argument.type))
        context.report({ node, messageId: 'literal' })
    }
    return { SpreadElement: check }
  },
}
