-- Days on which the office is closed, besides Saturdays and Sundays. An `estimate` is a day that no decree has fixed yet.
create table holidays (
  day date primary key check (day between '2020-01-01' and '2100-12-31'),
  name text collate "C" not null check (length(name) between 1 and 120),
  kind text collate "C" not null check (kind in ('national', 'collective_leave', 'local')),
  estimate boolean not null,
  made_by uuid references accounts (id),
  made_at timestamptz not null
);

-- The days known when this was written; what the office takes out does not come back. Which holidays there are: Keppres
-- 8/2024. 2026: joint decree of three ministers 1497/2025, 2/2025 and 5/2025, collective leave included. 2027: the same date
-- every year, or an estimate: Easter by its rule; months of the Hijri calendar by the crescent of MABIMS (3 degrees high, 6.4
-- from the sun); Imlek and Waisak by new and full moon; Nyepi by the Balinese count of 63 days. Collective leave of 2027 is
-- the decree's alone.
insert into holidays (day, name, kind, estimate, made_at) values
  ('2026-01-01', 'Tahun Baru 2026 Masehi', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-01-16', 'Isra Mikraj Nabi Muhammad SAW', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-02-16', 'Cuti bersama Tahun Baru Imlek', 'collective_leave', false, '2026-11-27T00:00:00+00:00'),
  ('2026-02-17', 'Tahun Baru Imlek 2577 Kongzili', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-03-18', 'Cuti bersama Hari Suci Nyepi', 'collective_leave', false, '2026-11-27T00:00:00+00:00'),
  ('2026-03-19', 'Hari Suci Nyepi Tahun Baru Saka 1948', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-03-20', 'Cuti bersama Idul Fitri', 'collective_leave', false, '2026-11-27T00:00:00+00:00'),
  ('2026-03-21', 'Idul Fitri 1447 Hijriah', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-03-22', 'Idul Fitri 1447 Hijriah', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-03-23', 'Cuti bersama Idul Fitri', 'collective_leave', false, '2026-11-27T00:00:00+00:00'),
  ('2026-03-24', 'Cuti bersama Idul Fitri', 'collective_leave', false, '2026-11-27T00:00:00+00:00'),
  ('2026-04-03', 'Wafat Yesus Kristus', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-04-05', 'Kebangkitan Yesus Kristus (Paskah)', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-05-01', 'Hari Buruh Internasional', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-05-14', 'Kenaikan Yesus Kristus', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-05-15', 'Cuti bersama Kenaikan Yesus Kristus', 'collective_leave', false, '2026-11-27T00:00:00+00:00'),
  ('2026-05-27', 'Idul Adha 1447 Hijriah', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-05-28', 'Cuti bersama Idul Adha', 'collective_leave', false, '2026-11-27T00:00:00+00:00'),
  ('2026-05-31', 'Hari Raya Waisak 2570 BE', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-06-01', 'Hari Lahir Pancasila', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-06-16', 'Tahun Baru Islam 1448 Hijriah', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-08-17', 'Proklamasi Kemerdekaan', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-08-25', 'Maulid Nabi Muhammad SAW', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2026-12-24', 'Cuti bersama Natal', 'collective_leave', false, '2026-11-27T00:00:00+00:00'),
  ('2026-12-25', 'Kelahiran Yesus Kristus', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2027-01-01', 'Tahun Baru 2027 Masehi', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2027-01-05', 'Isra Mikraj Nabi Muhammad SAW', 'national', true, '2026-11-27T00:00:00+00:00'),
  ('2027-02-06', 'Tahun Baru Imlek 2578 Kongzili', 'national', true, '2026-11-27T00:00:00+00:00'),
  ('2027-03-08', 'Hari Suci Nyepi (Saka 1949)', 'national', true, '2026-11-27T00:00:00+00:00'),
  ('2027-03-10', 'Idul Fitri 1448 Hijriah', 'national', true, '2026-11-27T00:00:00+00:00'),
  ('2027-03-11', 'Idul Fitri 1448 Hijriah', 'national', true, '2026-11-27T00:00:00+00:00'),
  ('2027-03-26', 'Wafat Yesus Kristus', 'national', true, '2026-11-27T00:00:00+00:00'),
  ('2027-03-28', 'Kebangkitan Yesus Kristus (Paskah)', 'national', true, '2026-11-27T00:00:00+00:00'),
  ('2027-05-01', 'Hari Buruh Internasional', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2027-05-06', 'Kenaikan Yesus Kristus', 'national', true, '2026-11-27T00:00:00+00:00'),
  ('2027-05-17', 'Idul Adha 1448 Hijriah', 'national', true, '2026-11-27T00:00:00+00:00'),
  ('2027-05-20', 'Hari Raya Waisak 2571 BE', 'national', true, '2026-11-27T00:00:00+00:00'),
  ('2027-06-01', 'Hari Lahir Pancasila', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2027-06-06', 'Tahun Baru Islam 1449 Hijriah', 'national', true, '2026-11-27T00:00:00+00:00'),
  ('2027-08-15', 'Maulid Nabi Muhammad SAW', 'national', true, '2026-11-27T00:00:00+00:00'),
  ('2027-08-17', 'Proklamasi Kemerdekaan', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2027-12-25', 'Kelahiran Yesus Kristus', 'national', false, '2026-11-27T00:00:00+00:00'),
  ('2027-12-26', 'Isra Mikraj Nabi Muhammad SAW', 'national', true, '2026-11-27T00:00:00+00:00');
