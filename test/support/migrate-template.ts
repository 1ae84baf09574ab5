import { createApplication } from '../../src/server/application.ts'
import { testSettings } from './settings.ts'

/**
 * Brings the database of the first argument up to date, as the owner that the second one signs in
 * as; without it as the same role. A process of its own: Payload keeps itself in globals that jest
 * would hand on.
 */
const [url = '', ownerUrl = url] = process.argv.slice(2)
const forecourt = await createApplication(testSettings({ DATABASE_URL: url }), url, { ownerUrl })
await forecourt.close()
