import { findMisspelledSettings, type Settings, loadSettings, listWarnings } from '../../env.ts'
import { refuseWrongSettings } from './check-settings.ts'
import { findUnreachable } from './unreachable.ts'

/**
 * Loads and checks the settings of a process before it starts, and prints warnings. Throws
 * WrongSetting before anything is opened. `listens`: whether the process is a server rather than a
 * worker.
 */
export async function prepareStart(
  print: (line: string) => void,
  { listens }: { listens: boolean },
): Promise<Settings> {
  for (const warning of findMisspelledSettings()) print(`Warning: ${warning}`)
  const settings = loadSettings()
  const unreachable = findUnreachable(settings)
  await refuseWrongSettings(settings, { listens })
  for (const warning of [...(listens ? listWarnings(settings) : []), ...(await unreachable)])
    print(`Warning: ${warning}`)
  return settings
}
