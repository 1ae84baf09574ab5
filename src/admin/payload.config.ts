import { buildForecourtConfig } from '../../payload.config.ts'
import { loadSettings } from '../env.ts'

/** The configuration of the panel's screens, with the settings of this process. */
export default buildForecourtConfig(loadSettings())
