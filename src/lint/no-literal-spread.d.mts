import type { Rule } from 'eslint'

export declare const noLiteralSpread: Rule.RuleModule
