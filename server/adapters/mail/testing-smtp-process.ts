import { SMTPServer } from 'smtp-server'

/** A mail server as a process of its own, as well or badly behaved as it is told to be. Run by testing-smtp.ts. */
export type Mood = 'accept' | 'refuse' | 'busy' | 'full' | 'silent' | 'drop'
export type Received = { from: string; to: string[]; raw: string }

let mood: Mood = 'accept'
const received: Received[] = []
let attempts = 0

const answer = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  logger: false,
  onRcptTo: ({ address }, _session, callback) => {
    attempts++
    if (mood === 'refuse') callback(answer(550, `5.1.1 <${address}> is nobody here`))
    else if (mood === 'busy') callback(answer(451, `4.3.2 try again, ${address}`))
    else callback()
  },
  onData: (stream, session, callback) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => {
      if (mood === 'drop') for (const connection of server.connections) connection._socket.destroy()
      chunks.push(chunk)
    })
    stream.on('end', () => {
      if (mood === 'silent' || mood === 'drop') return
      if (mood === 'full') return callback(answer(552, '5.2.2 the box is full'))
      const { mailFrom, rcptTo } = session.envelope
      const from = mailFrom ? mailFrom.address : ''
      received.push({ from, to: rcptTo.map((r) => r.address), raw: Buffer.concat(chunks).toString() })
      callback()
    })
  },
})
server.on('error', () => {})

type Order = { mood?: Mood; forget?: boolean; tell?: number; close?: boolean }

process.on('message', (order: Order) => {
  if (order.mood) mood = order.mood
  if (order.forget) received.length = attempts = 0
  if (order.tell !== undefined) process.send?.({ told: order.tell, received, attempts })
})
process.on('disconnect', () => process.exit(0))
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  const address = server.server.address()
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
})
