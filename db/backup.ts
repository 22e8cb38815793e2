export { DamagedArchive } from './backup/archive'
export { type PutBack, RestoreRefused, restore } from './backup/put-back'
export { backup, type Taken } from './backup/take'
