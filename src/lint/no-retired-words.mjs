/** Words that names no longer use, each with its replacement: a standard term of the field. */
export const RETIRED_NAMES = {
  asked: 'requested, or the request itself',
  asking: 'caller, context or input',
  deed: 'audited action',
  manners: 'robots rules',
  mercy: 'grace period',
  patience: 'timeout',
  reckon: 'compute',
  reckoned: 'computed',
  rehearse: 'plan or dry run',
  rehearsed: 'plan or dry run',
  said: 'input, raw or provided',
  spoken: 'verified token',
  standings: 'statuses',
  telling: 'redaction',
  told: 'redacted, or reported',
  trouble: 'error or failure',
  troubled: 'failing',
  twin: 'duplicate',
  twins: 'duplicates',
  unaskable: 'malformed',
}

/** Phrases that texts no longer use: a pattern, and its replacement. */
export const RETIRED_PHRASES = [
  [/\banew\b/i, 'again'],
  [/\breckon(?:s|ed|ing)?\b/i, 'calculate'],
  [/\bcan not\b/i, 'cannot'],
  [/\bby itself\b/i, 'automatically'],
  [/\bso often\b/i, 'that many times'],
  [/\bby now\b/i, 'now'],
  [/\bcolour/i, 'color'],
  [/\blicence/i, 'license'],
  [/\bcatalogue/i, 'catalog'],
  [/\bwho asks\b/i, 'the caller'],
  [/\bnobody says\b/i, 'it is not set'],
  [/\bwhen not said\b/i, 'by default'],
]

/**
 * ESLint rule: reports declared names that contain a retired word, and texts and comments that
 * contain a retired phrase. Names are split at their capitals (`toldValue` contains `told`). Names
 * of libraries are not declared in our sources, so they are not checked.
 */
export const noRetiredWords = {
  meta: {
    type: 'suggestion',
    docs: { description: 'Names and texts use the terms of the field' },
    schema: [],
    messages: {
      name: '{{name}} contains the retired word "{{word}}". Use {{instead}}; see src/GLOSSARY.md.',
      text: 'This text contains "{{phrase}}". Write {{instead}}.',
    },
  },
  create(context) {
    const checkName = (node) => {
      if (node?.type !== 'Identifier') return
      const word = splitName(node.name).find((part) => Object.hasOwn(RETIRED_NAMES, part))
      if (word === undefined) return
      const data = { name: node.name, word, instead: RETIRED_NAMES[word] }
      context.report({ node, messageId: 'name', data })
    }
    const checkText = (node, text) => {
      for (const [pattern, instead] of RETIRED_PHRASES) {
        const found = pattern.exec(text)
        if (!found) continue
        context.report({ node, messageId: 'text', data: { phrase: found[0], instead } })
      }
    }
    const checkDeclared = (node) => checkName(node.id)
    const checkKey = (node) => checkName(node.key)
    return {
      Program: () => {
        for (const comment of context.sourceCode.getAllComments()) checkText(comment, comment.value)
      },
      FunctionDeclaration: checkDeclared,
      ClassDeclaration: checkDeclared,
      TSTypeAliasDeclaration: checkDeclared,
      TSInterfaceDeclaration: checkDeclared,
      VariableDeclarator: checkDeclared,
      TSPropertySignature: checkKey,
      TSMethodSignature: checkKey,
      MethodDefinition: checkKey,
      PropertyDefinition: checkKey,
      ':function > Identifier.params': checkName,
      ':function > AssignmentPattern.params > Identifier.left': checkName,
      'TSFunctionType > Identifier.params': checkName,
      'TSMethodSignature > Identifier.params': checkName,
      ':function > ObjectPattern.params > Property > Identifier.value': checkName,
      'VariableDeclarator > ObjectPattern > Property > Identifier.value': checkName,
      'VariableDeclarator > ArrayPattern > Identifier': checkName,
      Literal: (node) => typeof node.value === 'string' && checkText(node, node.value),
      TemplateElement: (node) => checkText(node, node.value.raw),
      JSXText: (node) => checkText(node, node.value),
    }
  },
}

/** Splits a name into words in lower case: `toldValue` and `TOLD_VALUE` give `told` and `value`. */
const splitName = (name) =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_$\d]+/)
