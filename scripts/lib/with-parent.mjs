/** Loaded into every child: one whose parent is gone stops as if it had been told to, and does not linger. */
const leave = () => {
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.exit(1), 1000 * (Number(process.env.DRAIN_SECONDS) || 10) + 8000).unref()
}

if (process.send) {
  process.once('disconnect', leave)
  process.channel?.unref()
  if (!process.connected) leave()
}
