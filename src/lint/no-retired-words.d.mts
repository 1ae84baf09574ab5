import type { Rule } from 'eslint'

export declare const noRetiredWords: Rule.RuleModule
