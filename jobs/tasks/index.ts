import type { Plugin } from 'payload'
import type { Settings } from '../../src/env.ts'
import { withTasks } from '../index.ts'
import { pruneHistory } from './prune-history.ts'
import { pruneSessions } from './prune-sessions.ts'

/** The tasks that belong to no room. */
export const coreTasks =
  (settings: Settings): Plugin =>
  (config) =>
    withTasks(config, [pruneSessions(settings), pruneHistory(settings)])
