import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A process beside the load generator that asks /healthz of the origin given to it, again and
 * again, and tells how long each answer took; -1 where there was none.
 */
const [origin = ''] = process.argv.slice(2)
process.on('disconnect', () => process.exit(0))
for (;;) {
  const began = performance.now()
  const answer = await fetch(`${origin}/healthz`).catch(() => null)
  await answer?.body?.cancel()
  process.send?.(answer?.ok ? performance.now() - began : -1)
  await sleep(100)
}
