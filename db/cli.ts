import { main } from './cli/main'

// What a command says is its output; the structured log would stand in the middle of it.
process.env.LOG_LEVEL ||= 'silent'
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const code = await main(process.argv.slice(2), process.env.DATABASE_URL)
// Outright: a connection opened by a late poke would hold the process for its idle time.
process.stdout.write('', () => process.exit(code))
