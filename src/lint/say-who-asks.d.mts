import type { Rule } from 'eslint'

export declare const sayWhoAsks: Rule.RuleModule
