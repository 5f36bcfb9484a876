#!/usr/bin/env python3
"""CPU seconds of `akimat allocate` and of highspy (PyPI) on the same instance to the same gap, in one run.

  python speed.py AKIMAT [N:SEED:GAP ...]      e.g. 2000:201:0.002 10000:301:0.001

AKIMAT is the release binary. The instances are made by the shared generator (AKIMAT_SHARED, default ../shared)."""
import json, os, resource, subprocess, sys, tempfile

shared = os.path.join(os.environ.get("AKIMAT_SHARED", "../shared"), "data", "allocation")
sys.path.insert(0, shared)
from gen_portfolio import generate  # noqa: E402
from solve_portfolio import check, solve  # noqa: E402


def ours(binary, instance, gap):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(instance, file)
        file.flush()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([binary, "allocate", file.name, "--gap", str(gap), "--json"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    answer = json.loads(done.stdout)
    plan = [[start["id"], start["start"]] for start in answer["plan"]]
    assert check(instance, plan) == answer["objective"]
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, answer["objective"], answer["bound"]


def main():
    print("n,seed,gap,ours_cpu_s,ours_gap,highspy_cpu_s,highspy_gap,ratio")
    for case in sys.argv[2:] or ["300:101:0.02", "2000:201:0.002", "10000:301:0.001"]:
        n, seed, gap = case.split(":")
        instance = generate(int(n), int(seed))
        cpu, objective, bound = ours(sys.argv[1], instance, float(gap))
        result, _ = solve(instance, float(gap), 600, 1)
        mine = (bound - objective) / objective
        theirs = result["mip_cpu_s"]
        print(f"{n},{seed},{gap},{cpu:.1f},{mine:.5f},{theirs:.1f},{result['rel_gap']:.5f},{cpu / theirs:.2f}", flush=True)


main()
