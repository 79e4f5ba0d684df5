-- Rows that came in between the copy of what is to move and its deletion were deleted without having been copied. Now
-- nobody writes where they lie from before the one until after the other.
create or replace procedure make_run_partitions(days integer, day date) language plpgsql as $$
declare
    parent text;
    key    text;
    class  text;
    child  text;
begin
    foreach parent in array array ['run', 'run_step'] loop
        key := case parent when 'run' then 'id' else 'run_id' end;
        class := format('%s_r%s', parent, days);
        child := format('%s_%s', class, to_char(day, 'YYYYMMDD'));
        if to_regclass(class) is null then
            execute format('lock table %I in share row exclusive mode', parent || '_rest');
            execute format('create temp table strays on commit drop as select * from %I where retention = %s', parent || '_rest', days);
            execute format('delete from %I where retention = %s', parent || '_rest', days);
            execute format('create table %I partition of %I for values in (%s) partition by range (%I)', class, parent, days, key);
            execute format('create table %I partition of %I default', class || '_rest', class);
            execute format('insert into %I select * from strays', parent);
            drop table strays;
        end if;
        if to_regclass(child) is null then
            execute format('lock table %I in share row exclusive mode', class || '_rest');
            execute format('create temp table strays on commit drop as select * from %I where %I >= id_of_day(%L) and %I < id_of_day(%L)',
                           class || '_rest', key, day, key, day + 1);
            execute format('delete from %I where %I >= id_of_day(%L) and %I < id_of_day(%L)',
                           class || '_rest', key, day, key, day + 1);
            execute format('create table %I partition of %I for values from (id_of_day(%L)) to (id_of_day(%L))',
                           child, class, day, day + 1);
            execute format('insert into %I select * from strays', parent);
            drop table strays;
        end if;
    end loop;
end
$$;
