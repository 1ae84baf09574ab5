import { findMisspelledSettings, type Settings, loadSettings, listWarnings } from '../../env.ts'
import { refuseWrongSettings } from './check-settings.ts'
import { findUnreachable } from './unreachable.ts'

/**
 * The settings of a process that is about to run, once nothing of what they name is missing;
 * warnings are printed. Throws WrongSetting before anything is opened. `listens`: whether it is a
 * server rather than a worker.
 */
export async function prepareStart(
  say: (line: string) => void,
  { listens }: { listens: boolean },
): Promise<Settings> {
  for (const warning of findMisspelledSettings()) say(`Warning: ${warning}`)
  const settings = loadSettings()
  const unreachable = findUnreachable(settings)
  await refuseWrongSettings(settings, { listens })
  for (const warning of [...(listens ? listWarnings(settings) : []), ...(await unreachable)])
    say(`Warning: ${warning}`)
  return settings
}
