import * as migration_20261122_002500_lot from './20261122_002500_lot.ts';
import * as migration_20261122_002501_tell_changes from './20261122_002501_tell_changes.ts';

export const migrations = [
  {
    up: migration_20261122_002500_lot.up,
    down: migration_20261122_002500_lot.down,
    name: '20261122_002500_lot'
  },
  {
    up: migration_20261122_002501_tell_changes.up,
    down: migration_20261122_002501_tell_changes.down,
    name: '20261122_002501_tell_changes'
  },
];
