import { importFolder } from '../imports/jekyll/import.ts'
import { payloadInventory } from '../imports/jekyll/payload-inventory.ts'
import { countOutcomes, renderReport } from '../imports/jekyll/report.ts'
import { say, withPayload } from './with-payload.ts'

/** npm run import -- jekyll DIR [--dry-run]: the dealership's site files into the inventory. Exit 1 when a file was refused. */
const said = process.argv.slice(2)
const dryRun = said.includes('--dry-run')
const [kind, folder, ...more] = said.filter((word) => word !== '--dry-run')

if (kind !== 'jekyll' || !folder || more.length > 0) {
  say('Say: npm run import -- jekyll DIR [--dry-run], where DIR is a folder of markdown files with front matter.')
  process.exitCode = 2
} else {
  await withPayload(async ({ payload }) => {
    const report = await importFolder({ folder, store: payloadInventory(payload), now: new Date(), dryRun, say })
    process.stdout.write(renderReport(report))
    if (countOutcomes(report).refused > 0) process.exitCode = 1
  })
}
