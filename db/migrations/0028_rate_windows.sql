-- A window begins with the first request that is counted in it, not at a full minute or hour: whoever waits for one cannot
-- ask twice as often around it.
truncate rate_count;
--> statement-breakpoint
alter table rate_count drop constraint rate_count_pkey, add primary key (key);
