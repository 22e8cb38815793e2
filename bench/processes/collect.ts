/** Loaded into a process whose memory is measured: it collects its garbage when told to. */
process.on('SIGUSR2', () => void globalThis.gc?.())
