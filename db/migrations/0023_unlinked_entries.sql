-- Entries with the address of an account that confirmed it, and not yet that account's: ids only, for the sweep that links them.
create function entries_to_link(most int) returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select distinct c.tenant_id, coalesce(c.merged_into, c.id)
  from auth."user" u
  join contact c on c.email = u.email and c.erased_at is null and c.user_id is distinct from u.id
  where u.email_verified and u.erased_at is null
  limit most;
end;
--> statement-breakpoint
revoke execute on function entries_to_link from public;
--> statement-breakpoint
grant execute on function entries_to_link to slotwise_relay;
