import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { getProvider } from '@/server/business/provider/queries'
import { isRefusal } from '@/server/core/errors'
import { viewOf } from '@/server/request'

/** A provider by id alone, as programs and lists know them; their page is the business's. */
export default async function ProviderById({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  const call = await viewOf(await headers())
  const provider = await getProvider.execute({ id }, call).catch((error) => {
    if (isRefusal(error)) notFound()
    throw error
  })
  redirect(`/b/${provider.businessSlug}/${provider.id}`)
}
