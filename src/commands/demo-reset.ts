import { unloadDemo } from '../demo/load.ts'
import { settingsOfProcess } from '../env.ts'
import { say, withPayload } from './with-payload.ts'

/** npm run demo:reset: removes the cars and photos that the demo made, and nothing that anybody else made. */
const settings = settingsOfProcess()

if (settings.production || settings.DATABASE_URL) {
  say(
    `demo:reset works on the embedded database alone, and ${settings.production ? 'APP_ENV is production' : 'DATABASE_URL is set'}: nothing was removed.`,
  )
  process.exitCode = 1
} else {
  await withPayload(async ({ payload }) => {
    const { cars, photos } = await unloadDemo(payload)
    say(
      cars + photos > 0
        ? `Removed ${cars} demo cars and ${photos} demo photos. Rows of yours are untouched.`
        : 'There is no demo row left to remove.',
    )
  })
}
