import { PublicShell } from '@/components/shell/public-shell'
import { Button } from '@/components/ui/button'
import { ArrowLeft } from '@/components/ui/icons'
import { PageHeader } from '@/components/ui/page-header'

export default function NotFound() {
  return (
    <PublicShell>
      <PageHeader arrival title="Not found">
        It does not exist, or it is not yours to see. Check the address.
      </PageHeader>
      <p>
        <Button href="/" icon={<ArrowLeft />}>
          Back to the start
        </Button>
      </p>
    </PublicShell>
  )
}
