import { KeptOnce } from './kept-once'

/** Stands in a form whose doing it twice would be two things: pressed twice, it is done once. */
export const Once = () => <KeptOnce name={crypto.randomUUID()} />
