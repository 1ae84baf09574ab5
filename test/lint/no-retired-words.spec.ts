import { describe, it } from '@jest/globals'
import { RuleTester } from 'eslint'
import { parser } from 'typescript-eslint'
import { noLiteralSpread } from '../../src/lint/no-literal-spread.mjs'
import { noRetiredWords } from '../../src/lint/no-retired-words.mjs'

RuleTester.describe = describe
RuleTester.it = it

const tester = new RuleTester({
  languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
})
const name = [{ messageId: 'name' }]
const text = [{ messageId: 'text' }]

tester.run('no-retired-words', noRetiredWords, {
  valid: [
    `const place = 1`,
    `export function formatBill() { return 'Look at the line on the left.' }`,
    { name: 'names of others', code: `const page = library.asked(other.told)` },
    `const skill = 'taskings'`,
    `const text = 'This cannot be read again by anybody.'`,
  ],
  invalid: [
    { code: `const toldValue = 1`, errors: name },
    { code: `const MAX_TWINS = 1`, errors: name },
    { code: `function unaskable() { return null }`, errors: name },
    { code: `const settle = (said: string) => said`, errors: name },
    { code: `const f = ({ asked }: { asked: string }) => asked`, errors: [...name, ...name] },
    { code: `type Run = { trouble: string }`, errors: name },
    { code: `class Rush { patience = 1 }`, errors: name },
    { code: `const { a: told } = read()`, errors: name },
    { code: `const [told] = read()`, errors: name },
    { code: `const wait = (patience = 10) => patience`, errors: name },
    {
      code: `type Wait = { until: (patience: number) => void; once(patience: number): void }`,
      errors: [...name, ...name],
    },
    { code: `/** Reckons it again. */\nconst sum = 1`, errors: text },
    { code: `const text = 'It can not be read.'`, errors: text },
    { code: 'const text = `Set it anew, ${name}.`', errors: text },
    { code: `const page = <p>It is tried again by itself.</p>`, errors: text },
  ],
})

tester.run('no-literal-spread', noLiteralSpread, {
  valid: [`const list = [...others, 1]`, `const value = { ...(on && { a: 1 }), b: 2 }`],
  invalid: [
    { code: `const list = [...['a', 'b'], 'c']`, errors: [{ messageId: 'literal' }] },
    { code: `const value = { ...{ a: 1 }, b: 2 }`, errors: [{ messageId: 'literal' }] },
    { code: `send(...[1, 2])`, errors: [{ messageId: 'literal' }] },
  ],
})
