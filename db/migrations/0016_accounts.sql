CREATE INDEX "contact_by_address" ON "contact" USING btree ("email") WHERE email is not null;--> statement-breakpoint

-- Whose account an address is. An address that was not confirmed is nobody's: it would show what others booked.
create function account_with(address text) returns uuid
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select u.id from auth."user" u where u.email = account_with.address and u.email_verified and u.erased_at is null;
end;
--> statement-breakpoint
-- What an account's change may concern, in every business: only the relay asks, and each business is then entered by itself.
create function entries_of_account(person uuid, address text) returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.tenant_id, c.id from contact c where c.user_id = person
  union
  select c.tenant_id, coalesce(c.merged_into, c.id) from contact c where c.email = entries_of_account.address and c.erased_at is null;
end;
--> statement-breakpoint
revoke execute on function account_with, entries_of_account from public;
--> statement-breakpoint
grant execute on function account_with to slotwise_app;
--> statement-breakpoint
grant execute on function entries_of_account to slotwise_relay;
--> statement-breakpoint
-- What somebody waits for they see wherever it is, like what they booked.
create policy person on waitlist for select to slotwise_app
  using (at_no_business() and contact_id in (select c.id from contact c where c.user_id = current_person()));
