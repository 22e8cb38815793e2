-- Businesses take turns: one with very many calendars keeps no other waiting. Of each, what has waited longest.
create or replace function outside_calendars_due(at timestamptz, most int) returns table (tenant_id uuid, id uuid)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  select c.tenant_id, c.id
  from outside_calendar c
  join provider p on p.tenant_id = c.tenant_id and p.id = c.provider_id and p.status = 'active'
  where c.status = 'connected' and c.due_at <= at
  order by row_number() over (partition by c.tenant_id order by c.due_at, c.id), c.due_at limit most;
end;
