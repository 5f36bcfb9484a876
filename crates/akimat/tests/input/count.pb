META
key;value
description;Invented election for tests
country;Kazakhstan
unit;Example
instance;2026
num_projects;5
num_votes;10
budget;1000
vote_type;approval
rule;equalshares/add1
date_begin;01.09.2026
date_end;30.09.2026
currency;KZT
PROJECTS
project_id;cost;votes;name
p1;400;6;Playground
p2;300;4;Lights in the street
p3;300;3;Benches
p4;500;3;Bicycle path
p5;250;3;Trees
VOTES
voter_id;vote
1;p1,p2
2;p1,p2
3;p1,p3
4;p1
5;p1,p4
6;p1,p4
7;p2,p5
8;p2,p5
9;p3,p5
10;p3,p4
