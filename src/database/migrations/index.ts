import * as migration_20261121_230918_lot from './20261121_230918_lot.ts';
import * as migration_20261121_230919_tell_changes from './20261121_230919_tell_changes.ts';

export const migrations = [
  {
    up: migration_20261121_230918_lot.up,
    down: migration_20261121_230918_lot.down,
    name: '20261121_230918_lot'
  },
  {
    up: migration_20261121_230919_tell_changes.up,
    down: migration_20261121_230919_tell_changes.down,
    name: '20261121_230919_tell_changes'
  },
];
