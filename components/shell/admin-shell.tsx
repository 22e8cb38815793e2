import type { ReactNode } from 'react'
import { Accent } from '@/components/ui/accent'
import { Brand } from './brand'
import { WorkShell, type WorkShellProps } from './work-shell'

type Props = Omit<WorkShellProps, 'head'> & {
  business: { name: string; href: string; under?: ReactNode; logo?: string | null; accent?: string | null }
  /** Takes the place of the name where there are several businesses or roles to choose from. */
  switcher?: ReactNode
}

export const AdminShell = ({ business: { accent, ...business }, switcher, ...rest }: Props) => (
  <Accent color={accent}>
    <WorkShell {...rest} head={switcher ?? <Brand {...business} small />} />
  </Accent>
)
