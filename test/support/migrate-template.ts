import { assemble } from '../../src/server/assemble.ts'
import { testSettings } from './settings.ts'

/** Brings the database of the one argument up to date. A process of its own: Payload keeps itself in globals that jest would hand on. */
const url = process.argv[2] ?? ''
const forecourt = await assemble(testSettings({ DATABASE_URL: url }), url)
await forecourt.close()
