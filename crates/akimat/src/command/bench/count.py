import sys
import time

import pabutools.fractions
from pabutools.election import Cost_Sat, parse_pabulib
from pabutools.election.ballot import ApprovalBallot
from pabutools.election.profile import ApprovalProfile
from pabutools.rules import method_of_equal_shares

pabutools.fractions.FRACTION = "gmpy2"
instance, profile = parse_pabulib(sys.argv[1])
if not isinstance(profile, ApprovalProfile):
    profile = ApprovalProfile([ApprovalBallot(project for project in ballot) for ballot in profile])
merged = profile.as_multiprofile()
sys.setrecursionlimit(10000)
begin = time.process_time()
winners = method_of_equal_shares(instance, merged, sat_class=Cost_Sat)
print(time.process_time() - begin)
print(",".join(str(project) for project in winners))
