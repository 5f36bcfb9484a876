# Asks DuckDB one question about the files of a snapshot: argv[1] is the job as JSON; prints version, median
# seconds and a checksum of the answer as JSON. Ends with an error when the package is absent.
import json, sys, time, duckdb

job = json.loads(sys.argv[1])
con = duckdb.connect()
con.execute(f"set threads = {job['threads']}")
files = lambda names: "[" + ", ".join("'" + name.replace("'", "''") + "'" for name in names) + "]"
con.execute(f"create view facts as select * from read_parquet({files(job['files'])})")
latest = [name for name in job["files"] if name.endswith("-latest.parquet")]
con.execute(f"create view latest as select * from read_parquet({files(latest)})")
took = []  # the time until the answer is there, without turning it into objects of Python
for turn in range(job["times"] + 1):
    begin = time.perf_counter()
    con.execute(f"create or replace temp table answer as {job['sql']}")
    if turn:
        took.append(time.perf_counter() - begin)
rows = con.execute("select * from answer").fetchall()
PRIME = 2305843009213693951
total = place = 0
for row in rows:
    for value in row:
        place += 1
        total = (total + (value or 0) % PRIME * (place % 1000003)) % PRIME
print(json.dumps({"version": duckdb.__version__, "seconds": sorted(took)[len(took) // 2], "checksum": str(total)}))
