export { DamagedArchive } from './backup/archive'
export { RestoreRefused, restore } from './backup/put-back'
export { backup } from './backup/take'
