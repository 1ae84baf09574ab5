import type { Where } from 'payload'

/**
 * The filter of a list without the branches and conditions that the panel leaves empty: those of a
 * filter that was removed, or that has no value yet. The list ignores them; the API refuses them.
 */
export function pruneWhere(where: Where): Where {
  const entries = Object.entries(where).flatMap(([path, value]) => {
    const pruned = Array.isArray(value) ? pruneBranches(value) : pruneOperators(value)
    return Object.keys(pruned).length > 0 ? [[path, pruned] as const] : []
  })
  return Object.fromEntries(entries)
}

const pruneBranches = (branches: readonly Where[]): Where[] =>
  branches.map(pruneWhere).filter((branch) => Object.keys(branch).length > 0)

const pruneOperators = (operators: object): object =>
  Object.fromEntries(Object.entries(operators).filter(([, value]) => value !== undefined))
