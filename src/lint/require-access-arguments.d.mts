import type { Rule } from 'eslint'

export declare const requireAccessArguments: Rule.RuleModule
