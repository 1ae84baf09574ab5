import { definePruneTask } from '../../../jobs/prune.ts'
import type { ScrapingSettings } from '../options.ts'
import { buildPruneStatement } from '../store/prune.ts'

/** Removes runs and cached pages that are older than 30 days; see buildPruneStatement. */
export const pruneScrapes = ({ prune }: Pick<ScrapingSettings, 'prune'>) =>
  definePruneTask({
    name: 'prune-scrapes',
    description: 'Removes scrape runs that are older than 30 days.',
    ...prune,
    statement: buildPruneStatement,
  })
