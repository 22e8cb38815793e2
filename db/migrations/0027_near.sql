CREATE INDEX "venue_by_latitude" ON "venue" USING btree ("latitude");
--> statement-breakpoint

-- Who can be found at a venue within so many kilometres of a position, and how far the nearest of their venues is: on a sphere.
create function providers_near(wanted_latitude float8, wanted_longitude float8, within float8)
returns table (provider_id uuid, km float8)
language sql stable security definer set search_path = public, pg_temp
begin atomic
  with around as materialized (
    select v.tenant_id, v.id::text as place, away.km
    from venue v
    cross join lateral (select 2 * 6371.0088 * asin(least(1, sqrt(
      sin(radians(v.latitude - wanted_latitude) / 2) ^ 2
      + cos(radians(wanted_latitude)) * cos(radians(v.latitude)) * sin(radians(v.longitude - wanted_longitude) / 2) ^ 2))) as km) away
    where v.status = 'active' and away.km <= within
      and v.latitude between wanted_latitude - within / 111 and wanted_latitude + within / 111)
  select p.id, min(around.km) from around
  join provider p on p.tenant_id = around.tenant_id and p.published and p.status = 'active'
  where around.place in (select places_of_provider(p.tenant_id, p.id))
  group by p.id;
end;
--> statement-breakpoint
revoke execute on function providers_near from public;
--> statement-breakpoint
grant execute on function providers_near to slotwise_app;
