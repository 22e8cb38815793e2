import type { ReactNode } from 'react'
import { Accent } from '@/components/ui/accent'
import { Switcher } from './switcher'
import { WorkShell, type WorkShellProps } from './work-shell'

type Props = Omit<WorkShellProps, 'head'> & {
  business: { name: string; href: string; under?: ReactNode; logo?: string | null; accent?: string | null }
}

export const AdminShell = ({ business: { accent, ...business }, ...rest }: Props) => (
  <Accent color={accent}>
    <WorkShell {...rest} head={<Switcher {...business} />} />
  </Accent>
)
