import { Brand } from './brand'
import { WorkShell, type WorkShellProps } from './work-shell'

/** The operator's console: the same frame, about the installation instead of a business. */
export const OpsShell = ({ place, ...rest }: Omit<WorkShellProps, 'head'> & { place: string }) => (
  <WorkShell {...rest} head={<Brand name="SlotWise" href="/ops" under={place} />} />
)
